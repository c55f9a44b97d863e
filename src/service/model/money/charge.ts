import type { Month } from './months.ts';
import { HOUR_MS, hoursIn, monthStart } from './months.ts';
import type { PackageRow, PriceRow } from './rows.ts';

export const GIB = 2n ** 30n;

/** What a region held in one hour of a month. */
export interface HourUsage {
  readonly bytes: number;
  /** It was not sampled: the sample before it counts. */
  readonly isMissing: boolean;
}

/** Hours of a month in their order; undefined before the first sample that there ever was. */
export type Course = readonly (HourUsage | undefined)[];

/** How much of a package was used. */
export interface PackageUse {
  readonly id: string;
  readonly gib: number;
  readonly from: string;
  readonly until: string;
  readonly byteHours: bigint;
}

/** What was charged at one price. */
export interface PriceUse {
  readonly from: string;
  readonly perGibMonth: bigint;
  readonly byteHours: bigint;
}

export interface Charge {
  /** Of all hours. */
  readonly byteHours: bigint;
  readonly packages: readonly PackageUse[];
  readonly prices: readonly PriceUse[];
  /** Beyond all packages, in hours for which there is no price. */
  readonly unpricedByteHours: bigint;
  /** The first of these hours. */
  readonly unpricedFrom?: string;
  /** In millionths of the currency's smallest unit, rounded once, half up. */
  readonly amount: bigint;
}

export interface Tariff {
  /** Of one region and currency. */
  readonly prices: readonly Pick<PriceRow, 'from' | 'perGibMonth'>[];
  readonly packages: readonly Pick<PackageRow, 'id' | 'gib' | 'from' | 'until'>[];
}

/**
 * Rule 8.2: in each hour the packages that hold are used up in the order in which they end, and the
 * rest is charged at the price of that hour. A price is for one GiB over all hours of the month.
 */
export function chargeOf(month: Month, course: Course, { prices, packages }: Tariff): Charge {
  const inOrder = packages.toSorted((a, b) => order(a.until, b.until) || order(a.id, b.id));
  const book = prices.toSorted((a, b) => order(a.from, b.from));
  const covered = new Map<string, bigint>(inOrder.map(({ id }) => [id, 0n]));
  const charged = new Map<string, bigint>(book.map(({ from }) => [from, 0n]));
  let [byteHours, unpriced] = [0n, 0n];
  let unpricedFrom: string | undefined;
  for (const [at, usage] of course.entries()) {
    if (usage === undefined) continue;
    const hour = new Date(monthStart(month) + at * HOUR_MS).toISOString();
    let rest = BigInt(usage.bytes);
    byteHours += rest;
    for (const { id, gib, from, until } of inOrder) {
      if (hour < from || hour >= until) continue;
      const size = BigInt(gib) * GIB;
      const used = rest < size ? rest : size;
      covered.set(id, (covered.get(id) ?? 0n) + used);
      rest -= used;
    }
    if (rest === 0n) continue;
    const price = book.findLast(({ from }) => from <= hour);
    if (price === undefined) {
      unpriced += rest;
      unpricedFrom ??= hour;
    } else charged.set(price.from, (charged.get(price.from) ?? 0n) + rest);
  }
  const uses = book.map(({ from, perGibMonth }) => ({
    from,
    perGibMonth: BigInt(perGibMonth),
    byteHours: charged.get(from) ?? 0n,
  }));
  const dividend = uses.reduce((sum, use) => sum + use.perGibMonth * use.byteHours, 0n);
  return {
    byteHours,
    packages: inOrder.map((one) => ({ ...one, byteHours: covered.get(one.id) ?? 0n })),
    prices: uses.filter((use) => use.byteHours > 0n),
    unpricedByteHours: unpriced,
    ...(unpricedFrom !== undefined && { unpricedFrom }),
    amount: divideHalfUp(dividend, GIB * BigInt(hoursIn(month))),
  };
}

/** Of numbers that are not negative. */
export const divideHalfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
