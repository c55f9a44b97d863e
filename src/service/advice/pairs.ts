import type { NodeRow } from '../../engine/books/rows.ts';
import { isNear } from '../model/advice/curve.ts';

/** A snapshot as it is compared with others. */
export interface Taken {
  readonly atMs: number;
  readonly node: NodeRow;
}

export interface Pair {
  readonly older: Taken;
  readonly newer: Taken;
}

const HOUR_MS = 3600_000;

export const hoursBetween = ({ older, newer }: Pair): number => (newer.atMs - older.atMs) / HOUR_MS;

/**
 * Pairs of snapshots, oldest first in `taken`, that are about so many hours apart: at most `most`,
 * spread evenly over all that there are. For each later one the earlier one that fits best.
 */
export function pairsApart(taken: readonly Taken[], hours: number, most: number): Pair[] {
  const pairs = taken.flatMap((newer, at) => {
    let best: Pair | undefined;
    for (const older of taken.slice(0, at)) {
      const pair = { older, newer };
      if (!isNear(hoursBetween(pair), hours)) continue;
      if (best === undefined || distance(pair, hours) < distance(best, hours)) best = pair;
    }
    return best === undefined ? [] : [best];
  });
  if (pairs.length <= most) return pairs;
  return Array.from({ length: most }, (_, at) => pairs[Math.floor((at * (pairs.length - 1)) / (most - 1))] as Pair);
}

const distance = (pair: Pair, hours: number): number => Math.abs(hoursBetween(pair) - hours);
