import type { SetSnapshotRetentionInput } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { type Caller, isAllowed } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import { expiryOf, RETENTION_DAYS, requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { changeEnd } from './pin.ts';

const SHORTER_NEEDS = 'ADMIN';

/**
 * Rule 10.2: a retention counts from when the snapshot was made, as always. Whoever may delete
 * makes it longer; a shorter one is a deletion that nobody can take back, so it needs ADMIN.
 */
export async function setSnapshotRetention(
  service: Service,
  caller: Caller,
  { snapshotId, retentionDays }: SetSnapshotRetentionInput,
): Promise<SnapshotRow> {
  const days = retentionDays == null ? undefined : parseWhole('retentionDays', retentionDays, RETENTION_DAYS);
  return changeEnd(service, caller, snapshotId, (row) => {
    requireReady(row);
    const before = row.pinnedAt === undefined ? row.expiresAt : row.endsUnpinned;
    const after = days === undefined ? undefined : isoTime(expiryOf(Date.parse(row.createdAt), days));
    if (before === after && row.retentionDays === days) return undefined;
    if (isShorter(before, after)) requireMayShorten(caller);
    if (after !== undefined && after <= isoTime(service.clock.now()))
      throw invalid('retentionDays', 'would have ended already: delete the snapshot instead');
    const { retentionDays: _, expiresAt: _ends, endsUnpinned: _kept, ...rest } = row;
    if (days === undefined || after === undefined) return rest;
    const end = row.pinnedAt === undefined ? { expiresAt: after } : { endsUnpinned: after };
    return { ...rest, retentionDays: days, ...end };
  });
}

/** Without an end is the longest. */
function isShorter(before: string | undefined, after: string | undefined): boolean {
  return after !== undefined && (before === undefined || after < before);
}

function requireMayShorten({ role }: Caller): void {
  if (isAllowed(role, SHORTER_NEEDS)) return;
  const message = `A shorter retention needs the role ${SHORTER_NEEDS}; this credential has ${role}.`;
  throw new VarveError('Forbidden', message, { needed: SHORTER_NEEDS, role });
}
