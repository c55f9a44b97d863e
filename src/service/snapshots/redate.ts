import { absent, equal, patch } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { expiryWrites, noExpiryWrites } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity, snapshotPlaces } from '../model/snapshots/rows.ts';
import { expiryOf } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

const PAGE = 100;

type RedateService = Pick<Service, 'catalogue' | 'clock' | 'trust' | 'tree'>;

/**
 * Rule 10.4: snapshots made while the clock was ahead are dated back to now, so that they end
 * when their retention says. They are the newest of their account and region. Answers how many.
 */
export async function redateFromFuture(
  service: RedateService,
  place: { readonly accountId: string; readonly region: string },
): Promise<number> {
  const { catalogue, clock } = service;
  const isAhead = ({ createdAt }: SnapshotRow) => wasStoredAhead(service, createdAt);
  const newest = { index: 'byCreation' as const, partition: place, pageSize: PAGE, descending: true, while: isAhead };
  let count = 0;
  for await (const snapshot of rowsOf(catalogue, snapshotEntity, newest)) {
    if (snapshot.status === 'PROGRESSING') continue; // dated when it is finished
    if (await redate(service, snapshot, clock.now())) count++;
  }
  return count;
}

/** Gives a snapshot another instant, and its retention the end that follows from it. */
export async function redate(
  { catalogue, tree }: Pick<Service, 'catalogue' | 'tree'>,
  snapshot: SnapshotRow,
  createdAtMs: number,
): Promise<boolean> {
  const { accountId, id, createdAt } = snapshot;
  const ends = endsOf(snapshot, createdAtMs);
  const redated = { ...snapshot, createdAt: isoTime(createdAtMs), ...ends };
  const set = { ...snapshotPlaces(redated), ...ends };
  const { expiresAt, pinnedAt } = snapshot;
  const when = [
    equal('createdAt', createdAt),
    equal('name', snapshot.name),
    expiresAt === undefined ? absent('expiresAt') : equal('expiresAt', expiresAt),
    pinnedAt === undefined ? absent('pinnedAt') : equal('pinnedAt', pinnedAt),
  ];
  const moved = 'expiresAt' in ends ? [...noExpiryWrites(snapshot), ...expiryWrites(redated)] : [];
  const result = await catalogue.transact([
    patch(snapshotEntity, { accountId, id }, { set, when }),
    ...moved,
    tree.noted({ ...snapshot, regionId: snapshot.region }),
  ]);
  return result.ok;
}

/** The end that follows from another instant; of one that is pinned, the one that it is to have. */
function endsOf(snapshot: SnapshotRow, createdAtMs: number): Pick<SnapshotRow, 'expiresAt' | 'endsUnpinned'> {
  const { retentionDays, createdAt, endsUnpinned } = snapshot;
  if (retentionDays === undefined) return {};
  const end = isoTime(expiryOf(createdAtMs, retentionDays));
  if (isKeptToItsEnd(snapshot)) return { expiresAt: end };
  return endsUnpinned === isoTime(expiryOf(Date.parse(createdAt), retentionDays)) ? { endsUnpinned: end } : {};
}

/** Whether its end is that of its retention; the release of its disk may have set another (3.8). */
export function isKeptToItsEnd({ createdAt, retentionDays, expiresAt }: SnapshotRow): boolean {
  return retentionDays !== undefined && expiresAt === isoTime(expiryOf(Date.parse(createdAt), retentionDays));
}
