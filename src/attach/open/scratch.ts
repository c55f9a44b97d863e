import type { FileHandle } from 'node:fs/promises';
import { open, unlink } from 'node:fs/promises';
import { type Bytes, type Device, DeviceError, type Extent } from '../../nbd/device.ts';
import { Mutex } from '../flow/mutex.ts';

/**
 * The unit that is kept whole: what was never written of it is completed from below. It is the
 * sector of most filesystems.
 */
const GRANULE_BYTES = 4096;
/** Granules of one map: 512 KiB, a block. */
const MAP_GRANULES = 128;
const COPY_BYTES = 1024 * 1024; // of zeros written at a time

/**
 * A device that takes writes over one that is only read. It keeps them in a file of its own, and
 * forgets them when it is closed. So filesystems that were in use can be repaired, or replay their
 * journal, while the snapshot stays as it is.
 */
export class ScratchDevice implements Device {
  readonly readOnly = false;
  readonly #below: Device;
  readonly #file: FileHandle;
  /** By 512 KiB: which granules lie in the file. */
  readonly #maps = new Map<number, Uint8Array>();
  /** Writes that share a granule must not overtake each other while one of them completes it. */
  readonly #writing = new Mutex();

  private constructor(below: Device, file: FileHandle) {
    this.#below = below;
    this.#file = file;
  }

  /** `path` must not exist. It is gone from the folder at once, and its space with the device. */
  static async open(below: Device, path: string): Promise<ScratchDevice> {
    const file = await open(path, 'wx+', 0o600);
    try {
      await unlink(path);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new ScratchDevice(below, file);
  }

  get sizeBytes(): number {
    return this.#below.sizeBytes;
  }

  get name(): string {
    return this.#below.name;
  }

  get description(): string {
    return `${this.#below.description}, writable; writes are forgotten in the end`;
  }

  async read(offset: number, length: number, signal: AbortSignal): Promise<Bytes> {
    const parts: Bytes[] = [];
    try {
      for (const { at, bytes, written } of this.#runs(offset, length)) {
        parts.push(written ? await this.#fromFile(at, bytes) : await this.#below.read(at, bytes, signal));
      }
    } catch (error) {
      for (const part of parts) part.release();
      throw error;
    }
    return {
      chunks: parts.flatMap(({ chunks }) => chunks),
      release: () => {
        for (const part of parts) part.release();
      },
    };
  }

  write(offset: number, data: Buffer, signal: AbortSignal): Promise<void> {
    return this.#writing.run(() => this.#put(offset, data, signal));
  }

  async zero(offset: number, length: number, signal: AbortSignal): Promise<void> {
    const zeros = Buffer.alloc(Math.min(length, COPY_BYTES));
    await this.#writing.run(async () => {
      for (let done = 0; done < length; done += COPY_BYTES) {
        signal.throwIfAborted();
        await this.#put(offset + done, zeros.subarray(0, length - done), signal);
      }
    });
  }

  /** Frees nothing: what is trimmed may read as anything. */
  trim(): Promise<void> {
    return Promise.resolve();
  }

  /** There is nothing to be made durable: all of it goes with the process. */
  flush(): Promise<void> {
    return Promise.resolve();
  }

  prefetch(offset: number, length: number, signal: AbortSignal): Promise<void> {
    return this.#below.prefetch(offset, length, signal);
  }

  async extents(
    context: 'allocation' | 'dirty',
    offset: number,
    length: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly Extent[]> {
    const found: Extent[] = [];
    for (const { at, bytes, written } of this.#runs(offset, length)) {
      if (found.length >= limit) break;
      if (written) found.push({ lengthBytes: bytes, hole: false, zero: false, dirty: true });
      else {
        const below = await this.#below.extents(context, at, bytes, limit - found.length, signal);
        found.push(...below);
        if (below.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0) < bytes) break;
      }
    }
    return found;
  }

  async close(): Promise<void> {
    try {
      await this.#below.close();
    } finally {
      await this.#file.close();
    }
  }

  async #put(offset: number, data: Buffer, signal: AbortSignal): Promise<void> {
    const first = Math.floor(offset / GRANULE_BYTES);
    const end = Math.ceil((offset + data.length) / GRANULE_BYTES);
    await this.#complete(first, offset, data.length, signal);
    if (end - 1 > first) await this.#complete(end - 1, offset, data.length, signal);
    await this.#toFile(data, offset);
    for (let granule = first; granule < end; granule++) this.#mark(granule);
  }

  /** Brings a granule that is written in part to the file, as it is below. */
  async #complete(granule: number, offset: number, length: number, signal: AbortSignal): Promise<void> {
    const begin = granule * GRANULE_BYTES;
    const end = Math.min(begin + GRANULE_BYTES, this.sizeBytes);
    if (this.#has(granule) || (offset <= begin && end <= offset + length)) return;
    const bytes = await this.#below.read(begin, end - begin, signal);
    try {
      await this.#toFile(Buffer.concat(bytes.chunks), begin);
    } finally {
      bytes.release();
    }
    this.#mark(granule);
  }

  async #toFile(data: Buffer, offset: number): Promise<void> {
    try {
      for (let done = 0; done < data.length; ) {
        done += (await this.#file.write(data, done, data.length - done, offset + done)).bytesWritten;
      }
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw new DeviceError(full ? 'NO_SPACE' : 'IO', (error as Error).message, { cause: error });
    }
  }

  async #fromFile(offset: number, length: number): Promise<Bytes> {
    const data = Buffer.alloc(length); // beyond what was ever written the file is short: zeros
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#file.read(data, done, length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return { chunks: [data], release: () => undefined };
  }

  /** The range in runs that lie wholly in the file, or wholly below. */
  *#runs(offset: number, length: number): Generator<{ at: number; bytes: number; written: boolean }> {
    const end = offset + length;
    for (let at = offset; at < end; ) {
      const written = this.#has(Math.floor(at / GRANULE_BYTES));
      let stop = at;
      do stop = (Math.floor(stop / GRANULE_BYTES) + 1) * GRANULE_BYTES;
      while (stop < end && this.#has(stop / GRANULE_BYTES) === written);
      yield { at, bytes: Math.min(stop, end) - at, written };
      at = stop;
    }
  }

  #has(granule: number): boolean {
    const bit = granule % MAP_GRANULES;
    return (((this.#maps.get(Math.floor(granule / MAP_GRANULES))?.[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
  }

  #mark(granule: number): void {
    const at = Math.floor(granule / MAP_GRANULES);
    const bit = granule % MAP_GRANULES;
    const map = this.#maps.get(at) ?? new Uint8Array(MAP_GRANULES / 8);
    map[bit >> 3] = (map[bit >> 3] ?? 0) | (1 << (bit & 7));
    this.#maps.set(at, map);
  }
}
