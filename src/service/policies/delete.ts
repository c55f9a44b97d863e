import { equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { beginRound, type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { relistDisk, underPolicy } from '../model/listed/disk-lists.ts';
import { removeCounters, UNCOVERED, uncoverWrites } from '../model/policies/cover.ts';
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
import { watchSoon } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import { unregisterPolicy } from './register.ts';

const PAGE = 100;
/** Each waits for one transaction; the table takes more, but a deletion is in no hurry. */
const IN_FLIGHT = 8;
/** As much as the call itself does; more goes on in the background. */
const INLINE_MS = 2000;

/**
 * Rule 5.2. The policy is gone in one transaction, from which on no disk can come under it and no
 * slot of it opens. Its disks are then taken from under it one by one, by this call and for many by
 * the janitor, from wherever it was left.
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
  const round = beginRound(service.clock, { until: service.clock.now() + INLINE_MS, counts: ['cancelled'] });
  await cancelEverywhere(service, round, work);
  if (round.failures.count > 0) throw round.failures.first;
  return policyId;
}

/** The janitor's round. */
export function sweepCancellations(service: Service, until: number): Promise<Counts<'cancelled'>> {
  return sweep(service.clock, { until, counts: ['cancelled'] }, (round) =>
    round.each(shards(CANCELLATION_SHARDS), (shard) => {
      const works = rowsOf(service.catalogue, cancellationEntity, { partition: { shard }, pageSize: PAGE });
      return round.each(works, (work) => cancelEverywhere(service, round, work));
    }),
  );
}

/** It is over when the list of the policy's disks was seen to be empty. */
async function cancelEverywhere(service: Service, round: Round<'cancelled'>, work: CancellationRow): Promise<void> {
  const { accountId, policyId, shard } = work;
  for (let found = -1; found !== 0; ) {
    found = 0;
    const covers = rowsOf(service.catalogue, coverEntity, { partition: { accountId, policyId }, pageSize: PAGE });
    const cancel = async (cover: CoverRow) => {
      found += 1;
      await cancelOne(service, cover);
      round.count('cancelled');
    };
    if (!(await round.each(covers, cancel, { atOnce: IN_FLIGHT }))) return;
  }
  await service.catalogue.transact([...removeCounters(work), remove(cancellationEntity, { shard, policyId })]);
}

/**
 * Each leaves the list as it is cancelled, so that a later round begins with those that are left.
 */
async function cancelOne(service: Service, { accountId, policyId, diskId }: CoverRow): Promise<void> {
  const key = { accountId, id: diskId };
  await untilAccepted(service, async () => {
    const disk = await service.catalogue.get(diskEntity, key);
    if (disk?.policyId !== policyId) {
      // cancelled meanwhile
      await service.catalogue.transact([remove(coverEntity, { accountId, policyId, diskId })]);
      return { ok: true, value: undefined };
    }
    const result = await service.catalogue.transact([
      patch(diskEntity, key, { remove: UNCOVERED, when: seenDisk(disk) }),
      ...relistDisk(disk, underPolicy(disk, undefined)),
      ...uncoverWrites(disk),
      watchSoon(service, key),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
}
