import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { freeBytes } from '../../platform/disk-space.ts';
import type { Staging } from '../../platform/objects/folder/direct.ts';

/**
 * Reads an object's file into `slot`: its bytes are then checked like those of any other. Nothing
 * where that was not possible: it is moved, or removed, or the disk fails.
 */
export function readObjectFile(path: string, slot: Buffer): number | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(fd);
    if (size > slot.length) return undefined;
    let got = 0;
    while (got < size) {
      const bytes = readSync(fd, slot, got, size - got, got);
      if (bytes === 0) return undefined;
      got += bytes;
    }
    return size;
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/** Whether it is staged now. If not, nothing is left of it, and the server can say why. */
export function stageObject({ part, path, reserveBytes }: Staging, bytes: Buffer): boolean {
  try {
    if (freeBytes(dirname(part)) < reserveBytes + bytes.length) return false;
    const fd = openSync(part, 'wx', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done);
    } finally {
      closeSync(fd);
    }
    renameSync(part, path);
    return true;
  } catch {
    rmSync(part, { force: true });
    return false;
  }
}
