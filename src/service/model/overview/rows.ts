import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * What the overview of a region counts, in shards by disk: changed in the transactions that change
 * what is counted. There is none before somebody asks for the overview the first time. Then
 * everything is counted once, and each day again.
 */
export const overviewEntity = entity({
  name: 'overview',
  attributes: {
    accountId: string(),
    region: string(),
    shard: number(),
    /** Goes up with each change, so that a count never overwrites what came meanwhile. */
    revision: number(),
    /** Snapshots, whatever their state. */
    manual: number(),
    automatic: number(),
    /** Disks by what the janitor last found of them; the others have no objective. */
    protected: number(),
    inBreach: number(),
    exempt: number(),
    /** LOCAL disks, which have no snapshots. */
    local: number(),
    /**
     * When all of it was last counted, and how much was wrong then. Absent before the first time.
     */
    countedAt: optional(string()),
    drift: number(),
  },
  primary: { partition: ['accountId', 'region', 'shard'], sort: [] },
});
export type OverviewRow = RowOf<typeof overviewEntity>;

export const COUNTED = ['manual', 'automatic', 'protected', 'inBreach', 'exempt', 'local'] as const;
export type Counted = (typeof COUNTED)[number];
export type OverviewCounts = Readonly<Record<Counted, number>>;

export const NOTHING_COUNTED: OverviewCounts = {
  ...{ manual: 0, automatic: 0 },
  ...{ protected: 0, inBreach: 0, exempt: 0, local: 0 },
};

/**
 * So many that the disks of a slot seldom meet at one: a worker has 16 in flight. DynamoDB refuses
 * transactions at the same row at the same time, and they are tried again. All shards are read in
 * two requests.
 */
export const OVERVIEW_SHARDS = 128;

/** Of a disk or its chain, by the random end of the id. */
export function overviewShard(id: string): number {
  const digits = id.slice(-2);
  return (digits.charCodeAt(0) * 32 + digits.charCodeAt(1)) % OVERVIEW_SHARDS;
}

/** When the janitor counts everything of a region again; there once an overview was asked for. */
export const recountEntity = entity({
  name: 'overviewrecount',
  attributes: {
    accountId: string(),
    region: string(),
    queue: string<'recount'>(),
    dueAt: string(),
  },
  primary: { partition: ['accountId', 'region'], sort: [] },
  indexes: { byDue: { slot: 1, partition: ['queue'], sort: ['dueAt', 'accountId', 'region'] } },
});
export type RecountRow = RowOf<typeof recountEntity>;

/** What the policies of a region did in an hour of which no slot is open any more. */
export const runTallyEntity = entity({
  name: 'runtally',
  attributes: {
    accountId: string(),
    region: string(),
    /** When it began. */
    hour: string(),
    done: number(),
    skipped: number(),
    failed: number(),
    missedSlots: number(),
    /** Epoch second after which the row may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['hour'] },
  expiry: 'forgetAt',
});
export type RunTallyRow = RowOf<typeof runTallyEntity>;
