import { notFound } from '../../platform/errors.ts';
import type { IdPrefix } from '../../platform/ids.ts';
import { type Caller, seesRegion } from './caller.ts';

const ID_PATTERN = /^([a-z]{1,2})-[0-9a-hjkmnp-tv-z]{20}$/;

/** What an id names, by its prefix; undefined for text that is no id at all. */
export function idPrefix(id: string): string | undefined {
  return ID_PATTERN.exec(id)?.[1];
}

/**
 * Text that cannot be an id of that kind is refused like an id that never existed, before any store
 * sees it.
 */
export function requireId(prefix: IdPrefix, kind: string, id: string): string {
  if (idPrefix(id) !== prefix) throw notFound(kind, id.slice(0, 64));
  return id;
}

/**
 * A row of the caller's, or NotFound: for one that is not there and for one outside the
 * credential's scope alike.
 */
export function requireOwned<Row extends { readonly region: string }>(
  caller: Caller,
  kind: string,
  id: string,
  row: Row | undefined,
): Row {
  if (row === undefined || !seesRegion(caller, row.region)) throw notFound(kind, id);
  return row;
}
