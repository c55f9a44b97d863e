import { patch, put, remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { diskEntity } from '../model/disks/rows.ts';
import {
  CHECK_SHARDS,
  checkRow,
  type LeaseCheckRow,
  type LeaseRow,
  leaseCheckEntity,
  leaseEntity,
} from '../model/leases/rows.ts';
import { findLease, LEASE_TTL_MS, seenLease, VANISHED_AFTER_MS } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { endLease } from './end.ts';

const PAGE = 100;

/**
 * The janitor's round: ends the leases of holders that have vanished, and so detaches what their
 * hosts had.
 */
export function sweepLeases(service: Service, until: number): Promise<Counts<'ended'>> {
  return sweep(service.clock, { until, counts: ['ended'] }, (round) =>
    round.each(shards(CHECK_SHARDS), async (shard) => {
      await round.each(checksFromFuture(service, shard), (row) => checkLease(service, row));
      await round.each(dueChecks(service, shard), async (row) => {
        if (await checkLease(service, row)) round.count('ended');
      });
    }),
  );
}

function dueChecks({ catalogue, clock }: Service, shard: number): AsyncGenerator<LeaseCheckRow> {
  const now = isoTime(clock.now());
  const isDue = ({ checkAt }: LeaseCheckRow) => checkAt <= now;
  return rowsOf(catalogue, leaseCheckEntity, { partition: { shard }, pageSize: PAGE, while: isDue });
}

/** Checks that a clock put off while it was ahead (10.4): they are the latest. */
function checksFromFuture(service: Service, shard: number): AsyncGenerator<LeaseCheckRow> {
  const isAhead = ({ checkAt }: LeaseCheckRow) => wasStoredAhead(service, checkAt, LEASE_TTL_MS + VANISHED_AFTER_MS);
  const query = { partition: { shard }, pageSize: PAGE, descending: true, while: isAhead };
  return rowsOf(service.catalogue, leaseCheckEntity, query);
}

/** Whether it ended one. One that was renewed in the very moment is looked at again later. */
async function checkLease(service: Service, row: LeaseCheckRow): Promise<boolean> {
  const { accountId, diskId: id } = row;
  const disk = await service.catalogue.get(diskEntity, { accountId, id });
  const found = disk && (await findLease(service.catalogue, disk));
  const nowMs = service.clock.now();
  const lease = found && (await withinItsTime(service, found));
  const isOver = lease !== undefined && Date.parse(lease.expiresAt) + VANISHED_AFTER_MS <= nowMs;
  const isEnded = isOver && disk !== undefined && (await endLease(service, disk, lease)).ok;
  const isLeft = lease !== undefined && !isEnded;
  const next = isoTime(Math.max(nowMs, Date.parse(lease?.expiresAt ?? row.checkAt)) + VANISHED_AFTER_MS);
  await service.catalogue.transact([
    remove(leaseCheckEntity, row),
    ...(isLeft ? [put(leaseCheckEntity, checkRow(lease, next), 'any')] : []),
  ]);
  return isEnded;
}

/**
 * A lease that a clock renewed while it was ahead ends as if it were renewed now. Its holder, if it
 * lives, renews it before that.
 */
async function withinItsTime(service: Service, lease: LeaseRow): Promise<LeaseRow> {
  const { accountId, diskId } = lease;
  if (!wasStoredAhead(service, lease.expiresAt, LEASE_TTL_MS)) return lease;
  const set = { expiresAt: isoTime(service.clock.now() + LEASE_TTL_MS) };
  await service.catalogue.transact([patch(leaseEntity, { accountId, diskId }, { set, when: seenLease(lease) })]);
  return { ...lease, ...set };
}
