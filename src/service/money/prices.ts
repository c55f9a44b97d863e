import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion, visibleRegions } from '../calls/regions.ts';
import { parseHour } from '../model/money/months.ts';
import { type PriceRow, priceEntity } from '../model/money/rows.ts';
import type { Service } from '../service.ts';
import { parseCurrency, parseMoney, parseRegion } from './parse-said.ts';

/** What the operator says of a price, as it comes. */
export interface SaidPrice {
  readonly region?: unknown;
  readonly currency?: unknown;
  readonly from?: unknown;
  readonly perGibMonth?: unknown;
}

type Deps = Pick<Service, 'catalogue' | 'clock' | 'regions'>;

/**
 * The operator's word: what a GiB-month costs from an instant on. The same said again is as if said
 * once; said otherwise it replaces what was said for that instant.
 */
export async function setPrice({ catalogue, clock, regions }: Deps, said: SaidPrice): Promise<PriceRow> {
  const row: PriceRow = {
    region: parseRegion('price.region', regions, said.region),
    currency: parseCurrency('price.currency', said.currency),
    from: parseHour('price.from', said.from),
    perGibMonth: parseMoney('price.perGibMonth', said.perGibMonth),
    setAt: isoTime(clock.now()),
  };
  await catalogue.transact([put(priceEntity, row, 'any')]);
  return row;
}

export function listPrices(
  { catalogue, regions }: Deps,
  caller: Caller,
  args: PageArgs & { readonly region?: string | null | undefined },
): Promise<Connection<PriceRow>> {
  const partition = { region: chooseRegion(regions, caller, args.region) };
  return listPage(catalogue, { entity: priceEntity, partition, sort: ['currency', 'from'] }, args);
}

const PAGE = 500;

export async function pricesOf(catalogue: Catalogue, region: string): Promise<PriceRow[]> {
  const prices: PriceRow[] = [];
  for await (const price of rowsOf(catalogue, priceEntity, { partition: { region }, pageSize: PAGE }))
    prices.push(price);
  return prices;
}

/** Stands for no currency in ISO 4217. */
const NO_CURRENCY = 'XXX';

/** The one that is asked for, or else the only one that there are prices in. */
export async function chooseCurrency(
  { catalogue, regions }: Deps,
  caller: Caller,
  wanted: string | null | undefined,
  field = 'currency',
): Promise<string> {
  if (wanted != null) return parseCurrency(field, wanted);
  const known = new Set<string>();
  for (const region of visibleRegions(regions, caller))
    for (const { currency } of await pricesOf(catalogue, region)) known.add(currency);
  const [only = NO_CURRENCY, ...others] = [...known].sort();
  if (others.length === 0) return only;
  throw invalid(field, `must be one of ${[only, ...others].join(', ')}, in which there are prices`);
}
