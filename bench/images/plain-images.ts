import { writeSync } from 'node:fs';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { SeededBytes } from './seeded-bytes.ts';
import { fillFile, setSize, writeWhole } from './whole-file.ts';

/** Bytes that are nowhere twice and do not compress. */
export function writeUnique(path: string, bytes: number, seed: string): Promise<void> {
  const random = new SeededBytes(seed);
  return writeWhole(path, (fd) => fillFile(fd, bytes, (part) => random.take(part)));
}

/** Zeros that are written, so that a reader has to look at them. */
export function writeZeros(path: string, bytes: number): Promise<void> {
  return writeWhole(path, (fd) => fillFile(fd, bytes, (part) => Buffer.alloc(part)));
}

/** A file that is holes but for `blocks` single blocks, evenly spread. */
export function writeSparse(path: string, bytes: number, blocks: number, seed: string): Promise<void> {
  const random = new SeededBytes(seed);
  const stride = Math.floor(bytes / BLOCK_BYTES / blocks) * BLOCK_BYTES;
  return writeWhole(path, (fd) => {
    setSize(fd, bytes);
    for (let at = 0; at < blocks; at++) writeSync(fd, random.take(BLOCK_BYTES), 0, BLOCK_BYTES, at * stride);
  });
}
