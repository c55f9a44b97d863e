import { mapBounded } from '../../platform/bounded.ts';
import type { Place } from '../capacity/shares.ts';
import { usageOf } from '../capacity/usage.ts';
import { hourStart, type Month, monthEnd, monthStart } from '../model/money/months.ts';
import type { PriceRow } from '../model/money/rows.ts';
import {
  type Correction,
  correctionsOf,
  type RegionStatement,
  regionStatement,
  type Statement,
  totalOf,
} from '../model/money/statement.ts';
import type { Service } from '../service.ts';
import { packagesOf } from './packages.ts';
import { pricesOf } from './prices.ts';
import { closedMonths, readClosed } from './stored-statements.ts';

export type MoneyDeps = Pick<Service, 'catalogue' | 'clock' | 'regions' | 'objects'>;

export interface Wanted {
  readonly accountId: string;
  readonly month: Month;
  readonly currency: string;
  /** Only these. */
  readonly regions: readonly string[];
}

const REGIONS_AT_ONCE = 2;
const READ_AT_ONCE = 4;
/** Closed months that are looked at again: prices are settled a year later. */
const CORRECTED_MONTHS = 12;

/** A month that is not closed, as it is known now. */
export async function openStatement(deps: MoneyDeps, wanted: Wanted): Promise<Statement> {
  const { month, currency, regions } = wanted;
  const books = new Map<string, readonly PriceRow[]>();
  for (const region of regions) books.set(region, await pricesIn(deps, region, currency));
  const made = await mapBounded(regions, REGIONS_AT_ONCE, (region) =>
    openRegion(deps, { ...wanted, region, prices: books.get(region) ?? [] }),
  );
  const parts = { regions: made, corrections: await correctionsBefore(deps, wanted, books) };
  return { month, currency, ...parts, total: totalOf(parts) };
}

interface WantedRegion extends Place {
  readonly month: Month;
  readonly prices: readonly PriceRow[];
}

/** One region of it: of the month under way, up to the last hour that is over. */
export async function openRegion(
  { catalogue, clock }: MoneyDeps,
  { accountId, region, month, prices }: WantedRegion,
): Promise<RegionStatement> {
  const from = monthStart(month);
  const until = Math.max(from, Math.min(monthEnd(month), hourStart(clock.now())));
  const place: Place = { accountId, region };
  const used = await usageOf(catalogue, place, { from, until });
  const packages = await packagesOf(catalogue, place, month);
  return regionStatement(region, month, used, { prices, packages });
}

export const pricesIn = async ({ catalogue }: MoneyDeps, region: string, currency: string): Promise<PriceRow[]> =>
  (await pricesOf(catalogue, region)).filter((price) => price.currency === currency);

/** Of the months closed before this one, what was not corrected yet. */
async function correctionsBefore(
  deps: MoneyDeps,
  { accountId, month, currency, regions }: Wanted,
  books: ReadonlyMap<string, readonly PriceRow[]>,
): Promise<Correction[]> {
  const months = (await closedMonths(deps, accountId)).slice(-2 * CORRECTED_MONTHS);
  const read = await mapBounded(months, READ_AT_ONCE, (one) => readClosed(deps, accountId, one));
  const closed = read.flatMap((one) => (one?.currency === currency ? [one] : []));
  const known = closed.flatMap(({ corrections }) => corrections);
  const earlier = closed.filter((one) => one.month < month).slice(-CORRECTED_MONTHS);
  const found: Correction[] = [];
  for (const one of earlier) {
    const mine = { ...one, regions: one.regions.filter(({ region }) => regions.includes(region)) };
    const packages = new Map<string, Awaited<ReturnType<typeof packagesOf>>>();
    for (const { region } of mine.regions)
      packages.set(region, await packagesOf(deps.catalogue, { accountId, region }, one.month));
    found.push(
      ...correctionsOf(mine, known, (region) => ({
        prices: books.get(region) ?? [],
        packages: packages.get(region) ?? [],
      })),
    );
  }
  return found;
}

/** Of a closed statement what a credential that is limited to regions may see. */
export function visiblePart(statement: Statement, regions: readonly string[]): Statement {
  const seen = <T extends { readonly region: string }>(all: readonly T[]) =>
    all.filter(({ region }) => regions.includes(region));
  const parts = { regions: seen(statement.regions), corrections: seen(statement.corrections) };
  return { ...statement, ...parts, total: totalOf(parts) };
}
