import type { Slots } from '../flow/slots.ts';
import type { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import type { Base } from './base.ts';
import type { Committer } from './committer.ts';
import type { Run } from './holes.ts';
import type { TargetDisk } from './target.ts';
import type { UnreadableRanges } from './unreadable.ts';
import type { Uploader } from './uploader.ts';

/** What a walk through a source needs. */
export interface WalkParts {
  readonly base: Base;
  readonly pool: WorkerPool;
  readonly slots: Slots;
  readonly group: TaskGroup;
  readonly meter: Meter;
  readonly uploader: Uploader;
  readonly committer: Committer;
  readonly disk: TargetDisk;
  /**
   * Whether a source that ends before the disk stands for zeros from there on; else it is not
   * whole.
   */
  readonly zeroRest: boolean;
  /**
   * Where to note what cannot be read of the source, and counts as zeros; undefined where that ends
   * the walk.
   */
  readonly unreadable: UnreadableRanges | undefined;
}

export interface Walker {
  /** Resolves when the last block has been given on. */
  readonly walk: () => Promise<void>;
  /**
   * To be called once all is read and sent, before the disk takes it. Throws if the source turned
   * out not to be whole.
   */
  readonly requireWhole: () => void;
  /** Brings blocks to the store once more. */
  readonly reload: (runs: readonly Run[]) => void;
}

/** Blocks loaded by one task: 4 MiB. */
export const LOAD_BLOCKS = 8;
