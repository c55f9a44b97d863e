import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { answerTasks } from '../../task-thread.ts';
import type { Copied, CopyOrder } from './copy-threads.ts';

/** A block of 512 KiB in its stored form, with room for what stands around it. */
const BUFFER_BYTES = 528 * 1024;

let buffer: Buffer | undefined;

answerTasks(copy);

function copy({ from, part, name, expected }: CopyOrder): Copied {
  buffer ??= Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const source = openSource(from);
  if (source === undefined) return { outcome: 'MISSING' };
  let bytes: Buffer | undefined;
  try {
    bytes = readWhole(source, buffer);
  } finally {
    closeSync(source);
  }
  if (bytes === undefined) return { outcome: 'TOO_MANY' };
  const sha256 = hash('sha256', bytes, 'hex');
  if (expected !== undefined && expected !== sha256) return { outcome: 'OTHERWISE' };
  const path = name.before + sha256 + name.after;
  try {
    writeNew(part, bytes);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return { outcome: 'COPIED', path, sizeBytes: bytes.length, sha256 };
}

function openSource(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readWhole(file: number, into: Buffer): Buffer | undefined {
  for (let length = 0; length < into.length; ) {
    const got = readSync(file, into, length, into.length - length, length);
    if (got === 0) return into.subarray(0, length);
    length += got;
  }
  return undefined;
}

function writeNew(path: string, bytes: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}
