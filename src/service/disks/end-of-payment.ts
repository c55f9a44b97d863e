import { remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { ownDeletion } from '../audit/own-deletion.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { PAID_SHARDS, type PaidUntilRow, paidUntilEntity } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo } from '../model/disks/rules.ts';
import type { Service } from '../service.ts';
import { detachDisk } from './attach.ts';
import { cancelSnapshot, releaseDisk } from './release.ts';

const PAGE = 100;

/**
 * The janitor's round, rule 3.6: detaches and releases prepaid disks that have been EXPIRED for the
 * grace time. What is refused, as while a snapshot is in progress, is tried again in the next
 * round. None while the clock is ahead of what explains it (10.4).
 */
export function sweepUnpaid(
  service: Service,
  { graceMs }: { readonly graceMs: number },
  until: number,
): Promise<Counts<'released'>> {
  const { clock, trust } = service;
  const now = clock.now();
  const before = isoTime(now - graceMs);
  const isUnpaid = ({ expiresAt }: PaidUntilRow) => expiresAt <= before && trust.mayDeleteByTime(now);
  return sweep(clock, { until, counts: ['released'] }, (round) =>
    round.each(shards(PAID_SHARDS), (shard) => {
      const query = { partition: { shard }, pageSize: PAGE, while: isUnpaid };
      return round.each(rowsOf(service.catalogue, paidUntilEntity, query), async (row) => {
        if (await endOf(service, row)) round.count('released');
      });
    }),
  );
}

async function endOf(service: Service, row: PaidUntilRow): Promise<boolean> {
  if (!service.trust.mayDeleteByTime(service.clock.now())) return false;
  const { accountId, diskId, expiresAt } = row;
  const disk = await service.catalogue.get(diskEntity, { accountId, id: diskId });
  if (disk?.expiresAt !== expiresAt) {
    await service.catalogue.transact([remove(paidUntilEntity, row)]); // gone, or paid for longer
    return false;
  }
  const act = ownDeletion({ accountId, action: 'releaseDisk', subject: diskId, reason: 'PREPAID' });
  return (await refusalOf(() => service.audit.run(act, () => release(service, disk)))) === undefined;
}

async function release(service: Service, { accountId, id: diskId, expiresAt = '' }: DiskRow): Promise<void> {
  const caller = serviceCaller(accountId);
  for (;;) {
    const disk = await service.catalogue.get(diskEntity, { accountId, id: diskId });
    if (disk?.expiresAt !== expiresAt) throw new VarveError('IncorrectDiskStatus', `Disk ${diskId} was paid for.`, {});
    await cancelSnapshot(service, caller, disk);
    const [instanceId] = attachedTo(disk);
    if (instanceId === undefined) break;
    await detachDisk(service, caller, { diskId, instanceId, breakLease: true });
  }
  await releaseDisk(service, caller, { diskId, breakLease: true }, { asked: false });
}
