import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { listsOfDisk } from '../../src/service/model/listed/disk-lists.ts';
import { type List, listedEntity } from '../../src/service/model/listed/rows.ts';
import { listsOfSnapshot } from '../../src/service/model/listed/snapshot-lists.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import type { MemoryCatalogue } from './memory-catalogue.ts';

const places = ({ accountId, region, id }: { accountId: string; region: string; id: string }, lists: readonly List[]) =>
  lists.map(({ list, wider }) => JSON.stringify([accountId, region, list, wider ?? null, id]));

/** What is in a list and does not belong there, or the reverse. */
export function listFaults(catalogue: MemoryCatalogue): string[] {
  const due = new Set([
    ...catalogue.rows(diskEntity).flatMap((row) => places(row, listsOfDisk(row))),
    ...catalogue.rows(snapshotEntity).flatMap((row) => places(row, listsOfSnapshot(row))),
  ]);
  const there = new Set(catalogue.rows(listedEntity).flatMap((row) => places(row, [row])));
  return [
    ...[...due].filter((place) => !there.has(place)).map((place) => `${place}: not listed`),
    ...[...there].filter((place) => !due.has(place)).map((place) => `${place}: listed, and should not be`),
  ];
}
