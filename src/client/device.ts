import type { FileHandle } from 'node:fs/promises';

/**
 * Size of a block device, which `stat` does not know: the last readable byte, found by bisection.
 */
export async function deviceBytes(file: FileHandle): Promise<number> {
  const byte = Buffer.alloc(1);
  const readable = async (at: number) => (await file.read(byte, 0, 1, at)).bytesRead === 1;
  if (!(await readable(0))) return 0;
  let inside = 0;
  let beyond = 1;
  while (await readable(beyond)) {
    inside = beyond;
    beyond *= 2;
  }
  while (beyond - inside > 1) {
    const middle = Math.floor((inside + beyond) / 2);
    if (await readable(middle)) inside = middle;
    else beyond = middle;
  }
  return beyond;
}
