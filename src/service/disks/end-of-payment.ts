import { remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { collectTroubles } from '../calls/troubles.ts';
import { PAID_SHARDS, type PaidUntilRow, paidUntilEntity } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo } from '../model/disks/rules.ts';
import type { Service } from '../service.ts';
import { detachDisk } from './attach.ts';
import { cancelSnapshot, releaseDisk } from './release.ts';

const PAGE = 100;

/**
 * The janitor's round, rule 3.6: detaches and releases prepaid disks that have been EXPIRED for the grace time. What is refused, as while a
 * snapshot is in progress, is tried again in the next round.
 */
export async function sweepUnpaid(
  service: Service,
  { graceMs }: { readonly graceMs: number },
  until: number,
): Promise<{ readonly released: number }> {
  const before = isoTime(service.clock.now() - graceMs);
  let released = 0;
  const troubles = collectTroubles();
  for (let shard = 0; shard < PAID_SHARDS; shard++) {
    for (let after: PaidUntilRow | undefined; ; ) {
      const query = { partition: { shard }, limit: PAGE, ...(after && { after }) };
      const { rows, more } = await service.catalogue.list(paidUntilEntity, query);
      for (const row of rows.filter(({ expiresAt }) => expiresAt <= before)) {
        if (service.clock.now() >= until) return { released };
        if (await troubles.with(() => endOf(service, row))) released++;
      }
      after = rows.at(-1);
      if (!more || after === undefined || after.expiresAt > before) break;
    }
  }
  troubles.tell();
  return { released };
}

async function endOf(service: Service, row: PaidUntilRow): Promise<boolean> {
  const { accountId, diskId, expiresAt } = row;
  const disk = await service.catalogue.get(diskEntity, { accountId, id: diskId });
  if (disk?.expiresAt !== expiresAt) {
    await service.catalogue.transact([remove(paidUntilEntity, row)]); // gone, or paid for longer
    return false;
  }
  return (await refusalOf(() => release(service, disk))) === undefined;
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
