import { put, remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { ownDeletion } from '../audit/own-deletion.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { DELETED_AFTER_MS, isInArrears } from '../model/accounts/arrears.ts';
import { EXPIRY_SHARDS, type ExpiryRow, expiryEntity } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from './delete.ts';
import { isKeptToItsEnd, redate } from './redate.ts';

const PAGE = 100;
const DAY_MS = 24 * 3600_000;
const SHARDS_AT_ONCE = 8;
/** Deletions at the same time, of each shard. */
const IN_FLIGHT = 4;
/**
 * How soon a snapshot that is kept is looked at again, if nobody says before that it is less used.
 */
const IN_USE_AGAIN_AFTER_MS = 3600_000;
/**
 * The same in arrears: rounds come each minute, so that what is paid for ends within 5 minutes
 * (5.5).
 */
const IN_ARREARS_AGAIN_AFTER_MS = 3 * 60_000;

type Ended = 'deleted' | 'kept' | 'gone' | 'later';

/**
 * The janitor's round, rule 5.5: deletes snapshots whose retention has ended. Those that a disk or
 * an image was made from stay until there is none. A snapshot that was made while the clock was
 * behind is kept from when it was really made. Can be killed anywhere: what is not deleted is found
 * again.
 */
export function sweepExpired(service: Service, until: number): Promise<Counts<'expired' | 'keptInUse'>> {
  return sweep(service.clock, { until, counts: ['expired', 'keptInUse'] }, (round) => {
    const endDue = (shard: number) =>
      round.each(
        dueRows(service, shard),
        async (row) => {
          const ended = await end(service, row);
          if (ended === 'deleted') round.count('expired');
          if (ended === 'kept') round.count('keptInUse');
        },
        { atOnce: IN_FLIGHT },
      );
    return round.each(shards(EXPIRY_SHARDS), endDue, { atOnce: SHARDS_AT_ONCE });
  });
}

/** None while the clock is ahead of what explains it (10.4). */
function dueRows({ catalogue, clock, trust }: Service, shard: number): AsyncGenerator<ExpiryRow> {
  const now = clock.now();
  const isDue = ({ checkAt }: ExpiryRow) => checkAt <= isoTime(now) && trust.mayDeleteByTime(now);
  return rowsOf(catalogue, expiryEntity, { partition: { shard }, pageSize: PAGE, while: isDue });
}

async function end(service: Service, row: ExpiryRow): Promise<Ended> {
  const { accountId, snapshotId } = row;
  const snapshot = await service.catalogue.get(snapshotEntity, { accountId, id: snapshotId });
  const now = service.clock.now();
  if (!service.trust.mayDeleteByTime(now)) return 'later';
  if (snapshot === undefined || !isEnded(snapshot, isoTime(now))) return forget(service, row, 'gone');
  const createdAt = Date.parse(snapshot.createdAt);
  const really = service.trust.correct(createdAt);
  if (really !== createdAt && isKeptToItsEnd(snapshot)) {
    if (service.trust.isTrusted(now)) await redate(service, snapshot, really);
    return 'later';
  }
  if (isKeptInArrears(snapshot) && (await isInArrears(service.catalogue, accountId)))
    return postpone(service, row, IN_ARREARS_AGAIN_AFTER_MS);
  const stillEnded = async (row: SnapshotRow) => {
    const at = service.clock.now();
    if (isEnded(row, isoTime(at)) && service.trust.mayDeleteByTime(at)) return [];
    throw notFound('Ended retention', snapshotId);
  };
  const deletion = { force: false, by: 'SERVICE', also: stillEnded } as const;
  const act = ownDeletion({ accountId, action: 'deleteSnapshot', subject: snapshotId, reason: 'RETENTION' });
  const refusal = await refusalOf(() =>
    service.audit.run(act, () => deleteSnapshot(service, serviceCaller(accountId), snapshotId, deletion)),
  );
  if (refusal === undefined) return forget(service, row, 'deleted');
  // Deleted, pinned, or kept for longer since: then its row has gone as well.
  if (refusal.code === 'NotFound' || refusal.code === 'SnapshotPinned') return 'gone';
  if (refusal.code.startsWith('SnapshotUsedBy')) return postpone(service, row, IN_USE_AGAIN_AFTER_MS);
  if (refusal.code === 'Throttled') return 'later';
  throw refusal;
}

/** One that was given another date (10.4), another end or none (10.2) may have left a row. */
function isEnded({ expiresAt }: SnapshotRow, now: string): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/**
 * Rule 1.3: of an account in arrears only automatic ones with a short retention of their own end as
 * usual.
 */
function isKeptInArrears({ kind, retentionDays = Number.POSITIVE_INFINITY }: SnapshotRow): boolean {
  return kind === 'MANUAL' || retentionDays * DAY_MS >= DELETED_AFTER_MS;
}

async function forget({ catalogue }: Service, row: ExpiryRow, as: 'deleted' | 'gone'): Promise<Ended> {
  await catalogue.transact([remove(expiryEntity, row)]);
  return as;
}

async function postpone({ catalogue, clock }: Service, row: ExpiryRow, afterMs: number): Promise<Ended> {
  const checkAt = isoTime(clock.now() + afterMs);
  await catalogue.transact([remove(expiryEntity, row), put(expiryEntity, { ...row, checkAt }, 'any')]);
  return 'kept';
}
