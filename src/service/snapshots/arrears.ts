import { check, equal, patch } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { ARREARS_SHARDS, placeOf } from '../model/accounts/arrears.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from './delete.ts';

const PAGE = 100;
/** How soon snapshots that were kept, as a disk or image is made from them, are looked at again. */
const AGAIN_AFTER_MS = 3600_000;
/** A snapshot that is in use, or went a moment ago. */
const KEPT = new Set(['SnapshotUsedByDisk', 'SnapshotUsedByImage', 'NotFound']);

/**
 * The janitor's round, rule 1.3: deletes the snapshots of accounts that have been in arrears for 15
 * days.
 */
export function sweepArrears(service: Service, until: number): Promise<Counts<'deleted'>> {
  return sweep(service.clock, { until, counts: ['deleted'] }, (round) =>
    round.each(shards(ARREARS_SHARDS), (shard) =>
      round.each(dueAccounts(service, shard), (account) => deleteSnapshotsOf(service, round, account)),
    ),
  );
}

function dueAccounts({ catalogue, clock }: Service, arrearsShard: number): AsyncGenerator<AccountRow> {
  const now = isoTime(clock.now());
  return rowsOf(catalogue, accountEntity, {
    index: 'byArrears',
    partition: { arrearsShard },
    pageSize: PAGE,
    while: ({ arrearsCheckAt = '' }) => arrearsCheckAt <= now,
  });
}

/** An account that settles meanwhile keeps what is left. */
async function deleteSnapshotsOf(service: Service, round: Round<'deleted'>, account: AccountRow): Promise<void> {
  const caller = serviceCaller(account.id);
  let isSettled = false;
  const also = async () => {
    const writes = await stillInArrears(service, account);
    if (writes !== undefined) return writes;
    isSettled = true;
    throw notFound('Arrears', account.id);
  };
  const snapshots = snapshotsOf(service, account.id, () => !isSettled);
  const isWhole = await round.each(snapshots, async ({ id }) => {
    const refusal = await refusalOf(() => deleteSnapshot(service, caller, id, { force: false, also }));
    if (refusal === undefined) round.count('deleted');
    else if (!KEPT.has(refusal.code)) throw refusal;
  });
  if (isWhole) await lookAgainLater(service, account);
}

async function* snapshotsOf(
  { catalogue, regions }: Service,
  accountId: string,
  isWanted: () => boolean,
): AsyncGenerator<SnapshotRow> {
  for (const region of regions) {
    const query = { index: 'byCreation' as const, partition: { accountId, region }, pageSize: PAGE };
    for await (const snapshot of rowsOf(catalogue, snapshotEntity, query)) {
      if (!isWanted()) return;
      yield snapshot;
    }
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
