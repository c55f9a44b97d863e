import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { DiskImage } from '../../formats/image.ts';
import { isUnreadablePlace } from '../threads/image-io.ts';
import type { BlockName } from '../threads/tasks.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import type { Run } from './holes.ts';
import { withPath } from './image-source.ts';
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
  source: FileSource,
  unreadable: UnreadableRanges | undefined,
): SourceReader {
  return source.image ? imageReader(pool, source, source.image.disk) : rawReader(pool, source, unreadable);
}

function rawReader(pool: WorkerPool, { path }: FileSource, unreadable: UnreadableRanges | undefined): SourceReader {
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

/** Extents are looked up here, where tables are kept; threads read and decompress. */
function imageReader(pool: WorkerPool, { path }: FileSource, disk: DiskImage): SourceReader {
  const extentsOf = (first: number, count: number) => {
    const end = Math.min((first + count) * BLOCK_BYTES, disk.sizeBytes);
    return disk.extents(first * BLOCK_BYTES, end - first * BLOCK_BYTES);
  };
  const withName = (error: unknown): never => {
    throw withPath(error, path);
  };
  return {
    scan: async ({ first, count }) => {
      const extents = await extentsOf(first, count);
      return pool.run('scan', { first, count, extents }).catch(withName);
    },
    load: async (first, slots) => {
      const extents = await extentsOf(first, slots.length);
      return pool.run('load', { first, slots, extents }).catch(withName);
    },
  };
}
