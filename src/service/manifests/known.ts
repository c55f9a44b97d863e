import { type NodeRow, nodeEntity } from '../../engine/books/rows.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { imageEntity } from '../model/images/rows.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import type { AccountManifests } from './read.ts';

export type Uses = Pick<SnapshotRow, 'diskCount' | 'imageCount'>;

/** What the catalogue has of an account's nodes, before a run adds to it. */
export interface Known {
  readonly nodes: ReadonlyMap<string, NodeRow>;
  /**
   * How many of its disks and images were made from each snapshot, whether that is there or not.
   */
  readonly uses: ReadonlyMap<string, Uses>;
}

export async function knownOf(
  catalogue: Catalogue,
  { accountId, numbers }: Pick<AccountManifests, 'accountId' | 'numbers'>,
): Promise<Known> {
  const keysOf = (ids: readonly string[]) => ids.map((id) => ({ accountId, id }));
  const rows = await catalogue.getMany(nodeEntity, keysOf([...numbers.keys()]));
  const nodes = rows.filter((row) => row !== undefined);
  const of = (kind: NodeRow['kind']) => keysOf(nodes.filter((row) => row.kind === kind).map(({ id }) => id));
  const disks = await catalogue.getMany(diskEntity, of('HEAD'));
  const images = await catalogue.getMany(imageEntity, of('IMAGE'));
  const uses = new Map<string, Uses>();
  const count = (snapshotId: string | undefined, { diskCount, imageCount }: Uses): void => {
    if (snapshotId === undefined) return;
    const sum = uses.get(snapshotId) ?? { diskCount: 0, imageCount: 0 };
    uses.set(snapshotId, { diskCount: sum.diskCount + diskCount, imageCount: sum.imageCount + imageCount });
  };
  for (const disk of disks) count(disk?.originSnapshotId, { diskCount: 1, imageCount: 0 });
  for (const image of images) count(image?.snapshotId, { diskCount: 0, imageCount: 1 });
  return { nodes: new Map(nodes.map((row) => [row.id, row])), uses };
}
