import { check, equal, patch } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { isFromTheFuture, wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { ownDeletion } from '../audit/own-deletion.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { ARREARS_SHARDS, DELETED_AFTER_MS, placeOf } from '../model/accounts/arrears.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { TRASH_KINDS, type TrashRow, trashEntity } from '../model/trash/rows.ts';
import type { Service } from '../service.ts';
import { purgeTrashed } from '../trash/purge.ts';
import { deleteSnapshot } from './delete.ts';

const PAGE = 100;
/** How soon snapshots that were kept, as a disk or image is made from them, are looked at again. */
const AGAIN_AFTER_MS = 3600_000;
/** Unpaid, nothing is kept for ever: a pin does not hold either. */
const DELETION = { force: false, by: 'SERVICE', evenPinned: true } as const;
/** A snapshot that is in use, or went a moment ago. */
const KEPT = new Set(['SnapshotUsedByDisk', 'SnapshotUsedByImage', 'NotFound']);

/**
 * The janitor's round, rule 1.3: empties the recycle bin of accounts that have been in arrears for
 * 15 days, and deletes their snapshots.
 */
export function sweepArrears(service: Service, until: number): Promise<Counts<'deleted'>> {
  return sweep(service.clock, { until, counts: ['deleted'] }, (round) =>
    round.each(shards(ARREARS_SHARDS), async (shard) => {
      await round.each(markedAhead(service, shard), (account) =>
        redateArrears(service, account, sinceNow(service, account)),
      );
      await round.each(dueAccounts(service, shard), (account) => deleteSnapshotsOf(service, round, account));
    }),
  );
}

/** Accounts that a clock marked or put off while it was ahead: they are the last of the index. */
function markedAhead(service: Service, arrearsShard: number): AsyncGenerator<AccountRow> {
  const isAhead = ({ arrearsCheckAt = '' }: AccountRow) => wasStoredAhead(service, arrearsCheckAt, DELETED_AFTER_MS);
  const query = { index: 'byArrears' as const, partition: { arrearsShard }, pageSize: PAGE, descending: true };
  return rowsOf(service.catalogue, accountEntity, { ...query, while: isAhead });
}

function sinceNow({ clock }: Service, { arrearsSince = '' }: AccountRow): number {
  return isFromTheFuture(arrearsSince, clock.now()) ? clock.now() : Date.parse(arrearsSince);
}

/** Rule 10.4: the course of what a wrong clock marked is counted from this instant. */
async function redateArrears({ catalogue }: Service, account: AccountRow, since: number): Promise<void> {
  const { id, arrearsSince = '' } = account;
  const set = { id, arrearsSince: isoTime(since), ...placeOf(id, isoTime(since + DELETED_AFTER_MS)) };
  await catalogue.transact([patch(accountEntity, { id }, { set, when: [equal('arrearsSince', arrearsSince)] })]);
}

/** None while the clock is ahead of what explains it (10.4). */
function dueAccounts({ catalogue, clock, trust }: Service, arrearsShard: number): AsyncGenerator<AccountRow> {
  const now = clock.now();
  return rowsOf(catalogue, accountEntity, {
    index: 'byArrears',
    partition: { arrearsShard },
    pageSize: PAGE,
    while: ({ arrearsCheckAt = '' }) => arrearsCheckAt <= isoTime(now) && trust.mayDeleteByTime(now),
  });
}

/**
 * An account that settles meanwhile keeps what is left. One that was marked while the clock was
 * behind has its time from when it was really marked.
 */
async function deleteSnapshotsOf(service: Service, round: Round<'deleted'>, account: AccountRow): Promise<void> {
  const since = Date.parse(account.arrearsSince ?? '');
  const really = service.trust.correct(since);
  if (really !== since) {
    if (service.trust.isTrusted(service.clock.now())) await redateArrears(service, account, really);
    return;
  }
  const caller = serviceCaller(account.id);
  let isStopped = false;
  const also = async () => {
    const mayDelete = service.trust.mayDeleteByTime(service.clock.now());
    const writes = mayDelete ? await stillInArrears(service, account) : undefined;
    if (writes !== undefined) return writes;
    isStopped = true;
    throw notFound('Arrears', account.id);
  };
  const isWhole = await round.each(
    doomedOf(service, account.id, () => !isStopped),
    async ({ id, isTrashed }) => {
      const action = isTrashed ? 'purgeTrash' : 'deleteSnapshot';
      const act = ownDeletion({ accountId: account.id, action, subject: id, reason: 'ARREARS' });
      const refusal = await refusalOf(() =>
        service.audit.run<unknown>(act, () =>
          isTrashed
            ? purgeTrashed(service, caller, id, also)
            : deleteSnapshot(service, caller, id, { ...DELETION, also }),
        ),
      );
      if (refusal === undefined && !isTrashed) round.count('deleted');
      if (refusal !== undefined && !KEPT.has(refusal.code)) throw refusal;
    },
  );
  if (isWhole && service.trust.mayDeleteByTime(service.clock.now())) await lookAgainLater(service, account);
}

interface Doomed {
  readonly id: string;
  readonly isTrashed: boolean;
}

/** What lies in the recycle bin, and then the snapshots. */
async function* doomedOf(service: Service, accountId: string, isWanted: () => boolean): AsyncGenerator<Doomed> {
  for (const region of service.regions) {
    for await (const { id } of trashOf(service, accountId, region)) {
      if (!isWanted()) return;
      yield { id, isTrashed: true };
    }
    const query = { index: 'byCreation' as const, partition: { accountId, region }, pageSize: PAGE };
    for await (const { id } of rowsOf(service.catalogue, snapshotEntity, query)) {
      if (!isWanted()) return;
      yield { id, isTrashed: false };
    }
  }
}

async function* trashOf({ catalogue }: Service, accountId: string, region: string): AsyncGenerator<TrashRow> {
  for (const kind of TRASH_KINDS) {
    const query = { index: 'byDeletion' as const, partition: { accountId, region, kind }, pageSize: PAGE };
    yield* rowsOf(catalogue, trashEntity, query);
  }
}

/**
 * Goes into the transaction of each deletion, so that no snapshot goes after the account was
 * settled; undefined if it is.
 */
async function stillInArrears({ catalogue }: Service, { id, arrearsSince = '' }: AccountRow) {
  const now = await catalogue.get(accountEntity, { id });
  if (now?.arrearsSince !== arrearsSince) return undefined;
  return [check(accountEntity, { id }, [equal('arrearsSince', arrearsSince)])];
}

async function lookAgainLater({ catalogue, clock }: Service, { id, arrearsSince = '' }: AccountRow): Promise<void> {
  const set = { id, ...placeOf(id, isoTime(clock.now() + AGAIN_AFTER_MS)) };
  await catalogue.transact([patch(accountEntity, { id }, { set, when: [equal('arrearsSince', arrearsSince)] })]);
}
