import { finishCopy } from '../../platform/catalogue/sqlite/copy.ts';
import { findDamage } from '../../platform/catalogue/sqlite/integrity.ts';
import { sumOf } from './put-files.ts';
import { type PutObjects, pruneObjects, putObjects } from './put-objects.ts';

/** How a job in a thread reports to its caller. */
export interface JobContext {
  /** Shown to people: called as often as anything changes. */
  progress(done: Progress): void;
  isStopped(): boolean;
}

export interface Progress {
  readonly objects: number;
  readonly of: number;
}

/** Jobs that read whole databases or touch each object. In a thread they hold nobody up. */
export const JOBS = {
  /** What is damaged in a copy of the database. One that is whole becomes a file without a log. */
  check: ({ path }: { readonly path: string }, _: JobContext) => {
    const damage = findDamage(path);
    if (damage === undefined) finishCopy(path);
    return damage;
  },
  sum: ({ path }: { readonly path: string }, _: JobContext) => sumOf(path),
  pruneObjects,
  putObjects: (input: PutObjects, context: JobContext) => putObjects(input, context),
} as const;

export type JobName = keyof typeof JOBS;
export type JobInput<Name extends JobName> = Parameters<(typeof JOBS)[Name]>[0];
export type JobAnswer<Name extends JobName> = ReturnType<(typeof JOBS)[Name]>;

export interface ThreadData {
  readonly name: JobName;
  readonly input: unknown;
  /** Its only element is 1 as soon as the job is to stop. */
  readonly stop: Int32Array;
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly answer: unknown }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      /** What the file system said. */
      readonly code?: string;
    };
