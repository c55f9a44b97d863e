import { constants, createZstdCompress, zstdCompressSync } from 'node:zlib';

/** The bytes as a zstd frame, in memory of the compressor: they hold until the next call. */
export type Compressor = (plain: Uint8Array) => Uint8Array;

const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 };
/**
 * More than a frame needs beside bytes that do not compress. If its output fits into one piece,
 * zstd gives up on those in 0.3 ms a block. Others take 2 ms.
 */
const FRAME_BYTES = 1024;

/**
 * A native compressor that all calls share. To make a new one takes a tenth of the time that a
 * block does. It is a part of Node's zlib that is not documented. Where Node has another one, each
 * call makes its own by the documented way.
 */
export function createCompressor(native: NativeCompressor | undefined): Compressor {
  let room = Buffer.alloc(0);
  return (plain) => {
    const mostBytes = plain.length + FRAME_BYTES;
    if (room.length < mostBytes) room = Buffer.allocUnsafeSlow(mostBytes);
    const bytes = native?.compress(plain, room.subarray(0, mostBytes)) ?? 0;
    return bytes > 0 ? room.subarray(0, bytes) : compress(plain);
  };
}

export function compress(plain: Uint8Array): Buffer {
  return zstdCompressSync(plain, { chunkSize: plain.length + FRAME_BYTES, params: PARAMS });
}

export interface NativeCompressor {
  /** Writes a whole frame, and says how long it is; 0 if that did not work. */
  compress(plain: Uint8Array, into: Uint8Array): number;
}

interface Handle {
  writeSync(
    flush: number,
    from: Uint8Array,
    at: number,
    bytes: number,
    into: Uint8Array,
    to: number,
    room: number,
  ): void;
  reset(): void;
}

/** Undefined if this Node has no such parts. */
export function openNative(stream: object = createZstdCompress({ params: PARAMS })): NativeCompressor | undefined {
  const { _handle: handle, _writeState: left } = stream as { _handle?: Handle; _writeState?: unknown };
  if (typeof handle?.writeSync !== 'function' || typeof handle.reset !== 'function') return undefined;
  if (!(left instanceof Uint32Array) || left.length !== 2) return undefined;
  return {
    compress: (plain, into) => {
      // What a call leaves of its room and of its input. One that fails leaves these as they are.
      left.set([0, plain.length]);
      handle.writeSync(constants.ZSTD_e_end, plain, 0, plain.length, into, 0, into.length);
      const [room = 0, input] = left;
      if (room > 0 && input === 0) return into.length - room;
      handle.reset();
      return 0;
    },
  };
}
