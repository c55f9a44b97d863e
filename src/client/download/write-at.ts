import { write } from 'node:fs';
import { promisify } from 'node:util';
import type { Write } from '../../formats/qcow2/refcounts.ts';

const writeFd = promisify(write);

/** Writes all of `bytes` to a place of a file. */
export async function writeAt(fd: number, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await writeFd(fd, bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

export async function writeEach(fd: number, writes: readonly Write[]): Promise<void> {
  for (const { at, bytes } of writes) await writeAt(fd, bytes, at);
}
