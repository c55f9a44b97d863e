import { invalid } from '../../platform/errors.ts';
import type { Regions } from '../service.ts';

/** The first region if the operator says none. */
export function parseRegion(field: string, regions: Regions, region: unknown): string {
  if (region === undefined) return regions[0];
  const found = regions.find((name) => name === region);
  if (found === undefined) throw invalid(field, 'is not a region of this installation');
  return found;
}

export function parseCurrency(field: string, text: unknown): string {
  if (typeof text === 'string' && /^[A-Z]{3}$/.test(text)) return text;
  throw invalid(field, 'must be a currency of ISO 4217, such as EUR');
}

/** A whole number of millionths of a currency's smallest unit. */
export function parseMoney(field: string, text: unknown): string {
  if (typeof text === 'string' && /^(0|[1-9]\d{0,17})$/.test(text)) return text;
  throw invalid(field, 'must be text of at most 18 digits: millionths of the smallest unit');
}

export function parseOptional(
  field: string,
  text: unknown,
  parse: (field: string, text: string) => string,
): string | undefined {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw invalid(field, 'must be text');
  return parse(field, text);
}
