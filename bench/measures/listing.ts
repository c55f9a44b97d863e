import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { MIB } from '../sizes.ts';
import type { Api } from '../varve/api.ts';

/** The quota of manual snapshots a disk is 256. */
const SNAPSHOTS_A_DISK = 250;
const LISTINGS = 20;

/** How long a page with all snapshots takes. */
export async function measureListing({ figures, sizes, say }: BenchRun, api: Api): Promise<void> {
  say(`making ${sizes.listedSnapshots} snapshots, then listing them`);
  let left = sizes.listedSnapshots;
  const disks = Array.from({ length: Math.ceil(left / SNAPSHOTS_A_DISK) }, (_, at) => at);
  const makeAll = disks.map(async (at) => {
    const disk = await api.createDisk({ name: `listed ${at}`, sizeBytes: MIB });
    for (let made = 0; made < SNAPSHOTS_A_DISK && left > 0; made++) {
      left -= 1;
      await api.createSnapshot(disk.id);
    }
  });
  await Promise.all(makeAll);
  for (let at = -1; at < LISTINGS; at++) {
    const began = performance.now();
    const found = await api.listSnapshots(sizes.listedSnapshots);
    if (found !== sizes.listedSnapshots) throw new BenchError(`The page holds ${found} snapshots.`);
    if (at >= 0) figures.add('list ms', performance.now() - began);
  }
}
