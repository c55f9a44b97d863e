import type { BigIntStats } from 'node:fs';
import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { loadKoffi } from '../../platform/program/load-koffi.ts';

/** A run of blocks that may hold data; what lies between runs is known to be zeros. */
export interface Run {
  readonly first: number;
  readonly count: number;
}

/** Finds the parts of a file that are not holes. */
export interface HoleFinder {
  /** Runs within `[first, first + count)`, in order. */
  runs(first: number, count: number): Run[] | Promise<Run[]>;
}

const everything: HoleFinder = { runs: (first, count) => (count > 0 ? [{ first, count }] : []) };

/**
 * Where the next data or hole at or after `offset` begins, that there is none, or that it is
 * unknown.
 */
export type Seek = (fd: number, offset: number, whence: number) => number | 'NONE' | 'UNKNOWN';

const SEEK_DATA = 3; // lseek(2), Linux and FreeBSD
const SEEK_HOLE = 4;
const ENXIO = 6;

/** Whether a file takes less room than its size says, so that looking for holes pays. */
export function isSparse({ blocks, size }: BigIntStats): boolean {
  return blocks * 512n < size;
}

/**
 * Reading a hole costs as much as reading zeros, and fills the page cache. Node cannot ask for
 * holes, so this goes through the C library, if its binding (an optional package) is installed.
 * Otherwise every block counts as data.
 */
export function holeFinder(source: { fd: number; sizeBytes: number; sparse: boolean }, seek = loadSeek()): HoleFinder {
  if (!source.sparse || !seek) return everything;
  return { runs: (first, count) => dataRuns(source, first, count, seek) };
}

export function dataRuns(
  { fd, sizeBytes }: { fd: number; sizeBytes: number },
  first: number,
  count: number,
  seek: Seek,
): Run[] {
  const runs: { first: number; count: number }[] = [];
  const end = Math.min((first + count) * BLOCK_BYTES, sizeBytes);
  for (const part of dataParts(fd, { begin: first * BLOCK_BYTES, end }, seek)) {
    addRun(runs, part);
  }
  return runs;
}

/** Bytes from `begin` up to `end`, of a file or disk. */
export interface Part {
  readonly begin: number;
  readonly end: number;
}

/** The parts of a range of a file that are not holes. */
export function dataParts(fd: number, { begin, end }: Part, seek: Seek): Part[] {
  const parts: Part[] = [];
  for (let at = begin; at < end; ) {
    const data = seek(fd, at, SEEK_DATA);
    if (data === 'NONE') break;
    const from = data === 'UNKNOWN' ? at : data;
    if (from >= end) break;
    const hole = data === 'UNKNOWN' ? data : seek(fd, from, SEEK_HOLE);
    const stop = typeof hole === 'number' && hole > from ? Math.min(hole, end) : end;
    parts.push({ begin: from, end: stop });
    at = stop;
  }
  return parts;
}

/** Adds the blocks that a part touches. Parts that touch the same block make one run. */
export function addRun(runs: { first: number; count: number }[], part: Part): void {
  const [first, end] = [Math.floor(part.begin / BLOCK_BYTES), Math.ceil(part.end / BLOCK_BYTES)];
  const last = runs.at(-1);
  if (last && first <= last.first + last.count) last.count = Math.max(last.count, end - last.first);
  else runs.push({ first, count: end - first });
}

export function loadSeek(): Seek | undefined {
  if (process.platform !== 'linux' && process.platform !== 'freebsd') return undefined;
  try {
    const koffi = loadKoffi();
    const lseek = koffi.load(null).func('int64_t lseek(int fd, int64_t offset, int whence)');
    return (fd, offset, whence) => {
      const at = lseek(fd, offset, whence);
      if (at >= offset) return at;
      return at === -1 && koffi.errno() === ENXIO ? 'NONE' : 'UNKNOWN';
    };
  } catch {
    return undefined;
  }
}
