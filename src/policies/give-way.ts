import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { snapshotLimit } from '../chains/counts.ts';
import { chainNodes } from '../chains/members.ts';
import { chainEntity } from '../chains/rows.ts';
import { absent, check, equal, type Write } from '../platform/catalogue/port.ts';
import { notFound } from '../platform/errors.ts';
import type { Service } from '../regions/service.ts';
import { deleteSnapshot } from '../snapshots/delete.ts';
import { type SnapshotRow, snapshotEntity } from '../snapshots/rows.ts';
import { usageOf } from '../snapshots/rules.ts';
import { runEntity, type SlotRow } from './run-rows.ts';

/** Snapshots that are looked at together: the oldest is most often free. */
const LOOK = 16;

export interface Room {
  /** Whether it is worth trying again: false where no automatic snapshot is free to go. */
  readonly made: boolean;
  readonly gaveWayId?: string;
}

/**
 * Rule 5.6: the oldest automatic snapshot that nothing was made from gives way. Each deletion holds in its own transaction that the quota is still
 * full and that the disk has not had its run in this slot, so that of two workers at the same disk only one lets a snapshot go.
 */
export async function makeRoom(service: Service, slot: SlotRow, diskId: string): Promise<Room> {
  const { accountId, region } = slot;
  const limit = await snapshotLimit(service.catalogue, { accountId, region }, 'AUTO');
  if (limit === 0) return { made: false };
  for await (const { id } of freeSnapshots(service, accountId, diskId)) {
    const also = () => stillNeeded(service, slot, diskId, limit);
    const refusal = await refusalOf(() =>
      deleteSnapshot(service, serviceCaller(accountId), id, { force: false, also }),
    );
    if (refusal === undefined) return { made: true, gaveWayId: id };
    if (refusal.code === 'NotFound') return { made: true }; // gone, or no longer needed: somebody else was here
    if (!refusal.code.startsWith('SnapshotUsedBy')) throw refusal;
  }
  // Another worker may just have let the last free one go, and not have taken its snapshot yet.
  const chain = await service.catalogue.get(chainEntity, { accountId, id: diskId });
  return { made: chain !== undefined && chain.autoCount < limit };
}

async function* freeSnapshots(service: Service, accountId: string, diskId: string): AsyncGenerator<SnapshotRow> {
  const nodes = await chainNodes(service.catalogue, { accountId, chainId: diskId });
  for (let at = 0; at < nodes.length; at += LOOK) {
    const keys = nodes.slice(at, at + LOOK).map(({ id }) => ({ accountId, id }));
    for (const row of await service.catalogue.getMany(snapshotEntity, keys)) {
      if (row?.kind === 'AUTO' && usageOf(row) === 'NONE') yield row;
    }
  }
}

async function stillNeeded({ catalogue }: Service, slot: SlotRow, diskId: string, limit: number): Promise<Write[]> {
  const { accountId, policyId, slotAt } = slot;
  const key = { accountId, diskId, slotAt, policyId };
  const [run, chain] = await Promise.all([
    catalogue.get(runEntity, key),
    catalogue.get(chainEntity, { accountId, id: diskId }),
  ]);
  const hasRun = run !== undefined && run.retrySlot === undefined;
  if (hasRun || chain === undefined || chain.autoCount < limit) throw notFound('Need for room', diskId);
  return [check(runEntity, key, run === undefined ? [absent('diskId')] : [equal('tries', run.tries)])];
}
