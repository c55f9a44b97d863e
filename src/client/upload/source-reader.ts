import { isUnreadablePlace } from '../threads/image-io.ts';
import type { BlockName } from '../threads/tasks.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import type { Run } from './holes.ts';
import type { FileSource } from './source.ts';
import type { UnreadableRanges } from './unreadable.ts';

/** Reads blocks of a file or device and names them. */
export interface SourceReader {
  scan(run: Run): Promise<BlockName[]>;
  /** The same, and keeps the blocks in `slots`. */
  load(first: number, slots: readonly number[]): Promise<BlockName[]>;
}

/**
 * What cannot be read counts as zeros and goes to `unreadable`, where that is given; else it is
 * thrown.
 */
export function createReader(
  pool: WorkerPool,
  { path }: FileSource,
  unreadable: UnreadableRanges | undefined,
): SourceReader {
  const orRescue = async (read: Promise<BlockName[]>, order: Run & { readonly slots?: readonly number[] }) => {
    try {
      return await read;
    } catch (error) {
      if (!unreadable || !isUnreadablePlace(error)) throw error;
      const { names, lost } = await pool.run('rescue', order);
      unreadable.add(path, lost);
      return names;
    }
  };
  return {
    scan: (run) => orRescue(pool.run('scan', run), run),
    load: (first, slots) => orRescue(pool.run('load', { first, slots }), { first, count: slots.length, slots }),
  };
}
