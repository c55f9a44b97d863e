import { isoTime } from '../../platform/clock.ts';
import { MOST_PRICE } from '../model/advice/price.ts';
import type { PriceRow } from '../model/money/rows.ts';
import { pricesOf } from '../money/prices.ts';
import type { Service } from '../service.ts';

/**
 * The price of the price book that holds now in this region. Undefined if the book has none there,
 * prices in several currencies, or one that is too large.
 */
export async function priceInForce(
  { catalogue, clock }: Pick<Service, 'catalogue' | 'clock'>,
  region: string,
): Promise<number | undefined> {
  const now = isoTime(clock.now());
  const newest = new Map<string, PriceRow>();
  for (const price of await pricesOf(catalogue, region))
    if (price.from <= now && (newest.get(price.currency)?.from ?? '') <= price.from) newest.set(price.currency, price);
  const [only, ...others] = newest.values();
  if (only === undefined || others.length > 0) return undefined;
  const price = Number(only.perGibMonth);
  return price <= MOST_PRICE ? price : undefined;
}
