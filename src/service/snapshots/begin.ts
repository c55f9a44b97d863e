import { check, equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { beginInChain } from '../chains/counts.ts';
import type { ChainRow } from '../model/chains/rows.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import type { EventDeps } from '../model/events/record.ts';
import { type LeaseRow, leaseEntity } from '../model/leases/rows.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import { progressWrite } from '../model/snapshots/progress-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';

interface Beginning {
  readonly row: SnapshotRow;
  readonly disk: DiskRow;
  readonly chain: ChainRow;
  readonly limit: number;
  readonly lease: LeaseRow;
}

/**
 * A snapshot of a disk that somebody holds open begins with the wish that its writer may flush, and
 * nobody waits for it:
 *
 *     createSnapshot: row (PROGRESSING), flushRequest 7          ┊ no answer:
 *     writer:         renewLease → 7 ─ commits ─ renewLease(flushed: 7) → finished, FLUSHED
 *     queue:          message, 15 s on its way ……………………………………… → finished, COMMITTED
 *
 * Its node in the version tree is made when it is finished.
 */
export function begin(
  deps: EventDeps,
  { row, disk, chain, limit, lease }: Beginning,
): { row: SnapshotRow; writes: readonly Write[] } {
  const flushRequest = lease.flushRequest + 1;
  const { expiresAt: _, consistency: _none, ...rest } = row;
  const begun: SnapshotRow = { ...rest, status: 'PROGRESSING', flushFence: lease.fence, flushRequest };
  const { accountId, diskId } = lease;
  const stands = [equal('fence', lease.fence), equal('flushRequest', lease.flushRequest)];
  const writes = [
    put(snapshotEntity, begun),
    ...listSnapshot(begun),
    progressWrite(begun),
    ...beginInChain(deps, chain, begun, limit),
    patch(leaseEntity, { accountId, diskId }, { add: { flushRequest: 1 }, when: stands }),
    check(diskEntity, { accountId, id: disk.id }, seenDisk(disk)),
  ];
  return { row: begun, writes };
}
