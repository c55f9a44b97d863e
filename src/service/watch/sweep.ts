import { equal, put, remove } from '../../platform/catalogue/port.ts';
import { pagesOfRows, rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { listedEntity } from '../model/listed/rows.ts';
import { areListsWhole } from '../model/listed/whole.ts';
import { coverEntity } from '../model/policies/rows.ts';
import {
  WATCH_AGAIN_SHARDS,
  WATCH_SHARDS,
  type WatchAgainRow,
  type WatchRow,
  watchAgainEntity,
  watchEntity,
} from '../model/watch/rows.ts';
import { watchSoon } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import { backfillWatch } from './backfill.ts';
import { LONGEST_WAIT_MS, lookAtDisk, type WatchService } from './look.ts';

const PAGE = 100;
const SHARDS_AT_ONCE = 4;
/** Looks at the same time, of each shard. */
const IN_FLIGHT = 4;

type Count = 'looked' | 'began' | 'ended' | 'sentFor' | 'backfilled';
export type WatchRound = Round<Count>;

/**
 * The janitor's round, rule 8.4: looks at the disks whose time has come. Those of a policy or a tag
 * that has changed are sent for first, and once in the life of an installation those of earlier
 * versions. Can be killed anywhere, and done by several at once: what is not done is found again.
 */
export function sweepWatch(service: Service, until: number): Promise<Counts<Count>> {
  const counts = ['looked', 'began', 'ended', 'sentFor', 'backfilled'] as const;
  return sweep(service.clock, { until, counts }, async (round) => {
    await round.attempt(() => backfillWatch(service, round));
    await round.each(shards(WATCH_AGAIN_SHARDS), (shard) => sendForAll(service, round, shard));
    await round.each(shards(WATCH_SHARDS), (shard) => lookAtShard(service, round, shard), { atOnce: SHARDS_AT_ONCE });
  });
}

async function lookAtShard(service: WatchService, round: WatchRound, shard: number): Promise<void> {
  const look = async (row: WatchRow) => {
    const looked = await lookAtDisk(service, row);
    if (looked === 'later') return;
    round.count('looked');
    if (looked === 'began' || looked === 'ended') round.count(looked);
  };
  await round.each(dueRows(service, shard), look, { atOnce: IN_FLIGHT });
  await round.each(rowsFromFuture(service, shard), look);
}

/** None while the clock is ahead of what explains it: no snapshot would be new enough (10.4). */
function dueRows({ catalogue, clock, trust }: WatchService, shard: number): AsyncGenerator<WatchRow> {
  const now = clock.now();
  const isDue = ({ dueAt }: WatchRow) => dueAt <= isoTime(now) && trust.mayDeleteByTime(now);
  return rowsOf(catalogue, watchEntity, { index: 'byDue', partition: { shard }, pageSize: PAGE, while: isDue });
}

/** Put off by a clock that was ahead. */
function rowsFromFuture(service: WatchService, shard: number): AsyncGenerator<WatchRow> {
  const isAhead = ({ dueAt }: WatchRow) => wasStoredAhead(service, dueAt, LONGEST_WAIT_MS);
  const query = { partition: { shard }, pageSize: PAGE, descending: true, while: isAhead };
  return rowsOf(service.catalogue, watchEntity, { index: 'byDue', ...query });
}

async function sendForAll(service: Service, round: WatchRound, shard: number): Promise<void> {
  const works = rowsOf(service.catalogue, watchAgainEntity, { partition: { shard }, pageSize: PAGE });
  await round.each(works, (work) => sendFor(service, round, work));
}

/** Each page of disks is remembered, so that the next round goes on behind it. */
async function sendFor(service: Service, round: WatchRound, work: WatchAgainRow): Promise<void> {
  const { catalogue } = service;
  if (work.tagList !== undefined && !(await areListsWhole(catalogue))) return;
  const seen = [equal('mark', work.mark)];
  for await (const ids of pagesOfDisks(service, work)) {
    const send = async (id: string) => {
      await catalogue.tryWrite(watchSoon(service, { accountId: work.accountId, id }));
      round.count('sentFor');
    };
    if (!(await round.each(ids, send, { atOnce: IN_FLIGHT }))) return;
    const after = ids.at(-1);
    if (after !== undefined && !(await catalogue.tryWrite(put(watchAgainEntity, { ...work, after }, seen)))) return;
  }
  await catalogue.tryWrite(remove(watchAgainEntity, work, seen));
}

async function* pagesOfDisks({ catalogue }: Service, work: WatchAgainRow): AsyncGenerator<readonly string[]> {
  const { accountId, region, policyId, tagList: list, after } = work;
  if (policyId !== undefined) {
    const from = after === undefined ? {} : { after: { diskId: after } };
    const query = { partition: { accountId, policyId }, pageSize: PAGE, ...from };
    for await (const { rows } of pagesOfRows(catalogue, coverEntity, query)) yield rows.map(({ diskId }) => diskId);
  }
  if (list === undefined) return;
  const from = after === undefined ? {} : { after: { id: after } };
  const query = { partition: { accountId, region, list }, pageSize: PAGE, ...from };
  for await (const { rows } of pagesOfRows(catalogue, listedEntity, query)) yield rows.map(({ id }) => id);
}
