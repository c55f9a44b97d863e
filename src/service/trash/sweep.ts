import { patch } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { ownDeletion } from '../audit/own-deletion.ts';
import { serviceCaller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import {
  keptRow,
  seenInTrash,
  TRASH_KINDS,
  TRASH_SHARDS,
  type TrashRow,
  trashEntity,
  trashPlaces,
} from '../model/trash/rows.ts';
import type { Service } from '../service.ts';
import { purgeTrashed } from './purge.ts';

const PAGE = 100;
const SHARDS_AT_ONCE = 8;
/** Purges at the same time, of each shard. */
const IN_FLIGHT = 4;
/** Restored or purged a moment ago, or many are at it: the next round looks again. */
const LATER: ReadonlySet<string> = new Set(['NotFound', 'Throttled']);

/**
 * The janitor's round, rule 10.1: what has lain in the recycle bin for its time goes for good. What
 * was deleted while the clock was behind has its time from when it was really deleted (10.4). Can
 * be killed anywhere: what is not purged is found again.
 */
export function sweepTrash(service: Service, until: number): Promise<Counts<'purged'>> {
  return sweep(service.clock, { until, counts: ['purged'] }, (round) => {
    const purgeDue = (shard: number) =>
      round.each(
        dueRows(service, shard),
        async (row) => {
          if (await purgeOver(service, row)) round.count('purged');
        },
        { atOnce: IN_FLIGHT },
      );
    return round.each(shards(TRASH_SHARDS), purgeDue, { atOnce: SHARDS_AT_ONCE });
  });
}

/** None while the clock is ahead of what explains it (10.4). */
function dueRows({ catalogue, clock, trust }: Service, shard: number): AsyncGenerator<TrashRow> {
  const now = clock.now();
  const isDue = ({ restorableUntil }: TrashRow) => restorableUntil <= isoTime(now) && trust.mayDeleteByTime(now);
  return rowsOf(catalogue, trashEntity, { index: 'byEnd', partition: { shard }, pageSize: PAGE, while: isDue });
}

/** The index may lag behind, so everything is decided by the row as it is read for the purge. */
async function purgeOver(service: Service, { accountId, id }: TrashRow): Promise<boolean> {
  let wasBehind: TrashRow | undefined;
  const stillOver = async (row: TrashRow) => {
    const now = service.clock.now();
    const isOver = row.restorableUntil <= isoTime(now) && service.trust.mayDeleteByTime(now);
    if (!isOver) throw notFound('Need to purge', id);
    if (service.trust.correct(Date.parse(row.deletedAt)) === Date.parse(row.deletedAt)) return [];
    wasBehind = row;
    throw notFound('Need to purge', id);
  };
  const act = ownDeletion({ accountId, action: 'purgeTrash', subject: id, reason: 'TRASH' });
  const refusal = await refusalOf(() =>
    service.audit.run(act, () => purgeTrashed(service, serviceCaller(accountId), id, stillOver)),
  );
  if (refusal !== undefined && !LATER.has(refusal.code)) throw refusal;
  if (wasBehind !== undefined && service.trust.isTrusted(service.clock.now()))
    await redate(service, wasBehind, service.trust.correct(Date.parse(wasBehind.deletedAt)));
  return refusal === undefined;
}

type RedateService = Pick<Service, 'catalogue' | 'clock' | 'trust' | 'tree'>;

/**
 * Rule 10.4: what was deleted while the clock was ahead has its time from now on. It is the newest
 * of its account and region.
 */
export async function redateTrash(
  service: RedateService,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): Promise<void> {
  const isAhead = ({ deletedAt }: TrashRow) => wasStoredAhead(service, deletedAt);
  for (const kind of TRASH_KINDS) {
    const partition = { accountId, region, kind };
    const newest = { index: 'byDeletion' as const, partition, pageSize: PAGE, descending: true, while: isAhead };
    for await (const row of rowsOf(service.catalogue, trashEntity, newest)) {
      await redate(service, row, service.clock.now());
    }
  }
}

/** Refused where it was restored, purged or dated by another meanwhile. */
async function redate(
  { catalogue, tree }: Pick<Service, 'catalogue' | 'tree'>,
  row: TrashRow,
  deletedAtMs: number,
): Promise<void> {
  const { accountId, id, region: regionId, deletedAt, restorableUntil } = row;
  const keptMs = Date.parse(restorableUntil) - Date.parse(deletedAt);
  const redated = { ...row, deletedAt: isoTime(deletedAtMs), restorableUntil: isoTime(deletedAtMs + keptMs) };
  const change = { set: trashPlaces(redated), when: seenInTrash(row) };
  const noted = tree.noted({ accountId, id, regionId, domainId: keptRow(row).domainId });
  await catalogue.transact([patch(trashEntity, { accountId, id }, change), noted]);
}
