import { put, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { CHECK_SHARDS, checkRow, type LeaseCheckRow, leaseCheckEntity } from '../model/leases/rows.ts';
import { findLease, VANISHED_AFTER_MS } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { endLease } from './end.ts';

const PAGE = 100;

/**
 * The janitor's round: ends the leases of holders that have vanished, and so detaches what their hosts had. Trouble with one keeps no other,
 * and is told at the end.
 */
export async function sweepLeases(service: Service, until: number): Promise<{ readonly ended: number }> {
  let ended = 0;
  const troubles: unknown[] = [];
  for (let shard = 0; shard < CHECK_SHARDS; shard++) {
    for (let after: LeaseCheckRow | undefined; ; ) {
      const query = { partition: { shard }, limit: PAGE, ...(after && { after }) };
      const { rows } = await service.catalogue.list(leaseCheckEntity, query);
      const now = isoTime(service.clock.now());
      const due = rows.filter(({ checkAt }) => checkAt <= now);
      for (const row of due) {
        if (service.clock.now() >= until) return { ended };
        const isEnded = await look(service, row).catch((error: unknown) => void troubles.push(error));
        if (isEnded === true) ended++;
      }
      after = due.at(-1);
      if (after === undefined || due.length < PAGE) break;
    }
  }
  if (troubles.length > 0) throw troubles[0];
  return { ended };
}

/** Whether it ended one. One that was renewed in the very moment is looked at again later. */
async function look(service: Service, row: LeaseCheckRow): Promise<boolean> {
  const { accountId, diskId: id } = row;
  const disk = await service.catalogue.get(diskEntity, { accountId, id });
  const lease = disk && (await findLease(service.catalogue, disk));
  const nowMs = service.clock.now();
  const isOver = lease !== undefined && Date.parse(lease.expiresAt) + VANISHED_AFTER_MS <= nowMs;
  const isEnded = isOver && disk !== undefined && (await endLease(service, disk, lease)).ok;
  const goesOn = lease !== undefined && !isEnded;
  const next = isoTime(Math.max(nowMs, Date.parse(lease?.expiresAt ?? row.checkAt)) + VANISHED_AFTER_MS);
  await service.catalogue.transact([
    remove(leaseCheckEntity, row),
    ...(goesOn ? [put(leaseCheckEntity, checkRow(lease, next), 'any')] : []),
  ]);
  return isEnded;
}
