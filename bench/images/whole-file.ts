import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Writes a file beside its name and renames it when it is whole and on the disk, so that nothing
 * half-made is ever found.
 */
export async function writeWhole(path: string, write: (fd: number) => Promise<void> | void): Promise<void> {
  const beside = `${path}.part`;
  const fd = openSync(beside, 'w+');
  try {
    await write(fd);
    fsyncSync(fd); // nothing is left for the system to write back while something is measured
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  renameSync(beside, path);
}

/** Fills a file to its size, without holes. */
export async function fillFile(fd: number, bytes: number, chunk: (bytes: number) => Buffer): Promise<void> {
  for (let at = 0; at < bytes; ) {
    const part = chunk(Math.min(CHUNK_BYTES, bytes - at));
    writeSync(fd, part, 0, part.length, at);
    at += part.length;
    await breathe(); // Ctrl-C is heard
  }
}

/**
 * Copies a file to one without holes: like a block device, it does not tell where its zeros are.
 */
export async function copyWithoutHoles(from: string, fd: number): Promise<void> {
  const source = openSync(from, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let at = 0;
  try {
    await fillFile(fd, statSync(from).size, (bytes) => {
      const got = readSync(source, buffer, 0, bytes, at);
      if (got === 0) throw new Error(`${from} became shorter`);
      at += got;
      return buffer.subarray(0, got);
    });
  } finally {
    closeSync(source);
  }
}

export function setSize(fd: number, bytes: number): void {
  ftruncateSync(fd, bytes);
}

/** Reads a file through once, so that all of it is in the page cache. */
export async function warm(path: string): Promise<void> {
  const fd = openSync(path, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  try {
    while (readSync(fd, buffer, 0, buffer.length, null) > 0) await breathe();
  } finally {
    closeSync(fd);
  }
}

/** Whether two files hold the same bytes. */
export async function sameContents(one: string, other: string): Promise<boolean> {
  if (statSync(one).size !== statSync(other).size) return false;
  const fds = [openSync(one, 'r'), openSync(other, 'r')] as const;
  const buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)] as const;
  try {
    for (let at = 0; ; await breathe()) {
      const got = readSync(fds[0], buffers[0], 0, CHUNK_BYTES, at);
      const too = readSync(fds[1], buffers[1], 0, CHUNK_BYTES, at);
      if (got !== too || !buffers[0].subarray(0, got).equals(buffers[1].subarray(0, too))) return false;
      if (got === 0) return true;
      at += got;
    }
  } finally {
    for (const fd of fds) closeSync(fd);
  }
}
