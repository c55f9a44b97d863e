import { check, equal, type Write } from '../../platform/catalogue/port.ts';
import { type ErrorCode, notFound } from '../../platform/errors.ts';
import { ownDeletion } from '../audit/own-deletion.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { autoExcess, snapshotLimit } from '../chains/counts.ts';
import { isInArrears } from '../model/accounts/arrears.ts';
import { chainNodes } from '../model/chains/members.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { runEntity, type SlotRow } from '../model/policies/run-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { usageOf } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from '../snapshots/delete.ts';

/** Snapshots that are looked at together: the oldest is most often free. */
const LOOK = 16;

export interface Room {
  /** Whether it is worth trying again: false where none gives way. */
  readonly hasRoom: boolean;
  readonly gaveWayId?: string;
}

/**
 * Rule 5.6: the oldest automatic snapshot that nothing was made from and that is not pinned gives
 * way. None does if there would be no room even without all of these, or if the account is in
 * arrears, when every snapshot is kept (1.3). Each deletion has the condition that the quota is
 * still full and that the disk has not had its run in this slot. So of two workers at the same disk
 * only one lets a snapshot go.
 */
export async function makeRoom(service: Service, slot: SlotRow, diskId: string): Promise<Room> {
  const { accountId, region } = slot;
  const { catalogue } = service;
  // As the page of runs knows it: a condition on the account's row would make all its disks wait
  // for each other.
  if (await isInArrears(catalogue, accountId)) return { hasRoom: false };
  const limit = await snapshotLimit(catalogue, { accountId, region }, 'AUTO');
  const chain = await catalogue.get(chainEntity, { accountId, id: diskId });
  if (limit === 0 || chain === undefined) return { hasRoom: false };
  const tooMany = autoExcess(chain, limit);
  if (tooMany <= 0) return { hasRoom: true };
  const [oldest] = await freeSnapshots(service, chain, tooMany);
  if (oldest === undefined) {
    // Another worker may have let some go since they were counted, and not have taken its snapshot
    // yet.
    const now = await catalogue.get(chainEntity, { accountId, id: diskId });
    return { hasRoom: now !== undefined && now.autoCount < chain.autoCount };
  }
  const also = () => stillNeeded(service, slot, diskId, limit);
  const act = ownDeletion({ accountId, action: 'deleteSnapshot', subject: oldest.id, reason: 'GIVE_WAY' });
  const refusal = await refusalOf(() =>
    service.audit.run(act, () =>
      deleteSnapshot(service, serviceCaller(accountId), oldest.id, { force: false, by: 'SERVICE', also }),
    ),
  );
  if (refusal === undefined) return { hasRoom: true, gaveWayId: oldest.id };
  // Gone, no longer needed, pinned, or in use since: somebody else was here, so the caller looks
  // again.
  if (isElsewhere(refusal.code)) return { hasRoom: true };
  throw refusal;
}

/** Whether a snapshot that was to give way cannot any more. */
export const isElsewhere = (code: ErrorCode): boolean =>
  code === 'NotFound' || code === 'SnapshotPinned' || code.startsWith('SnapshotUsedBy');

/**
 * The oldest automatic ones that are free to go, as many as are needed; none where there are fewer.
 */
export async function freeSnapshots(
  { catalogue }: Service,
  { accountId, id: chainId }: ChainRow,
  needed: number,
  { keepNewest = false }: { readonly keepNewest?: boolean } = {},
): Promise<readonly SnapshotRow[]> {
  const all = await chainNodes(catalogue, { accountId, chainId });
  const nodes = keepNewest ? all.slice(0, -1) : all;
  const free: SnapshotRow[] = [];
  for (let at = 0; at < nodes.length; at += LOOK) {
    const keys = nodes.slice(at, at + LOOK).map(({ id }) => ({ accountId, id }));
    for (const row of await catalogue.getMany(snapshotEntity, keys)) {
      if (row?.kind === 'AUTO' && row.pinnedAt === undefined && usageOf(row) === 'NONE') free.push(row);
    }
    if (free.length >= needed) return free;
  }
  return [];
}

async function stillNeeded({ catalogue }: Service, slot: SlotRow, diskId: string, limit: number): Promise<Write[]> {
  const { accountId, policyId, slotAt } = slot;
  const key = { accountId, diskId, slotAt, policyId };
  const [run, chain] = await Promise.all([
    catalogue.get(runEntity, key),
    catalogue.get(chainEntity, { accountId, id: diskId }),
  ]);
  const hasRun = run !== undefined && run.retrySlot === undefined;
  if (hasRun || chain === undefined || autoExcess(chain, limit) <= 0) throw notFound('Need for room', diskId);
  return [check(runEntity, key, run === undefined ? 'absent' : [equal('tries', run.tries)])];
}
