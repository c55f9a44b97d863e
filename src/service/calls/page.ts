import type { Entity, IndexName, PartitionOf, PlaceOf, RowOf } from '../../platform/catalogue/entity.ts';
import type { Catalogue, ListPage, ListQuery } from '../../platform/catalogue/port.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { parseWhole } from './numbers.ts';

/** A page of a list, as the schema's connections have it. */
export interface Connection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface PageArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** One list in one order: what `list` needs, and which values of a row say its place. */
export interface Listing<E extends Entity, Index extends IndexName<E>> {
  readonly entity: E;
  /** Name of a secondary index; the primary key when absent. */
  readonly index?: Index;
  readonly partition: PartitionOf<E, Index>;
  readonly sort: readonly (keyof RowOf<E> & string)[];
  readonly descending?: boolean;
  /** Where to begin when there is no cursor: only rows after these sort values. */
  readonly from?: Partial<RowOf<E>>;
  /** Rows after the first for which this is true are not looked at any more. */
  readonly beyond?: (row: RowOf<E>) => boolean;
  readonly matches?: (row: RowOf<E>) => boolean;
  /** Refuse a page of which fewer than one row in ten matches, with `NoIndexForFilter`. */
  readonly refuseSparse?: boolean;
}

export const MAX_PAGE = 1000;
/** Rows that are read at a time: others come in between. */
const MAX_LIST = 500;
/**
 * Rows that one page looks at: a filter that matches nothing costs no more than they do, 0.12 s of
 * CPU.
 */
export const MAX_VISITED = 2000;

/**
 * What a page may look at where its filter has no index: ten rows for each that it answers, and so
 * many in any case. Where too few of them match, it is refused rather than slow.
 */
const MOST_PER_MATCH = 10;
const FIRST_LOOK = 100;

export async function listPage<E extends Entity, Index extends IndexName<E> = never>(
  catalogue: Catalogue,
  listing: Listing<E, Index>,
  args: PageArgs,
): Promise<Connection<RowOf<E>>> {
  return listThrough(catalogue, listing, args, async (rows) => rows);
}

/**
 * A page of what the rows of a list lead to. `follow` answers in their order; undefined for one
 * that has gone.
 */
export function listThrough<E extends Entity, Row extends object, Index extends IndexName<E> = never>(
  catalogue: Catalogue,
  listing: Omit<Listing<E, Index>, 'matches'> & { readonly matches?: (row: Row) => boolean },
  args: PageArgs,
  follow: (rows: readonly RowOf<E>[]) => Promise<readonly (Row | undefined)[]>,
): Promise<Connection<Row>> {
  const read = (limit: number, place: Partial<RowOf<E>> | undefined) =>
    catalogue.list(listing.entity, query(listing, limit, place));
  return pageThrough({ ...listing, read, follow }, args);
}

/** Rows in one order, wherever they come from, and what they lead to. */
interface Reading<Seen extends object, Row extends object> {
  /** As in {@link Listing}. */
  readonly sort: readonly (keyof Seen & string)[];
  readonly from?: Partial<Seen>;
  readonly beyond?: (row: Seen) => boolean;
  readonly matches?: (row: Row) => boolean;
  readonly refuseSparse?: boolean;
  /** So many rows after the last one that was read: `place`. */
  read(limit: number, place: Partial<Seen> | undefined): Promise<ListPage<Seen>>;
  follow(rows: readonly Seen[]): Promise<readonly (Row | undefined)[]>;
}

/** A page of what rows lead to. */
export async function pageThrough<Seen extends object, Row extends object>(
  { sort, from, beyond, matches, refuseSparse = false, read, follow }: Reading<Seen, Row>,
  args: PageArgs,
): Promise<Connection<Row>> {
  const first = parseWhole('first', args.first, { min: 1, max: MAX_PAGE });
  const edges: { cursor: string; node: Row }[] = [];
  let place = args.after == null ? from : (placeOf(sort, args.after) as Partial<Seen>);
  let endCursor: string | null = null;
  const page = (hasNextPage: boolean): Connection<Row> => {
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: { hasNextPage, endCursor } };
  };
  // What a filter lets through is not known: begin with as many as are wanted, then take more at a
  // time.
  for (let visited = 0, limit = first; ; limit *= 2) {
    const most = refuseSparse ? Math.max(FIRST_LOOK, MOST_PER_MATCH * edges.length) : MAX_VISITED;
    const left = Math.min(most, MAX_VISITED) - visited;
    if (left <= 0 && visited < MAX_VISITED) throw tooSparse(edges.length, visited);
    if (left <= 0) return page(true);
    const wanted = matches === undefined ? first - edges.length : limit;
    const { rows, more } = await read(Math.min(wanted, MAX_LIST, left), place);
    const followed = await follow(rows);
    for (const [at, seen] of rows.entries()) {
      if (beyond?.(seen)) return page(false);
      place = seen;
      endCursor = cursorOf(sort, seen);
      const row = followed[at];
      if (row === undefined || !(matches?.(row) ?? true)) continue;
      edges.push({ cursor: endCursor, node: row });
      if (edges.length < first) continue;
      const next = rows[at + 1];
      return page(next === undefined ? more : !beyond?.(next));
    }
    if (!more) return page(false);
    visited += rows.length;
  }
}

