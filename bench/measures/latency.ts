import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { BenchRun } from '../bench-run.ts';
import type { Api, JobId } from '../varve/api.ts';
import { type FilledDisk, fillDisk, touchDisk } from '../varve/filled-disk.ts';

export type DiskScale = 'small' | 'large';
export const TIMED_OPERATIONS = ['snapshot', 'rollback', 'clone', 'delete disk', 'delete snapshot'] as const;

/**
 * How long the API takes for what is to cost the same on a disk of any size; the two disks in turn.
 */
export async function measureLatency({ figures, sizes, say }: BenchRun, api: Api): Promise<void> {
  say('filling the small and the large disk');
  const filled = { name: 'small', sizeBytes: sizes.uniqueBytes, blocks: sizes.uniqueBytes / BLOCK_BYTES };
  const disks: Record<DiskScale, FilledDisk> = {
    small: await fillDisk(api, filled),
    large: await fillDisk(api, { name: 'large', sizeBytes: sizes.largeBytes, blocks: sizes.largeDiskBlocks }),
  };
  say('snapshot, rollback, clone, delete');
  for (let at = -1; at < sizes.apiRepeats; at++) {
    const jobs: JobId[] = [];
    for (const scale of ['small', 'large'] as const) {
      const note: Note = (operation, ms) => {
        // the first time code and caches are cold
        if (at >= 0) figures.add(`${operation} ${scale} ms`, ms);
      };
      jobs.push(...(await once(api, disks[scale], at + 1, note)));
    }
    for (const job of jobs) await api.finished(job); // so that work does not pile up
  }
}

type Note = (operation: (typeof TIMED_OPERATIONS)[number], ms: number) => void;

async function once(api: Api, disk: FilledDisk, at: number, note: Note): Promise<JobId[]> {
  const timed = async <T>(operation: (typeof TIMED_OPERATIONS)[number], call: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await call();
    note(operation, performance.now() - began);
    return answer;
  };

  await touchDisk(api, disk, at);
  const snapshotId = await timed('snapshot', () => api.createSnapshot(disk.id));
  await touchDisk(api, disk, at + 1);
  const rollback = await timed('rollback', () => api.rollbackDisk(disk.id, snapshotId));
  disk.version = (await api.disk(disk.id)).version;
  const clone = await timed('clone', () => api.createDisk({ name: `clone ${at}`, snapshotId }));
  const release = await timed('delete disk', () => api.releaseDisk(clone.id));
  const deletion = await timed('delete snapshot', () => api.deleteSnapshot(snapshotId));
  return [rollback, release, deletion];
}
