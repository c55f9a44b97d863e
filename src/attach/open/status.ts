import type { Reading } from './open-reading.ts';
import type { Writing } from './open-writing.ts';
import type { Opening } from './opening.ts';

/** How an attachment stands. */
export interface AttachStatus {
  readonly id: string;
  /** The version of the committed contents. */
  readonly version: number;
  /** Undefined where it is read-only. */
  readonly fence: number | undefined;
  /** Somebody else has the disk. */
  readonly isLost: boolean;
  /** Bytes of the journal: what is not committed yet. */
  readonly dirtyBytes: number;
  /** Why the last commit or renewal of the lease failed, until one succeeds. */
  readonly retrying: string | undefined;
  /** Blocks from the object store, the cache folder and memory. */
  readonly fetchedBlocks: number;
  readonly recalledBlocks: number;
  readonly rememberedBlocks: number;
  /** Blocks sent. */
  readonly sentBlocks: number;
}

export function statusOf({ id }: Opening, { contents, blocks }: Reading, writing?: Writing): AttachStatus {
  const { fetched, recalled, remembered } = blocks.counts;
  return {
    id,
    version: contents.version,
    fence: writing?.lease.fence,
    isLost: writing?.writer.isLost ?? false,
    dirtyBytes: writing?.dirty.bytes ?? 0,
    retrying: writing?.writer.retrying,
    fetchedBlocks: fetched,
    recalledBlocks: recalled,
    rememberedBlocks: remembered,
    sentBlocks: writing?.uploader.sent ?? 0,
  };
}
