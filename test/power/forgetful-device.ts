import type { Bytes, Device, Extent } from '../../src/nbd/device.ts';

/** What a device was told to keep, in the order in which it answered. */
export type Told =
  | { readonly kind: 'write'; readonly offset: number; readonly data: Buffer }
  /** Everything before it outlives a power cut. */
  | { readonly kind: 'flush' };

export interface ForgetfulDevice extends Device {
  /** From the first request on; what comes in later is added. */
  readonly told: readonly Told[];
}

/**
 * A disk with a write cache that loses its power: it remembers everything that it was told, so that
 * what a cut at any moment leaves can be made of it afterwards. Reads see the cache. Nothing can be
 * trimmed, as that would be one more kind of write.
 */
export function createForgetfulDevice(contents: Buffer): ForgetfulDevice {
  const now = Buffer.from(contents);
  const told: Told[] = [];
  const write = (offset: number, data: Buffer) => {
    data.copy(now, offset);
    told.push({ kind: 'write', offset, data });
  };
  return {
    sizeBytes: now.length,
    readOnly: false,
    name: 'forgetful',
    description: 'Forgets what was not flushed.',
    told,
    read: async (offset, length): Promise<Bytes> => ({
      chunks: [Buffer.from(now.subarray(offset, offset + length))],
      release: () => undefined,
    }),
    write: async (offset, data) => write(offset, Buffer.from(data)),
    zero: async (offset, length) => write(offset, Buffer.alloc(length)),
    trim: async () => undefined,
    flush: async () => {
      told.push({ kind: 'flush' });
    },
    prefetch: async () => undefined,
    extents: async (_, __, length): Promise<readonly Extent[]> => [
      { lengthBytes: length, hole: false, zero: false, dirty: true },
    ],
    close: async () => undefined,
  };
}
