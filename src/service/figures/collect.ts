import { capacityOfDomain, type DomainCapacity } from '../../engine/books/capacity.ts';
import {
  type DomainCountRow,
  damageEntity,
  domainCountEntity,
  entryEntity,
  LEDGER_SHARDS,
} from '../../engine/books/rows.ts';
import { mapBounded } from '../../platform/bounded.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import type { Clock } from '../../platform/clock.ts';
import { domainEntity } from '../model/disks/rows.ts';
import { COVER_SHARDS, coverCountEntity, policyRegisterEntity } from '../model/policies/rows.ts';
import { countDisks } from '../model/quotas/counter.ts';
import { NO_PROTECTION, type ProtectionFigures, protectionIn } from './protection.ts';

/** What there is in the whole installation, all accounts together. */
export interface Figures {
  readonly regions: ReadonlyMap<string, RegionFigures>;
  readonly work: WorkFigures;
  /** False if there is more than is looked at at once: then the sums are too low. */
  readonly isWhole: boolean;
}

export interface RegionFigures extends DomainCapacity, ProtectionFigures {
  readonly disks: number;
  /** Of these, those under a policy. */
  readonly covered: number;
  readonly damagedObjects: number;
}

/** Work that the ledger remembers. */
export interface WorkFigures {
  readonly entries: number;
  /** Epoch ms; absent while there is none. */
  readonly oldestAt?: number;
}

const PAGE = 100;
const IN_FLIGHT = 8;
/** Each costs a handful of reads, and a look is taken every minute or so. */
const MOST_DOMAINS = 2_000;
/** More are not counted: there is too much of it, which is what matters. */
const MOST_ENTRIES_A_SHARD = 1_000;
const MOST_DAMAGE = 10_000;
/** Every domain has this counter from its beginning; the others come when they are needed. */
const FIRST_SHARD = 0;

interface Deps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** Each has its figures, also while it holds nothing. */
  readonly regions: readonly string[];
}

/**
 * From counters that are kept anyway, by indexes and keys: nothing is scanned. Once `isOver` it
 * ends with what it has.
 */
export async function collectFigures(deps: Deps, isOver: () => boolean): Promise<Figures> {
  const sums = createSums(deps.regions);
  const seen = new Set<string>();
  let domains = 0;
  let isWhole = true;
  const query = { index: 'byShard', partition: { shard: FIRST_SHARD }, pageSize: PAGE } as const;
  for await (const { rows, more } of pagesOfRows(deps.catalogue, domainCountEntity, query)) {
    const places = await addDomains(deps, sums, rows);
    const fresh = [...places].filter(([name]) => !seen.has(name));
    for (const [name] of fresh) seen.add(name);
    await mapBounded(fresh, IN_FLIGHT, async ([, place]) => {
      const { isWhole: isAll, ...counted } = await countIn(deps, place);
      if (!isAll) isWhole = false;
      sums.add(place.region, counted);
    });
    domains += rows.length;
    if (!more || (domains < MOST_DOMAINS && !isOver())) continue;
    isWhole = false;
    break;
  }
  const work = await workIn(deps);
  return { regions: sums.regions, work: work.figures, isWhole: isWhole && work.isWhole };
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

async function addDomains(
  { catalogue }: Pick<Deps, 'catalogue'>,
  sums: Sums,
  rows: readonly DomainCountRow[],
): Promise<ReadonlyMap<string, Place>> {
  const domains = await catalogue.getMany(
    domainEntity,
    rows.map(({ domainId }) => ({ id: domainId })),
  );
  const known = domains.flatMap((domain) => (domain === undefined ? [] : [domain]));
  await mapBounded(known, IN_FLIGHT, async ({ id, region }) => sums.add(region, await capacityOfDomain(catalogue, id)));
  return new Map(known.map(({ accountId, region }) => [`${accountId} ${region}`, { accountId, region }]));
}

/**
 * Disks are counted by their quota, those under a policy by the policies, and what is known of
 * their objectives by the overview.
 */
async function countIn({ catalogue, clock }: Pick<Deps, 'catalogue' | 'clock'>, place: Place) {
  const [disks, register] = await Promise.all([
    countDisks(catalogue, place),
    catalogue.get(policyRegisterEntity, place),
  ]);
  const shards = Array.from({ length: COVER_SHARDS }, (_, shard) => shard);
  const { accountId } = place;
  const keys = (register?.ids ?? []).flatMap((policyId) => shards.map((shard) => ({ accountId, policyId, shard })));
  const covers = await catalogue.getMany(coverCountEntity, keys);
  const covered = covers.reduce((sum, row) => sum + (row?.count ?? 0), 0);
  const [protection, damage] = await Promise.all([
    protectionIn({ catalogue, clock }, place, disks),
    damageIn({ catalogue }, place),
  ]);
  const isWhole = protection.isWhole && damage.isWhole;
  return { disks, covered, ...protection.figures, damagedObjects: damage.damagedObjects, isWhole };
}

async function damageIn({ catalogue }: Pick<Deps, 'catalogue'>, { accountId, region: regionId }: Place) {
  let damagedObjects = 0;
  let rowsSeen = 0;
  const query = { partition: { accountId, regionId }, pageSize: PAGE };
  for await (const { rows, more } of pagesOfRows(catalogue, damageEntity, query)) {
    damagedObjects += rows.filter(({ healedAt }) => healedAt === undefined).length;
    rowsSeen += rows.length;
    if (more && rowsSeen >= MOST_DAMAGE) return { damagedObjects, isWhole: false };
  }
  return { damagedObjects, isWhole: true };
}

async function workIn({
  catalogue,
}: Pick<Deps, 'catalogue'>): Promise<{ readonly figures: WorkFigures; readonly isWhole: boolean }> {
  const shards = Array.from({ length: LEDGER_SHARDS }, (_, shard) => shard);
  const pages = await mapBounded(shards, IN_FLIGHT, (shard) =>
    catalogue.list(entryEntity, { partition: { shard }, limit: MOST_ENTRIES_A_SHARD }),
  );
  const entries = pages.flatMap(({ rows }) => rows).filter(({ kind }) => kind !== 'REBUILD');
  const oldestAt = entries.reduce((oldest, { createdAt }) => Math.min(oldest, createdAt), Number.POSITIVE_INFINITY);
  const figures = { entries: entries.length, ...(entries.length > 0 && { oldestAt }) };
  return { figures, isWhole: !pages.some(({ more }) => more) };
}

interface Sums {
  readonly regions: ReadonlyMap<string, RegionFigures>;
  add(region: string, more: Partial<RegionFigures>): void;
}

const NOTHING: RegionFigures = {
  logicalBytes: 0,
  deduplicatedBytes: 0,
  storedBytes: 0,
  waitingBytes: 0,
  disks: 0,
  covered: 0,
  damagedObjects: 0,
  ...NO_PROTECTION,
};

function createSums(names: readonly string[]): Sums {
  const regions = new Map(names.map((name) => [name, NOTHING]));
  return {
    regions,
    add: (region, more) => {
      const sum: Record<keyof RegionFigures, number> = { ...(regions.get(region) ?? NOTHING) };
      for (const [name, value] of Object.entries(more) as [keyof RegionFigures, number][]) sum[name] += value;
      regions.set(region, sum);
    },
  };
}
