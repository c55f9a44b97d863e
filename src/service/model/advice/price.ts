import { parseWhole } from '../../calls/numbers.ts';

const GIB = 2n ** 30n;
/**
 * In units of 10⁻⁶ of a currency's smallest one. The largest price times the largest number of
 * bytes is still an integer that every client can hold.
 */
export const MOST_PRICE = 2 ** 30;
const PRICE = { min: 0, max: MOST_PRICE };

export function parsePrice(field: string, price: number | null | undefined): number | undefined {
  return price == null ? undefined : parseWhole(field, price, PRICE);
}

/** What so many bytes cost in a month, rounded towards zero; null without a price or bytes. */
export function costOf(bytes: number | null, price: number | undefined): number | null {
  if (bytes === null || price === undefined) return null;
  return Number((BigInt(bytes) * BigInt(price)) / GIB);
}
