import type { Tag } from '../../../generated/schema.ts';
import { apportion } from './apportion.ts';
import { type Charge, type Course, chargeOf, type Tariff } from './charge.ts';
import type { Month } from './months.ts';

/**
 * A month of an account as plain JSON, and so as the bucket has it once it is closed. Whole numbers
 * that may be large are text; money is in millionths of the currency's smallest unit.
 */
export interface Statement {
  readonly month: Month;
  /** ISO 4217; `XXX`, no currency, where no price was ever set. */
  readonly currency: string;
  readonly regions: readonly RegionStatement[];
  /** Of months that were closed before. */
  readonly corrections: readonly Correction[];
  /** Of the regions and corrections together. */
  readonly total: string;
  /** Present once it is closed. */
  readonly closedAt?: string;
}

export interface RegionStatement {
  readonly region: string;
  /** Hours that count, and those of them that were not sampled. */
  readonly hours: number;
  readonly missingHours: number;
  readonly byteHours: string;
  readonly packages: readonly {
    readonly id: string;
    readonly gib: number;
    readonly from: string;
    readonly until: string;
    readonly byteHours: string;
  }[];
  readonly prices: readonly { readonly from: string; readonly perGibMonth: string; readonly byteHours: string }[];
  /** Beyond all packages, in hours without a price. */
  readonly unpricedByteHours: string;
  readonly unpricedFrom?: string;
  readonly amount: string;
  readonly parts: readonly Part[];
  /** Bytes hour by hour: corrections are reckoned from them. Null before the first sample. */
  readonly course: readonly (number | null)[];
}

/** Closed ones lie beside the manifests of their account, each under this id. */
export const statementId = (month: Month): string => `statement-${month}`;

/** What a chain or an image had of it while it had these tags. Parts add up, in both columns. */
export interface Part {
  readonly id?: string;
  readonly tags?: readonly Tag[];
  readonly byteHours: string;
  readonly amount: string;
}

export interface Correction {
  readonly ofMonth: Month;
  readonly region: string;
  /** What is added to what was said of that region and month before. */
  readonly amount: string;
}

interface Used {
  readonly course: Course;
  readonly parts: readonly { readonly id?: string; readonly tags?: readonly Tag[]; readonly byteHours: bigint }[];
}

/** The amount of a region is apportioned to its parts by their byte-hours. */
export function regionStatement(
  region: string,
  month: Month,
  { course, parts }: Used,
  tariff: Tariff,
): RegionStatement {
  const charge = chargeOf(month, course, tariff);
  const amounts = apportion(
    charge.amount,
    parts.map(({ byteHours }) => byteHours),
  );
  const counted = course.filter((hour) => hour !== undefined);
  return {
    region,
    hours: counted.length,
    missingHours: counted.filter(({ isMissing }) => isMissing).length,
    ...inText(charge),
    parts: parts.map(({ byteHours, ...holder }, at) => ({
      ...holder,
      byteHours: String(byteHours),
      amount: String(amounts[at] ?? 0n),
    })),
    course: course.map((hour) => hour?.bytes ?? null),
  };
}

function inText({ byteHours, packages, prices, unpricedByteHours, unpricedFrom, amount }: Charge) {
  return {
    byteHours: String(byteHours),
    packages: packages.map(({ id, gib, from, until, byteHours: used }) => ({
      ...{ id, gib, from, until },
      byteHours: String(used),
    })),
    prices: prices.map(({ from, perGibMonth, byteHours: used }) => ({
      from,
      perGibMonth: String(perGibMonth),
      byteHours: String(used),
    })),
    unpricedByteHours: String(unpricedByteHours),
    ...(unpricedFrom !== undefined && { unpricedFrom }),
    amount: String(amount),
  };
}

/**
 * Rule 8.2: what a closed month would cost by the prices and packages that are known now, less what
 * was said of it so far. Usage is settled once it is closed.
 */
export function correctionsOf(
  closed: Statement,
  later: readonly Correction[],
  tariffOf: (region: string) => Tariff,
): Correction[] {
  return closed.regions.flatMap(({ region, amount, course }) => {
    const hours = course.map((bytes) => (bytes === null ? undefined : { bytes, isMissing: false }));
    const now = chargeOf(closed.month, hours, tariffOf(region)).amount;
    const before = later
      .filter((one) => one.ofMonth === closed.month && one.region === region)
      .reduce((sum, one) => sum + BigInt(one.amount), BigInt(amount));
    return now === before ? [] : [{ ofMonth: closed.month, region, amount: String(now - before) }];
  });
}

export function totalOf({ regions, corrections }: Pick<Statement, 'regions' | 'corrections'>): string {
  return String([...regions, ...corrections].reduce((sum, { amount }) => sum + BigInt(amount), 0n));
}
