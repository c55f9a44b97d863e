import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { BenchRun } from '../bench-run.ts';
import { writeUnique } from '../images/plain-images.ts';
import { countingPreload, settled } from '../requests/counting.ts';
import type { Tally } from '../requests/tally.ts';
import type { Api } from '../varve/api.ts';
import { type FilledDisk, fillDisk, touchDisk } from '../varve/filled-disk.ts';
import { type Installation, install } from '../varve/installation.ts';
import { checkedExport } from './checked-export.ts';

/** For each operation what it asked of AWS's services. */
export type Requests = Record<string, Tally>;

/** Does everything once more in an installation that counts, which nobody times. */
export async function countRequests(bench: BenchRun): Promise<Requests> {
  const folder = join(bench.dataDir, 'counted');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'requests');
  const varve = await install({ folder, run: bench.run, ending: bench.ending, preload: countingPreload(file) });
  const requests: Requests = {};
  const count = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    bench.say(`requests of ${operation}`);
    await settled(file, bench.ending.signal);
    const answer = await work();
    const tally = await settled(file, bench.ending.signal);
    // this process's own call is not written down
    requests[operation] = { ...tally, apiCalls: Math.max(tally.apiCalls, 1) };
    return answer;
  };
  await countTransfers(bench, varve, count);
  await countPointerChanges(bench, varve.api, count);
  await varve.stop();
  return requests;
}

type Count = <T>(operation: string, work: () => Promise<T>) => Promise<T>;

async function countTransfers(bench: BenchRun, { cli, ...varve }: Installation, count: Count): Promise<void> {
  const { sizes } = bench;
  const images = await bench.images();
  const unique = join(bench.workDir, 'counted.img');
  await writeUnique(unique, sizes.uniqueBytes, 'counted');
  try {
    const { diskId } = await count('import unique', () => cli.importImage(unique, 'unique'));
    await count('import duplicate', () => cli.importImage(unique, 'duplicate'));
    await count('import zeros', () => cli.importImage(images.zeros, 'zeros'));
    await count('import sparse', () => cli.importImage(images.sparse, 'sparse'));
    await count('export', () => checkedExport(bench, { cli, ...varve }, diskId, unique));
  } finally {
    rmSync(unique, { force: true });
  }
  const { diskId } = await count('import a', () => cli.importImage(images.a, 'system'));
  await count('sync unchanged', () => cli.syncDisk(diskId, images.a));
  await varve.api.createSnapshot(diskId);
  await count('sync 1 % changed', () => cli.syncDisk(diskId, images.b));
}

/** Once each. A timer that goes off meanwhile adds its few reads. */
async function countPointerChanges({ sizes }: BenchRun, api: Api, count: Count): Promise<void> {
  const small = { name: 'small', sizeBytes: sizes.uniqueBytes, blocks: sizes.uniqueBytes / BLOCK_BYTES };
  const disks: Record<string, FilledDisk> = {
    '1 GiB': await fillDisk(api, small),
    '1 TiB': await fillDisk(api, { name: 'large', sizeBytes: sizes.largeBytes, blocks: sizes.largeDiskBlocks }),
  };
  for (const [scale, disk] of Object.entries(disks)) {
    await touchDisk(api, disk, 0);
    const snapshotId = await count(`snapshot, ${scale}`, () => api.createSnapshot(disk.id));
    await touchDisk(api, disk, 1);
    await count(`rollback, ${scale}`, () => api.rollbackDisk(disk.id, snapshotId));
    const clone = await count(`clone, ${scale}`, () => api.createDisk({ name: 'clone', snapshotId }));
    await count(`delete disk, ${scale}`, () => api.releaseDisk(clone.id));
    await count(`delete snapshot, ${scale}`, () => api.deleteSnapshot(snapshotId));
  }
  await count('list of 100 snapshots', () => api.listSnapshots(100));
}