function tooSparse(found: number, visited: number): VarveError {
  const message =
    `Only ${found} of the first ${visited} objects in this order match the filter, and no index ` +
    'has them. docs/api.md says which filter goes with which order.';
  return new VarveError('NoIndexForFilter', message, { field: 'filter' });
}

/** A page of rows that are all at hand, in their order. */
export function slicePage<Row extends object>(
  rows: readonly Row[],
  sort: readonly (keyof Row & string)[],
  args: PageArgs,
  descending = false,
): Connection<Row> {
  const first = parseWhole('first', args.first, { min: 1, max: MAX_PAGE });
  const ordered = rows.toSorted((a, b) => compare(sort, a, b) * (descending ? -1 : 1));
  const after = args.after == null ? undefined : placeOf(sort, args.after);
  const rest =
    after === undefined
      ? ordered
      : ordered.filter((row) => compare(sort, row, after as Row) * (descending ? -1 : 1) > 0);
  const page = rest.slice(0, first);
  const last = page.at(-1);
  const endCursor = last === undefined ? (args.after ?? null) : cursorOf(sort, last);
  return connection(sort, page, { hasNextPage: rest.length > first, endCursor });
}

function query<E extends Entity, Index extends IndexName<E>>(
  listing: Pick<Listing<E, Index>, 'index' | 'partition' | 'descending'>,
  limit: number,
  after: Partial<RowOf<E>> | undefined,
): ListQuery<E, Index> {
  return {
    partition: listing.partition,
    limit,
    ...(listing.index === undefined ? {} : { index: listing.index }),
    ...(listing.descending === undefined ? {} : { descending: listing.descending }),
    ...(after === undefined ? {} : { after: after as PlaceOf<E, Index> }),
  };
}

function connection<Row extends object>(
  sort: readonly (keyof Row & string)[],
  nodes: readonly Row[],
  pageInfo: Connection<Row>['pageInfo'],
): Connection<Row> {
  return { edges: nodes.map((node) => ({ cursor: cursorOf(sort, node), node })), nodes, pageInfo };
}

/** A cursor holds the sort values of a row, so that it stays good when rows come and go. */
function cursorOf<Row extends object>(sort: readonly (keyof Row & string)[], row: Row): string {
  return Buffer.from(JSON.stringify(sort.map((attribute) => [attribute, row[attribute]]))).toString('base64url');
}

/** The longest name in UTF-8, escaped, and an id. A store's key has a limit too. */
const MAX_CURSOR_CHARS = 1024;

/** The sort values of a cursor; throws `InvalidParameter` for one of another list. */
export function placeOf(sort: readonly string[], cursor: string): Record<string, string> {
  if (cursor.length > MAX_CURSOR_CHARS) throw invalid('after', 'is not a cursor of this list');
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalid('after', 'is not a cursor of this list');
  }
  const fits =
    Array.isArray(values) && values.length === sort.length && values.every((pair, at) => isPair(pair, sort[at]));
  if (!fits) throw invalid('after', 'is not a cursor of this list');
  return Object.fromEntries(values as [string, string][]);
}

function isPair(pair: unknown, attribute: string | undefined): boolean {
  if (!Array.isArray(pair) || pair.length !== 2 || pair[0] !== attribute) return false;
  // a store takes no other text as a key
  return typeof pair[1] === 'string' && pair[1].isWellFormed();
}

function compare<Row extends object>(sort: readonly (keyof Row & string)[], a: Row, b: Row): number {
  for (const attribute of sort) {
    const order = compareText(String(a[attribute]), String(b[attribute]));
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * By code point, as a store orders keys: `<` compares UTF-16, where U+10000 and above come before
 * U+E000 to U+FFFF.
 */
function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
