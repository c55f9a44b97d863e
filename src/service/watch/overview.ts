import { damageEntity } from '../../engine/books/rows.ts';
import { reclaimOf } from '../../engine/reclaim/reclaim-state.ts';
import type { Overview } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { chooseRegion } from '../calls/regions.ts';
import { domainsOf } from '../model/disks/domains.ts';
import { listedEntity } from '../model/listed/rows.ts';
import { SNAPSHOT_LISTS } from '../model/listed/snapshot-lists.ts';
import { type Counted, type OverviewRow, type RecountRow, recountEntity } from '../model/overview/rows.ts';
import { countDisks } from '../model/quotas/counter.ts';
import type { Service } from '../service.ts';
import { type OverviewPlace, readShards, recount } from './recount.ts';
import { runsOfDay } from './runs-of-day.ts';

const IN_FLIGHT = 8;
const MOST_LISTED = 1000;
const DAMAGES = 500;
/** Where shards change all the time while they are counted for the first time. */
const COUNT_ATTEMPTS = 4;
/** Not worth trying with more: with their chains they cost more than a query may. */
const MOST_COUNTED_AT_ONCE = 200;
const MINUTE_MS = 60_000;

/** Rule 8.4: a region at a glance. */
export async function overviewOf(
  service: Service,
  caller: Caller,
  wanted: string | null | undefined,
): Promise<Overview> {
  const { catalogue, regions } = service;
  const region = chooseRegion(regions, caller, wanted);
  const place = { accountId: caller.accountId, region };
  const [shards, total, inProgress, failed, runs, waiting, damagedObjects] = await Promise.all([
    countedShards(service, place),
    countDisks(catalogue, place),
    lengthOf(catalogue, place, SNAPSHOT_LISTS.PROGRESSING),
    lengthOf(catalogue, place, SNAPSHOT_LISTS.FAILED),
    runsOfDay(service, place),
    waitingOf(catalogue, place),
    damagesOf(catalogue, place),
  ]);
  const sum = (name: Counted | 'drift') => shards.reduce((all, shard) => all + shard[name], 0);
  const disks = { protected: sum('protected'), inBreach: sum('inBreach'), exempt: sum('exempt'), local: sum('local') };
  const watched = disks.protected + disks.inBreach + disks.exempt + disks.local;
  return {
    region,
    // The two are read one after the other, and a disk may have come or gone between.
    disks: { total, ...disks, unprotected: Math.max(0, total - watched) },
    snapshots: { manual: sum('manual'), automatic: sum('automatic'), inProgress, failed },
    runs,
    waiting,
    damagedObjects,
    countedAt: shards.map(({ countedAt }) => countedAt).reduce((a, b) => (a < b ? a : b)),
    drift: sum('drift'),
  };
}

type CountedRow = OverviewRow & { readonly countedAt: string };

const isCounted = (row: OverviewRow | undefined): row is CountedRow => row?.countedAt !== undefined;

/** All shards. The first call for a region has it counted. */
async function countedShards(service: Service, place: OverviewPlace): Promise<CountedRow[]> {
  const shards = await readShards(service.catalogue, place);
  if (shards.every(isCounted)) return shards;
  const { runOnce = (work) => work() } = service;
  const counted = await runOnce(() => countFirst(service, place));
  if (counted !== undefined) return counted;
  const message = 'What there is in the region is being counted for the first time: ask again in a minute.';
  throw new VarveError('Throttled', message, { retryAfterMs: MINUTE_MS });
}

/**
 * Counts a small region now. A larger one, or one with too many chains of disks that are gone, is
 * counted by the janitor within a minute.
 */
async function countFirst(
  { catalogue, clock }: Pick<Service, 'catalogue' | 'clock'>,
  place: OverviewPlace,
): Promise<CountedRow[] | undefined> {
  const first: RecountRow = { ...place, queue: 'recount', dueAt: isoTime(clock.now()) };
  await catalogue.tryWrite(put(recountEntity, first, 'absent'));
  if ((await countDisks(catalogue, place)) > MOST_COUNTED_AT_ONCE) return undefined;
  for (let attempt = 0; attempt < COUNT_ATTEMPTS; attempt++) {
    await recount({ catalogue, clock }, place);
    const shards = await readShards(catalogue, place);
    if (shards.every(isCounted)) return shards;
  }
  return undefined;
}

async function lengthOf(catalogue: Catalogue, place: OverviewPlace, list: string): Promise<number> {
  return (await catalogue.list(listedEntity, { partition: { ...place, list }, limit: MOST_LISTED })).rows.length;
}

async function waitingOf(catalogue: Catalogue, place: OverviewPlace): Promise<{ objects: number; bytes: number }> {
  const domains = await domainsOf(catalogue, place);
  const parts = await mapBounded(domains, IN_FLIGHT, ({ id }) => reclaimOf(catalogue, id));
  return {
    objects: parts.reduce((sum, { waitingObjects }) => sum + waitingObjects, 0),
    bytes: parts.reduce((sum, { waitingBytes }) => sum + waitingBytes, 0),
  };
}

/** Few, and those that were healed in the last 90 days. */
async function damagesOf(catalogue: Catalogue, { accountId, region: regionId }: OverviewPlace): Promise<number> {
  let count = 0;
  const query = { partition: { accountId, regionId }, pageSize: DAMAGES };
  for await (const { healedAt } of rowsOf(catalogue, damageEntity, query)) if (healedAt === undefined) count += 1;
  return count;
}
