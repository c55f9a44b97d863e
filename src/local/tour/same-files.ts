import { open } from 'node:fs/promises';

const PIECE_BYTES = 1024 ** 2;

/** How many bytes two files have, if they are the same in each; else undefined. */
export async function sameBytes(one: string, other: string): Promise<number | undefined> {
  const files = await Promise.all([open(one), open(other)]);
  try {
    const [a, b] = [Buffer.alloc(PIECE_BYTES), Buffer.alloc(PIECE_BYTES)];
    for (let at = 0; ; ) {
      const [left, right] = await Promise.all([
        files[0].read(a, 0, PIECE_BYTES, at),
        files[1].read(b, 0, PIECE_BYTES, at),
      ]);
      const [mine, others] = [a.subarray(0, left.bytesRead), b.subarray(0, right.bytesRead)];
      if (!mine.equals(others)) return undefined;
      if (mine.length === 0) return at;
      at += mine.length;
    }
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}
