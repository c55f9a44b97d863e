import { check, equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { collectTroubles } from '../calls/troubles.ts';
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

/** The janitor's round, rule 1.3: deletes the snapshots of accounts that have been in arrears for 15 days. */
export async function sweepArrears(service: Service, until: number): Promise<{ readonly deleted: number }> {
  let deleted = 0;
  const troubles = collectTroubles();
  for (let arrearsShard = 0; arrearsShard < ARREARS_SHARDS; arrearsShard++) {
    for (const account of await dueAccounts(service, arrearsShard)) {
      if (service.clock.now() >= until) return { deleted };
      await troubles.with(async () => {
        const done = await deleteSnapshotsOf(service, account, until);
        deleted += done.deleted;
        if (done.all) await lookAgainLater(service, account);
      });
    }
  }
  troubles.tell();
  return { deleted };
}

async function dueAccounts({ catalogue, clock }: Service, arrearsShard: number): Promise<AccountRow[]> {
  const query = { index: 'byArrears' as const, partition: { arrearsShard }, limit: PAGE };
  const { rows } = await catalogue.list(accountEntity, query);
  const now = isoTime(clock.now());
  return rows.filter(({ arrearsCheckAt = '' }) => arrearsCheckAt <= now);
}

/** False in `all` where the time was up. An account that settles meanwhile keeps what is left. */
async function deleteSnapshotsOf(service: Service, account: AccountRow, until: number) {
  const caller = serviceCaller(account.id);
  let deleted = 0;
  for (const region of service.regions) {
    for await (const { id } of snapshotsOf(service, account.id, region)) {
      if (service.clock.now() >= until) return { deleted, all: false };
      let settled = false;
      const also = async () => {
        const writes = await stillInArrears(service, account);
        settled = writes === undefined;
        if (writes === undefined) throw notFound('Arrears', account.id);
        return writes;
      };
      const refusal = await refusalOf(() => deleteSnapshot(service, caller, id, { force: false, also }));
      if (settled) return { deleted, all: true };
      if (refusal !== undefined && !KEPT.has(refusal.code)) throw refusal;
      if (refusal === undefined) deleted++;
    }
  }
  return { deleted, all: true };
}

async function* snapshotsOf(service: Service, accountId: string, region: string): AsyncGenerator<SnapshotRow> {
  let after: Pick<SnapshotRow, 'createdAt' | 'id'> | undefined;
  for (;;) {
    const page = { index: 'byCreation' as const, partition: { accountId, region }, limit: PAGE };
    const { rows, more } = await service.catalogue.list(
      snapshotEntity,
      after === undefined ? page : { ...page, after },
    );
    yield* rows;
    const last = rows.at(-1);
    if (!more || last === undefined) return;
    after = { createdAt: last.createdAt, id: last.id };
  }
}

/** Goes into the transaction of each deletion, so that no snapshot goes after the account was settled; undefined if it is. */
async function stillInArrears({ catalogue }: Service, { id, arrearsSince = '' }: AccountRow) {
  const now = await catalogue.get(accountEntity, { id });
  if (now?.arrearsSince !== arrearsSince) return undefined;
  return [check(accountEntity, { id }, [equal('arrearsSince', arrearsSince)])];
}

async function lookAgainLater({ catalogue, clock }: Service, { id, arrearsSince = '' }: AccountRow): Promise<void> {
  const set = { id, ...placeOf(id, isoTime(clock.now() + AGAIN_AFTER_MS)) };
  await catalogue.transact([patch(accountEntity, { id }, { set, when: [equal('arrearsSince', arrearsSince)] })]);
}
