import type { Client } from '../../client/client.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { Source } from '../../client/upload/source.ts';
import { called, diskText, newestText } from './facts.ts';
import { NOTHING_GOES, type Plan } from './plan.ts';

/** A disk of which nothing was ever written loses nothing. */
export async function overwritePlan(client: Client, disk: Disk, source: Source): Promise<Plan> {
  const isEmpty = disk.sizes?.totalBytes === 0;
  return {
    doing: `make disk ${called(disk)} equal to ${sourceText(source)}`,
    goes: isEmpty ? [] : [`what ${diskText(disk)}, holds and the source does not`],
    stays: ['its snapshots, its size, its policy and its tags'],
    back: isEmpty ? '' : await newestText(client, disk),
    refusals: [],
  };
}

export function newDiskPlan(source: Source): Plan {
  return { ...NOTHING_GOES, doing: `make a disk of ${sourceText(source)}` };
}

/** Of a disk that waits for its first contents. */
export function copyPlan(disk: Disk): Plan {
  return { ...NOTHING_GOES, doing: `finish the copy of disk ${called(disk)}` };
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case 'file':
      return source.path;
    case 'stream':
      return 'standard input';
    case 'snapshot':
      return `snapshot ${source.snapshotId}`;
  }
}
