import { check, equal, type Write } from '../../platform/catalogue/port.ts';
import { notFound } from '../../platform/errors.ts';
import { ownDeletion } from '../audit/own-deletion.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { autoExcess, snapshotLimit } from '../chains/counts.ts';
import { chainOfCopies } from '../copies/chain-id.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { type PolicyCopyRow, policyCopyEntity } from '../model/policies/copy-rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from '../snapshots/delete.ts';
import { freeSnapshots, isElsewhere, type Room } from './give-way.ts';

/**
 * Rule 5.6 among the copies of a disk in another region: the oldest automatic one that nothing was
 * made from gives way. The newest copy that is there never does: until the next one is whole, it is
 * what the region has of the disk.
 */
export async function makeRoomForCopy(service: Service, row: PolicyCopyRow): Promise<Room> {
  const { accountId, snapshotId, region } = row;
  const { catalogue } = service;
  const source = await catalogue.get(snapshotEntity, { accountId, id: snapshotId });
  if (source === undefined) return { hasRoom: true }; // and the next try says so
  const limit = await snapshotLimit(catalogue, { accountId, region }, 'AUTO');
  const id = chainOfCopies({ accountId, diskId: source.diskId, region });
  const chain = await catalogue.get(chainEntity, { accountId, id });
  const tooMany = chain === undefined ? 0 : autoExcess(chain, limit);
  if (tooMany <= 0) return { hasRoom: true };
  const [oldest] = chain === undefined ? [] : await freeSnapshots(service, chain, tooMany, { keepNewest: true });
  if (oldest === undefined) return { hasRoom: false };
  const also = () => stillNeeded(service, row, { id, limit });
  const act = ownDeletion({ accountId, action: 'deleteSnapshot', subject: oldest.id, reason: 'GIVE_WAY' });
  const refusal = await refusalOf(() =>
    service.audit.run(act, () =>
      deleteSnapshot(service, serviceCaller(accountId), oldest.id, { force: false, by: 'SERVICE', also }),
    ),
  );
  if (refusal === undefined) return { hasRoom: true, gaveWayId: oldest.id };
  // Gone, no longer needed, or in use since: the caller looks again.
  if (isElsewhere(refusal.code)) return { hasRoom: true };
  throw refusal;
}

/** So of two workers at the same copy only one lets another go. */
async function stillNeeded(
  { catalogue }: Service,
  { accountId, snapshotId, region, attempts }: PolicyCopyRow,
  { id, limit }: { readonly id: string; readonly limit: number },
): Promise<Write[]> {
  const key = { accountId, snapshotId, region };
  const [now, chain] = await Promise.all([
    catalogue.get(policyCopyEntity, key),
    catalogue.get(chainEntity, { accountId, id }),
  ]);
  const isFull = chain !== undefined && autoExcess(chain, limit) > 0;
  if (now?.status !== 'WAITING' || !isFull) throw notFound('Need for room', id);
  return [
    check(policyCopyEntity, key, [
      equal<'status', PolicyCopyRow['status']>('status', 'WAITING'),
      equal('attempts', attempts),
    ]),
  ];
}
