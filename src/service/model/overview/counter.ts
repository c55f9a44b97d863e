import type { SnapshotKind } from '../../../generated/schema.ts';
import { type Catalogue, check, patch, type Read, read, type Write } from '../../../platform/catalogue/port.ts';
import type { DiskRow } from '../disks/rows.ts';
import { COUNTED, type Counted, type OverviewRow, overviewEntity, overviewShard } from './rows.ts';

/** Of a disk: its own id; of a snapshot: that of its chain. */
export interface CountedPlace {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
}

/** What a change adds to the counts. */
export type Delta = Partial<Readonly<Record<Counted, number>>>;

const keyOf = ({ accountId, region, id }: CountedPlace) => ({ accountId, region, shard: overviewShard(id) });

/** For those who read it ahead. */
export const readOfCounter = (place: CountedPlace): Read<typeof overviewEntity> => read(overviewEntity, keyOf(place));

export function readCounter(catalogue: Catalogue, place: CountedPlace): Promise<OverviewRow | undefined> {
  return catalogue.get(overviewEntity, keyOf(place));
}

/**
 * Goes into the transaction of what is counted. `counter` is the row as it was read before. Where
 * there was none, nothing is counted yet, which is a condition: it may just be counted.
 */
export function counterWrites(counter: OverviewRow | undefined, place: CountedPlace, ...deltas: Delta[]): Write[] {
  const add = sumOf(deltas);
  if (Object.keys(add).length === 0) return [];
  if (counter === undefined) return [check(overviewEntity, keyOf(place), 'absent')];
  return [patch(overviewEntity, keyOf(place), { add: { ...add, revision: 1 } })];
}

/** Reads first, where there is anything to count. */
export async function countWrites(catalogue: Catalogue, place: CountedPlace, ...deltas: Delta[]): Promise<Write[]> {
  const isNothing = Object.keys(sumOf(deltas)).length === 0;
  return isNothing ? [] : counterWrites(await readCounter(catalogue, place), place, ...deltas);
}

function sumOf(deltas: readonly Delta[]): Delta {
  const sums = COUNTED.map((name) => [name, deltas.reduce((total, delta) => total + (delta[name] ?? 0), 0)] as const);
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0));
}

export const ofKind = (kind: SnapshotKind, by: 1 | -1): Delta =>
  kind === 'MANUAL' ? { manual: by } : { automatic: by };

type Protection = DiskRow['protection'];

const NAME = { PROTECTED: 'protected', IN_BREACH: 'inBreach', EXEMPT: 'exempt' } as const;

/** Of a disk about which something else is known than before. */
export function ofProtection(before: Protection, after: Protection): Delta {
  if (before === after) return {};
  return { ...(before && { [NAME[before]]: -1 }), ...(after && { [NAME[after]]: 1 }) };
}
