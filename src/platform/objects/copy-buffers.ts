/** Buffers for objects that pass through, each used again and again. */
export interface CopyBuffers {
  /** Waits for a buffer, which is the caller's until `work` has ended. */
  use<Result>(work: (buffer: Buffer) => Promise<Result>): Promise<Result>;
}

/** A block of 512 KiB in its stored form, with room for what stands around it. */
const BUFFER_BYTES = 528 * 1024;
/** As many as stay in the caches of a processor between reading, hashing and writing. */
const AT_ONCE = 8;

/**
 * The kernel gives each fresh buffer to the process page by page, which takes longer than to read
 * the block into it. While nothing passes through, none is kept.
 */
export function createCopyBuffers(): CopyBuffers {
  let free: Buffer[] = [];
  let inUse = 0;
  const waiting: ((buffer: Buffer) => void)[] = [];
  const take = (): Promise<Buffer> | Buffer => {
    if (inUse === AT_ONCE) return new Promise((resolve) => waiting.push(resolve));
    inUse++;
    return free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  };
  const giveBack = (buffer: Buffer) => {
    const next = waiting.shift();
    if (next !== undefined) return next(buffer);
    inUse--;
    free = inUse === 0 ? [] : [...free, buffer];
  };
  return {
    use: async (work) => {
      const buffer = await take();
      try {
        return await work(buffer);
      } finally {
        giveBack(buffer);
      }
    },
  };
}
