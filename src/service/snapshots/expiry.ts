import { mapBounded } from '../../platform/bounded.ts';
import { put, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { collectTroubles, type Troubles } from '../calls/troubles.ts';
import { DELETED_AFTER_MS, isInArrears } from '../model/accounts/arrears.ts';
import { EXPIRY_SHARDS, type ExpiryRow, expiryEntity } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from './delete.ts';

const PAGE = 100;
const DAY_MS = 24 * 3600_000;
const SHARDS_AT_ONCE = 8;
/** Deletions at the same time, of each shard. */
const IN_FLIGHT = 4;
/** How soon a snapshot that is kept is looked at again, if nobody says before that it is less used. */
const IN_USE_AGAIN_AFTER_MS = 3600_000;
/** The same in arrears: rounds come each minute, so that what is paid for ends within 5 minutes (5.5). */
const IN_ARREARS_AGAIN_AFTER_MS = 3 * 60_000;

type Ended = 'deleted' | 'kept' | 'gone' | 'later' | 'failed';

/**
 * The janitor's round, rule 5.5: deletes snapshots whose retention has ended. Those that a disk or an image was made from stay until there is none.
 * Can be killed anywhere: what is not deleted is found again. Trouble with one
 * snapshot keeps no other, and is told at the end.
 */
export async function sweepExpired(
  service: Service,
  until: number,
): Promise<{ readonly expired: number; readonly keptInUse: number }> {
  const shards = Array.from({ length: EXPIRY_SHARDS }, (_, shard) => shard);
  const troubles = collectTroubles();
  const ended = await mapBounded(shards, SHARDS_AT_ONCE, (shard) => sweepShard({ service, troubles }, shard, until));
  troubles.tell();
  const count = (what: Ended) => ended.flat().filter((one) => one === what).length;
  return { expired: count('deleted'), keptInUse: count('kept') };
}

interface Round {
  readonly service: Service;
  readonly troubles: Troubles;
}

async function sweepShard({ service, troubles }: Round, shard: number, until: number): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (let after: Pick<ExpiryRow, 'checkAt' | 'snapshotId'> | undefined; ; ) {
    const query = { partition: { shard }, limit: PAGE, ...(after && { after }) };
    const { rows } = await service.catalogue.list(expiryEntity, query);
    const now = isoTime(service.clock.now());
    const due = rows.filter(({ checkAt }) => checkAt <= now);
    const page = await mapBounded(due, IN_FLIGHT, async (row): Promise<Ended> => {
      if (service.clock.now() >= until) return 'later';
      return (await troubles.with(() => end(service, row))) ?? 'failed';
    });
    ended.push(...page);
    const last = due.at(-1);
    if (last === undefined || due.length < PAGE || service.clock.now() >= until) return ended;
    after = { checkAt: last.checkAt, snapshotId: last.snapshotId };
  }
}

async function end(service: Service, row: ExpiryRow): Promise<Ended> {
  const { accountId, snapshotId } = row;
  const snapshot = await service.catalogue.get(snapshotEntity, { accountId, id: snapshotId });
  if (snapshot === undefined) return forget(service, row, 'gone');
  if (isKeptInArrears(snapshot) && (await isInArrears(service.catalogue, accountId)))
    return postpone(service, row, IN_ARREARS_AGAIN_AFTER_MS);
  const refusal = await refusalOf(() =>
    deleteSnapshot(service, serviceCaller(accountId), snapshotId, { force: false }),
  );
  if (refusal === undefined) return forget(service, row, 'deleted');
  if (refusal.code === 'NotFound') return forget(service, row, 'gone');
  if (refusal.code.startsWith('SnapshotUsedBy')) return postpone(service, row, IN_USE_AGAIN_AFTER_MS);
  if (refusal.code === 'Throttled') return 'later';
  throw refusal;
}

/** Rule 1.3: of an account in arrears only automatic ones with a short retention of their own end as usual. */
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
