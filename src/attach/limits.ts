import { MAX_COMMIT_WRITES } from '../engine/contract.ts';

const MIB = 1024 * 1024;

/**
 * What an attachment may take. The whole process stays below 400 MiB: about 140 MiB of block
 * memory, 70 MiB for Node, 40 MiB for each of two threads, and what requests under way need.
 */
export interface AttachLimits {
  /**
   * Slots of half a MiB that hold plain blocks: cached ones, and those under way. At least {@link
   * leastMemoryBlocks}.
   */
  readonly memoryBlocks: number;
  /**
   * How many of these readers may look at while their answers are sent. Beyond that, answers are
   * copies.
   */
  readonly heldBlocks: number;
  /** Blocks composed, encoded and sent at a time: two slots each. */
  readonly uploads: number;
  /** Blocks fetched at a time, read-ahead included: as many as the client has connections. */
  readonly fetches: number;
  /** How far one sequential stream is read ahead. */
  readonly readAheadBlocks: number;
  /** Maps of 1024 blocks kept in memory, 33 KB each: together they cover 256 GiB. */
  readonly leafMaps: number;
  /** Bound of the machine's cache folder, which processes share; 0 keeps nothing there. */
  readonly cacheBytes: number;
  /** Bound of what waits in the journal for its upload; writes wait beyond it. */
  readonly journalBytes: number;
  /**
   * Bound of the runs of bytes in it, about 130 bytes of memory each. Writes wait beyond it, too.
   */
  readonly journalPieces: number;
  /**
   * A generation is closed at this length. It is long enough for its commit to cost little, and
   * short enough to be freed soon.
   */
  readonly generationBytes: number;
  /** A generation is closed at so many changed blocks and ranges of holes. */
  readonly generationBlocks: number;
  /** A generation is closed at so many runs of dirty bytes, about 100 bytes of memory each. */
  readonly generationPieces: number;
  /** More writes, or more trims, do not fit one commit and go by way of a draft. */
  readonly commitBlocks: number;
  /** Written bytes go to the service after so long by themselves. */
  readonly writeBackMs: number;
  /**
   * If flushes do not wait for the service, uploads keep out of the way of a burst of writes. They
   * begin when nothing was written for `quietMs`, after `burstMs` at the latest, or as soon as the
   * journal is half full.
   */
  readonly quietMs: number;
  readonly burstMs: number;
  /** How long a flush, read or write waits for a service that does not answer before it fails. */
  readonly patienceMs: number;
}

export const ATTACH_LIMITS: AttachLimits = {
  memoryBlocks: 272,
  heldBlocks: 96,
  uploads: 16,
  fetches: 32,
  readAheadBlocks: 32,
  leafMaps: 512,
  cacheBytes: 10 * 1024 * MIB,
  journalBytes: 4096 * MIB,
  journalPieces: 256 * 1024,
  generationBytes: 64 * MIB,
  generationBlocks: 8192,
  generationPieces: 64 * 1024,
  commitBlocks: MAX_COMMIT_WRITES,
  writeBackMs: 2000,
  quietMs: 250,
  burstMs: 10_000,
  patienceMs: 60_000,
};

/** What a journal may take of the free room if nobody says how large it may be. */
const JOURNAL_OF_FREE = 1 / 4;
const LEAST_JOURNAL_BYTES = 256 * MIB;

/** The bound of a journal that lies where `freeBytes` are left. */
export function journalBytesFor(freeBytes: number): number {
  return Math.max(LEAST_JOURNAL_BYTES, Math.min(ATTACH_LIMITS.journalBytes, freeBytes * JOURNAL_OF_FREE));
}

/**
 * Every task takes its slots one after the other, so all must find enough beside the others. They
 * are readers' views (`heldBlocks`), uploads (two each), fetches (one each), reads of dirty blocks
 * (one each, {@link DIRTY_READS}) and one to spare.
 */
export function leastMemoryBlocks({ heldBlocks, uploads, fetches }: AttachLimits): number {
  return heldBlocks + 2 * uploads + fetches + DIRTY_READS + 1;
}

/** Blocks with uncommitted bytes that are put together for readers at a time. */
export const DIRTY_READS = 16;
