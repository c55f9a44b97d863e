import { absent, equal, patch, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { relistSnapshot } from '../model/listed/snapshot-lists.ts';
import { expiryWrites, noExpiryWrites } from '../model/snapshots/expiry-rows.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { requireUnpinned } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

/**
 * Ends a snapshot's retention now, whatever it was: the clean-up takes it as soon as nothing is
 * made from it any more (5.5). Not of one that is pinned. `also` decides at each attempt what else
 * must hold; may throw instead.
 */
export async function endRetention(
  service: Service,
  caller: Caller,
  snapshotId: string,
  also: () => Promise<Write[]>,
): Promise<void> {
  await untilAccepted(service, async () => {
    const row = await findSnapshot(service.catalogue, caller, snapshotId);
    requireUnpinned(row);
    const now = isoTime(service.clock.now());
    if (row.expiresAt !== undefined && row.expiresAt <= now) return { ok: true, value: undefined };
    const ended = { ...row, expiresAt: now };
    const asSeen = row.expiresAt === undefined ? absent('expiresAt') : equal('expiresAt', row.expiresAt);
    const result = await service.catalogue.transact([
      patch(
        snapshotEntity,
        { accountId: row.accountId, id: row.id },
        { set: { expiresAt: now }, when: [asSeen, equal('status', row.status), absent('pinnedAt')] },
      ),
      ...relistSnapshot(row, ended),
      ...noExpiryWrites(row),
      ...expiryWrites(ended),
      service.tree.noted({ ...row, regionId: row.region }),
      ...(await also()),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
}
