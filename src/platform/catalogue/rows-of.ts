import type { Entity, IndexName, PlaceOf, RowOf } from './entity.ts';
import type { Catalogue, ListPage, ListQuery } from './port.ts';

/** A list that may take several requests. */
export interface RowsQuery<E extends Entity, Index extends IndexName<E>> extends Omit<ListQuery<E, Index>, 'limit'> {
  /** The most rows of one request. */
  readonly pageSize: number;
  /** The list ends before the first row for which this does not hold. */
  readonly while?: (row: RowOf<E>) => boolean;
}

type Lists = Pick<Catalogue, 'list'>;

/**
 * The pages of a list, each read when it is asked for. Rows that come or go meanwhile do no harm: a
 * page begins behind the last row of the one before it.
 */
export async function* pagesOfRows<E extends Entity, Index extends IndexName<E> = never>(
  catalogue: Lists,
  entity: E,
  { pageSize: limit, while: isWanted, ...query }: RowsQuery<E, Index>,
): AsyncGenerator<ListPage<RowOf<E>>> {
  let after = query.after;
  for (;;) {
    const page = await catalogue.list<E, Index>(entity, { ...query, limit, ...(after && { after }) });
    const end = isWanted === undefined ? -1 : page.rows.findIndex((row) => !isWanted(row));
    if (end >= 0) {
      yield { rows: page.rows.slice(0, end), more: false };
      return;
    }
    yield page;
    after = page.rows.at(-1) as PlaceOf<E, Index> | undefined;
    if (!page.more || after === undefined) return;
  }
}

/**
 * The rows of a list, a page at a time: a caller that stops early saves the requests for the rest.
 */
export async function* rowsOf<E extends Entity, Index extends IndexName<E> = never>(
  catalogue: Lists,
  entity: E,
  query: RowsQuery<E, Index>,
): AsyncGenerator<RowOf<E>> {
  for await (const { rows } of pagesOfRows<E, Index>(catalogue, entity, query)) yield* rows;
}
