import type { RenewLeaseInput } from '../../generated/schema.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseVersion } from '../calls/numbers.ts';
import { requireId, requireOwned } from '../calls/owned.ts';
import { findDisk } from '../model/disks/find.ts';
import { type LeaseRow, leaseEntity } from '../model/leases/rows.ts';
import { LEASE_TTL_MS, leaseLost } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { finishSnapshot, waitingFor } from '../snapshots/finish.ts';

/** Rule 9.3. Asks nothing of the clock: an expired lease whose place nobody took lives again. */
export function renewLease(service: Service, caller: Caller, input: RenewLeaseInput): Promise<LeaseRow> {
  const { diskId } = input;
  const fence = parseVersion('fence', input.fence);
  if (input.flushed != null) parseVersion('flushed', input.flushed);
  return untilAccepted(service, async () => {
    const lease = await findOwn(service, caller, diskId, fence);
    if (input.flushed != null && input.flushed > lease.flushRequest) {
      throw invalid('flushed', `must not be above flushRequest, ${lease.flushRequest}`);
    }
    const nowMs = service.clock.now();
    const set = { renewedAt: isoTime(nowMs), expiresAt: isoTime(nowMs + LEASE_TTL_MS) };
    const key = { accountId: lease.accountId, diskId };
    const result = await service.catalogue.transact([patch(leaseEntity, key, { set, when: [equal('fence', fence)] })]);
    if (!result.ok) return { ok: false, refused: result.failed };
    if (input.flushed != null) await answerFlush(service, lease, input.flushed);
    return { ok: true, value: { ...lease, ...set } };
  });
}

/** The snapshot that waited for this gets what is committed now. */
async function answerFlush(service: Service, lease: LeaseRow, flushed: number): Promise<void> {
  const snapshot = await waitingFor(service, lease);
  if (snapshot?.flushRequest === undefined || snapshot.flushRequest > flushed) return;
  await finishSnapshot(service, snapshot, 'FLUSHED');
}

async function findOwn(service: Service, caller: Caller, diskId: string, fence: number): Promise<LeaseRow> {
  requireId('d', 'Disk', diskId);
  const lease = await service.catalogue.get(leaseEntity, { accountId: caller.accountId, diskId });
  if (lease === undefined) await findDisk(service.catalogue, caller, diskId);
  else requireOwned(caller, 'Disk', diskId, lease);
  if (lease?.fence !== fence) throw leaseLost(diskId, fence, lease);
  return lease;
}
