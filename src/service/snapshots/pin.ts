import { absent, equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { relistSnapshot } from '../model/listed/snapshot-lists.ts';
import { expiryWrites, noExpiryWrites } from '../model/snapshots/expiry-rows.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { endAfterHold, requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

/**
 * Rule 10.2. A pinned snapshot has no end, so nothing that goes by ends finds it; the end that it
 * had is kept beside.
 */
export async function pinSnapshot(service: Service, caller: Caller, snapshotId: string): Promise<SnapshotRow> {
  return changeEnd(service, caller, snapshotId, (row) => {
    requireReady(row);
    if (row.pinnedAt !== undefined) return undefined;
    const { expiresAt, ...rest } = row;
    const kept = expiresAt === undefined ? {} : { endsUnpinned: expiresAt };
    return { ...rest, pinnedAt: isoTime(service.clock.now()), ...kept };
  });
}

/** It has its end again, and one that has passed or is near comes 24 hours from now. */
export async function unpinSnapshot(service: Service, caller: Caller, snapshotId: string): Promise<SnapshotRow> {
  return changeEnd(service, caller, snapshotId, (row) => {
    if (row.pinnedAt === undefined) return undefined;
    const { pinnedAt: _, endsUnpinned, ...rest } = row;
    const end = endAfterHold(endsUnpinned, service.clock.now());
    return end === undefined ? rest : { ...rest, expiresAt: end };
  });
}

const OF_END = ['retentionDays', 'expiresAt', 'pinnedAt', 'endsUnpinned'] as const;

/**
 * The snapshot with another end, another pin, or both. `decide` answers undefined where nothing is
 * to be changed. Refused where somebody else changed any of it in between: the clean-up, a release
 * of the disk, another caller.
 */
export async function changeEnd(
  { catalogue, tree, ...deps }: Service,
  caller: Caller,
  snapshotId: string,
  decide: (row: SnapshotRow) => SnapshotRow | undefined,
): Promise<SnapshotRow> {
  return untilAccepted<SnapshotRow>(deps, async () => {
    const row = await findSnapshot(catalogue, caller, snapshotId);
    const changed = decide(row);
    if (changed === undefined) return { ok: true, value: row };
    const { retentionDays, expiresAt, pinnedAt, endsUnpinned } = changed;
    const set = {
      ...(retentionDays !== undefined && { retentionDays }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(pinnedAt !== undefined && { pinnedAt }),
      ...(endsUnpinned !== undefined && { endsUnpinned }),
    };
    const gone = OF_END.filter((name) => changed[name] === undefined);
    const result = await catalogue.transact([
      patch(snapshotEntity, { accountId: row.accountId, id: row.id }, { set, remove: gone, when: endAsSeen(row) }),
      ...relistSnapshot(row, changed),
      ...noExpiryWrites(row),
      ...expiryWrites(changed),
      tree.noted({ ...row, regionId: row.region }),
    ]);
    return result.ok ? { ok: true, value: changed } : { ok: false, refused: result.failed };
  });
}

function endAsSeen(row: SnapshotRow) {
  const asSeen = <Name extends (typeof OF_END)[number]>(name: Name) => {
    const value = row[name];
    return value === undefined ? absent(name) : equal(name, value);
  };
  return [
    asSeen('retentionDays'),
    asSeen('expiresAt'),
    asSeen('pinnedAt'),
    asSeen('endsUnpinned'),
    equal('createdAt', row.createdAt),
    equal<'status', SnapshotRow['status']>('status', row.status),
    equal('tags', row.tags),
  ];
}
