import { mapBounded } from '../../platform/bounded.ts';
import { equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { collectTroubles } from '../calls/troubles.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { removeCounters, uncoverWrites } from '../model/policies/cover.ts';
import { findPolicy } from '../model/policies/find.ts';
import {
  CANCELLATION_SHARDS,
  type CancellationRow,
  type CoverRow,
  cancellationEntity,
  cancellationShard,
  coverEntity,
  policyEntity,
} from '../model/policies/rows.ts';
import type { Service } from '../service.ts';
import { unregisterPolicy } from './register.ts';

const PAGE = 100;
/** Each waits for one transaction; the table takes more, but a deletion is in no hurry. */
const IN_FLIGHT = 8;
/** As much as the call itself does; more goes on in the background. */
const INLINE_MS = 2000;

/**
 * Rule 5.2. The policy is gone in one transaction, from which on no disk can come under it and no slot of it opens. Its disks are
 * then taken from under it one by one, by this call and for many by the janitor, from wherever it was left.
 */
export async function deletePolicy(service: Service, caller: Caller, policyId: string): Promise<string> {
  const { accountId } = caller;
  const work = await untilAccepted(service, async () => {
    const policy = await findPolicy(service.catalogue, caller, policyId);
    const row: CancellationRow = { shard: cancellationShard(policyId), policyId, accountId };
    const result = await service.catalogue.transact([
      remove(policyEntity, { accountId, id: policyId }, [equal('revision', policy.revision)]),
      ...(await unregisterPolicy(service.catalogue, policy)),
      put(cancellationEntity, row),
      service.tree.noted(accountSubject(service.regions, accountId)),
    ]);
    return result.ok ? { ok: true, value: row } : { ok: false, refused: result.failed };
  });
  await cancelEverywhere(service, work, service.clock.now() + INLINE_MS);
  return policyId;
}

/** The janitor's round. */
export async function sweepCancellations(service: Service, until: number): Promise<{ readonly cancelled: number }> {
  let cancelled = 0;
  const troubles = collectTroubles();
  for (let shard = 0; shard < CANCELLATION_SHARDS; shard++) {
    const { rows } = await service.catalogue.list(cancellationEntity, { partition: { shard }, limit: PAGE });
    for (const work of rows) cancelled += (await troubles.with(() => cancelEverywhere(service, work, until))) ?? 0;
  }
  troubles.tell();
  return { cancelled };
}

async function cancelEverywhere(service: Service, work: CancellationRow, until: number): Promise<number> {
  const { accountId, policyId, shard } = work;
  for (let cancelled = 0; ; ) {
    if (service.clock.now() >= until) return cancelled;
    const { rows } = await service.catalogue.list(coverEntity, { partition: { accountId, policyId }, limit: PAGE });
    if (rows.length === 0) {
      await service.catalogue.transact([...removeCounters(work), remove(cancellationEntity, { shard, policyId })]);
      return cancelled;
    }
    await mapBounded(rows, IN_FLIGHT, (row) => cancelOne(service, row));
    cancelled += rows.length;
  }
}

/** Each leaves the list as it is cancelled, so that a later round begins with those that are left. */
async function cancelOne(service: Service, { accountId, policyId, diskId }: CoverRow): Promise<void> {
  const key = { accountId, id: diskId };
  await untilAccepted(service, async () => {
    const disk = await service.catalogue.get(diskEntity, key);
    if (disk?.policyId !== policyId) {
      await service.catalogue.transact([remove(coverEntity, { accountId, policyId, diskId })]); // cancelled meanwhile
      return { ok: true, value: undefined };
    }
    const result = await service.catalogue.transact([
      patch(diskEntity, key, { remove: ['policyId'], when: seenDisk(disk) }),
      ...uncoverWrites(disk),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
}
