import { mapBounded } from '../../platform/bounded.ts';
import { type Catalogue, equal, put } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { ofProtection } from '../model/overview/counter.ts';
import {
  COUNTED,
  NOTHING_COUNTED,
  OVERVIEW_SHARDS,
  type OverviewCounts,
  type OverviewRow,
  overviewEntity,
  overviewShard,
} from '../model/overview/rows.ts';

/** DynamoDB answers 1 MB at most; rows are far below 1 KB. */
const PAGE = 500;
const IN_FLIGHT = 16;

export interface OverviewPlace {
  readonly accountId: string;
  readonly region: string;
}

export interface Recounted {
  /** Shards that changed while they were counted: they stay as they are. */
  readonly busy: number;
  /** By how much the others were wrong, in sum. */
  readonly drift: number;
}

const allShards = Array.from({ length: OVERVIEW_SHARDS }, (_, shard) => shard);

export function readShards(catalogue: Catalogue, place: OverviewPlace): Promise<(OverviewRow | undefined)[]> {
  return catalogue.getMany(
    overviewEntity,
    allShards.map((shard) => ({ ...place, shard })),
  );
}

/**
 * Counts everything of a region from the rows that are counted. A shard is written only if nothing
 * of it has changed since before the counting began:
 *
 *     here:       read (revision 7) ── count ──────────────── write, if it is still 7: refused
 *     a snapshot:                        counts itself (8)
 *
 * So the shards have to be there before anything is counted: what finds none leaves no trace.
 */
export async function recount(
  { catalogue, clock }: { readonly catalogue: Catalogue; readonly clock: Clock },
  place: OverviewPlace,
): Promise<Recounted> {
  const before = await readyShards(catalogue, place);
  const counts = await countAll(catalogue, place);
  const countedAt = isoTime(clock.now());
  let busy = 0;
  let drift = 0;
  await mapBounded(allShards, IN_FLIGHT, async (shard) => {
    const known = before[shard];
    const counted = counts[shard] ?? NOTHING_COUNTED;
    const wrong = known?.countedAt === undefined ? 0 : differenceOf(known, counted);
    const revision = known?.revision ?? 0;
    const row = { ...place, shard, ...counted, revision: revision + 1, countedAt, drift: wrong };
    if (await catalogue.tryWrite(put(overviewEntity, row, [equal('revision', revision)]))) drift += wrong;
    else busy += 1;
  });
  return { busy, drift };
}

async function readyShards(catalogue: Catalogue, place: OverviewPlace): Promise<(OverviewRow | undefined)[]> {
  const shards = await readShards(catalogue, place);
  const missing = allShards.filter((shard) => shards[shard] === undefined);
  if (missing.length === 0) return shards;
  await mapBounded(missing, IN_FLIGHT, (shard) => {
    const row = { ...place, shard, ...NOTHING_COUNTED, revision: 0, drift: 0 };
    return catalogue.tryWrite(put(overviewEntity, row, 'absent'));
  });
  return readShards(catalogue, place);
}

function differenceOf(known: OverviewRow, counted: OverviewCounts): number {
  return COUNTED.reduce((sum, name) => sum + Math.abs(known[name] - counted[name]), 0);
}

/** The rows themselves are read, as an index may lag behind. */
async function countAll(catalogue: Catalogue, partition: OverviewPlace): Promise<OverviewCounts[]> {
  const counts: Record<keyof OverviewCounts, number>[] = allShards.map(() => ({ ...NOTHING_COUNTED }));
  const of = (id: string) => counts[overviewShard(id)] as Record<keyof OverviewCounts, number>;
  const query = { index: 'byCreation' as const, partition, pageSize: PAGE };
  for await (const { rows } of pagesOfRows(catalogue, chainEntity, query)) {
    const chains = await catalogue.getMany(chainEntity, rows.map(keyOf));
    for (const chain of chains) {
      if (chain === undefined) continue;
      of(chain.id).manual += chain.manualCount;
      of(chain.id).automatic += chain.autoCount;
    }
  }
  for await (const { rows } of pagesOfRows(catalogue, diskEntity, query)) {
    const disks = await catalogue.getMany(diskEntity, rows.map(keyOf));
    for (const disk of disks) {
      if (disk?.category === 'LOCAL') of(disk.id).local += 1;
      for (const name of Object.keys(ofProtection(undefined, disk?.protection))) {
        if (disk !== undefined) of(disk.id)[name as keyof OverviewCounts] += 1;
      }
    }
  }
  return counts;
}

const keyOf = ({ accountId, id }: { readonly accountId: string; readonly id: string }) => ({ accountId, id });
