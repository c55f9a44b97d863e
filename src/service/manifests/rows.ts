import { type Catalogue, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { placeToVerify } from '../model/chains/verify-place.ts';
import { paidWrites } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity, domainEntity } from '../model/disks/rows.ts';
import { type ImageRow, imageEntity, imageShareEntity } from '../model/images/rows.ts';
import { listDisk } from '../model/listed/disk-lists.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import type { AboutNode } from '../model/manifests/about.ts';
import { coverWrites } from '../model/policies/cover.ts';
import { policyEntity } from '../model/policies/rows.ts';
import { expiryWrites } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { trashEntity } from '../model/trash/rows.ts';
import { oneUseMore } from '../model/trash/uses.ts';
import { unwatched } from '../model/watch/writes.ts';
import type { Known } from './known.ts';

/**
 * What appears together with a node: the row of what it is, and what others count of it. A text:
 * why it cannot.
 */
export async function rowsFor(
  catalogue: Catalogue,
  { disk, snapshot, image, trash, chain, domain }: AboutNode,
  { diskIsThere, uses }: { readonly diskIsThere: (id: string) => boolean; readonly uses: Known['uses'] },
): Promise<Write[] | string> {
  const writes: Write[] = [];
  if (domain !== undefined) {
    const known = await catalogue.get(domainEntity, { id: domain.id });
    if (known !== undefined && known.wrappedKey !== domain.wrappedKey)
      return `its domain ${domain.id} has another data key by now`;
    if (known === undefined) writes.push(put(domainEntity, domain));
  }
  if (chain !== undefined) {
    const { accountId, id, region, createdAt } = chain;
    const counts = {
      manualCount: snapshot?.kind === 'MANUAL' ? 1 : 0,
      autoCount: snapshot?.kind === 'AUTO' ? 1 : 0,
      ...(trash !== undefined && { trashCount: 1 }),
    };
    const known = await catalogue.get(chainEntity, { accountId, id });
    if (known === undefined) {
      const diskReleased = !diskIsThere(id);
      writes.push(
        put(chainEntity, {
          accountId,
          id,
          region,
          createdAt,
          ...counts,
          diskReleased,
          ...placeToVerify(id, createdAt),
        }),
      );
    } else {
      // an earlier run may not have found it
      const set = disk === undefined ? {} : { diskReleased: false };
      writes.push(patch(chainEntity, { accountId, id }, { set, add: counts }));
    }
  }
  if (snapshot !== undefined) writes.push(...snapshotRows(snapshot, uses));
  if (trash !== undefined) writes.push(put(trashEntity, { ...trash, ...countedFor(trash.id, uses) }));
  if (image !== undefined) writes.push(...(await imageRows(catalogue, image)));
  if (disk !== undefined) writes.push(...(await diskRows(catalogue, disk)));
  return writes;
}

const countedFor = (id: string, uses: Known['uses']) => uses.get(id) ?? { diskCount: 0, imageCount: 0 };

/** Its users are counted again: those that were there before, and others as they appear. */
function snapshotRows(snapshot: SnapshotRow, uses: Known['uses']): Write[] {
  const row = { ...snapshot, ...countedFor(snapshot.id, uses) };
  return [put(snapshotEntity, row), ...listSnapshot(row), ...expiryWrites(row)];
}

async function imageRows(catalogue: Catalogue, image: ImageRow): Promise<Write[]> {
  const { accountId: ownerAccountId, id: imageId, region, createdAt, sharedWith } = image;
  return [
    put(imageEntity, image),
    ...sharedWith.map((toAccountId) =>
      put(imageShareEntity, { toAccountId, imageId, ownerAccountId, region, createdAt }, 'any'),
    ),
    ...(await usedBy(catalogue, ownerAccountId, image.snapshotId, 'imageCount')),
  ];
}

/**
 * Instances are not kept in the bucket: a disk that one used is free. Whether it is in breach is
 * found out again.
 */
async function diskRows(catalogue: Catalogue, disk: DiskRow): Promise<Write[]> {
  const { instanceIds: _, ...rest } = unwatched(disk);
  const status = disk.status === 'CREATING' ? disk.status : 'AVAILABLE';
  const origin = disk.originSnapshotId;
  const restored = await withKnownPolicy(catalogue, { ...rest, status });
  return [
    put(diskEntity, restored),
    ...listDisk(restored),
    ...paidWrites(restored),
    ...coverWrites(restored),
    ...(origin === undefined ? [] : await usedBy(catalogue, disk.accountId, origin, 'diskCount')),
  ];
}

/** A policy that was not found again no longer covers it. */
async function withKnownPolicy(catalogue: Catalogue, disk: DiskRow): Promise<DiskRow> {
  const { policyId, ...rest } = disk;
  if (policyId === undefined) return disk;
  const isThere = (await catalogue.get(policyEntity, { accountId: disk.accountId, id: policyId })) !== undefined;
  return isThere ? disk : rest;
}

async function usedBy(
  catalogue: Catalogue,
  accountId: string,
  id: string,
  counter: 'diskCount' | 'imageCount',
): Promise<Write[]> {
  return [...(await oneUseMore(catalogue, { accountId, id }, counter)).writes];
}
