import type { TrashKind } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import type { Catalogue, ListPage } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { SWEEP_SHARDS } from '../datapath/drafts.ts';
import { ARREARS_SHARDS } from '../model/accounts/arrears.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { type DraftRow, draftEntity } from '../model/datapath/rows.ts';
import { PAID_SHARDS, type PaidUntilRow, paidUntilEntity } from '../model/disks/paid-until.ts';
import { EXPIRY_SHARDS, type ExpiryRow, expiryEntity } from '../model/snapshots/expiry-rows.ts';
import { TRASH_SHARDS, type TrashRow, trashEntity } from '../model/trash/rows.ts';

/** What is over by the clock as it is now, and so goes once it is believed. */
export interface DueByTime {
  /** Whose retention has ended. Those that something was made from stay. */
  readonly snapshots: number;
  /** In arrears for 15 days: their snapshots go. */
  readonly accounts: number;
  /** Prepaid, and expired for the grace time. */
  readonly disks: number;
  readonly drafts: number;
  /** In the recycle bin for their time: they cannot be brought back any more. */
  readonly trash: DueTrash;
  /** True if there are more than are counted. */
  readonly more: boolean;
}

export interface DueTrash {
  readonly snapshots: number;
  readonly disks: number;
  readonly images: number;
}

const PAGE = 100;
const SHARDS_AT_ONCE = 4;
/** For a person who decides, "at least so many" is enough. */
const MOST_A_SHARD = 1_000;

type Deps = { readonly catalogue: Catalogue; readonly clock: Clock };

/** By the indexes that the janitor's rounds go by, each from its near end. */
export async function dueByTime(
  { catalogue, clock }: Deps,
  { expiredGraceMs }: { readonly expiredGraceMs: number },
): Promise<DueByTime> {
  const now = isoTime(clock.now());
  const unpaidSince = isoTime(clock.now() - expiredGraceMs);
  const pageSize = PAGE;
  const [snapshots, accounts, disks, drafts, trash] = await Promise.all([
    countShards(EXPIRY_SHARDS, (shard) => {
      const isDue = ({ checkAt }: ExpiryRow) => checkAt <= now;
      return pagesOfRows(catalogue, expiryEntity, { partition: { shard }, pageSize, while: isDue });
    }),
    countShards(ARREARS_SHARDS, (arrearsShard) => {
      const isDue = ({ arrearsCheckAt = '' }: AccountRow) => arrearsCheckAt <= now;
      const query = { index: 'byArrears', partition: { arrearsShard }, pageSize, while: isDue } as const;
      return pagesOfRows(catalogue, accountEntity, query);
    }),
    countShards(PAID_SHARDS, (shard) => {
      const isDue = ({ expiresAt }: PaidUntilRow) => expiresAt <= unpaidSince;
      return pagesOfRows(catalogue, paidUntilEntity, { partition: { shard }, pageSize, while: isDue });
    }),
    countShards(SWEEP_SHARDS, (sweepShard) => {
      const isDue = ({ expiresAt }: DraftRow) => expiresAt <= now;
      const query = { index: 'byExpiry', partition: { sweepShard }, pageSize, while: isDue } as const;
      return pagesOfRows(catalogue, draftEntity, query);
    }),
    countShards(TRASH_SHARDS, (shard) => {
      const isDue = ({ restorableUntil }: TrashRow) => restorableUntil <= now;
      const query = { index: 'byEnd', partition: { shard }, pageSize, while: isDue } as const;
      return pagesOfRows(catalogue, trashEntity, query);
    }),
  ]);
  const inTrash = (kind: TrashKind) => trash.kinds.get(kind) ?? 0;
  return {
    snapshots: snapshots.count,
    accounts: accounts.count,
    disks: disks.count,
    drafts: drafts.count,
    trash: { snapshots: inTrash('SNAPSHOT'), disks: inTrash('DISK'), images: inTrash('IMAGE') },
    more: [snapshots, accounts, disks, drafts, trash].some((counted) => counted.more),
  };
}

interface Counted {
  readonly count: number;
  /** Of rows that have a kind. */
  readonly kinds: ReadonlyMap<unknown, number>;
  readonly more: boolean;
}

type Pages = AsyncGenerator<ListPage<object>>;

async function countShards(shards: number, pagesOf: (shard: number) => Pages): Promise<Counted> {
  const kinds = new Map<unknown, number>();
  const all = Array.from({ length: shards }, (_, shard) => shard);
  const parts = await mapBounded(all, SHARDS_AT_ONCE, (shard) => count(pagesOf(shard), kinds));
  return { count: parts.reduce((sum, part) => sum + part.count, 0), kinds, more: parts.some((part) => part.more) };
}

async function count(pages: Pages, kinds: Map<unknown, number>): Promise<Omit<Counted, 'kinds'>> {
  let sum = 0;
  for await (const { rows, more } of pages) {
    sum += rows.length;
    for (const row of rows) if ('kind' in row) kinds.set(row.kind, (kinds.get(row.kind) ?? 0) + 1);
    if (more && sum >= MOST_A_SHARD) return { count: sum, more };
  }
  return { count: sum, more: false };
}
