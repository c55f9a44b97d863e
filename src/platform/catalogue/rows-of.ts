import type { Catalogue, Entity, ListPage, ListQuery } from './port.ts';

/** A list that may take several requests. */
export interface RowsQuery<Row> extends Omit<ListQuery<Row>, 'limit'> {
  /** The most rows of one request. */
  readonly pageSize: number;
  /** The list ends before the first row for which this does not hold. */
  readonly while?: (row: Row) => boolean;
}

type Lists = Pick<Catalogue, 'list'>;

/**
 * The pages of a list, each read when it is asked for. Rows that come or go meanwhile do no harm: a
 * page begins behind the last row of the one before it.
 */
export async function* pagesOfRows<Row extends object>(
  catalogue: Lists,
  entity: Entity<Row>,
  { pageSize: limit, while: isWanted, ...query }: RowsQuery<Row>,
): AsyncGenerator<ListPage<Row>> {
  let after = query.after;
  for (;;) {
    const page = await catalogue.list(entity, { ...query, limit, ...(after && { after }) });
    const end = isWanted === undefined ? -1 : page.rows.findIndex((row) => !isWanted(row));
    if (end >= 0) {
      yield { rows: page.rows.slice(0, end), more: false };
      return;
    }
    yield page;
    after = page.rows.at(-1);
    if (!page.more || after === undefined) return;
  }
}

/**
 * The rows of a list, a page at a time: a caller that stops early saves the requests for the rest.
 */
export async function* rowsOf<Row extends object>(
  catalogue: Lists,
  entity: Entity<Row>,
  query: RowsQuery<Row>,
): AsyncGenerator<Row> {
  for await (const { rows } of pagesOfRows(catalogue, entity, query)) yield* rows;
}
