import type { Catalogue, Entity, ListPage, ListQuery } from './port.ts';

/** A list that may take several requests. */
export interface RowsQuery<Row> extends Omit<ListQuery<Row>, 'limit'> {
  /** The most rows of one request. */
  readonly pageSize: number;
}

type Lists = Pick<Catalogue, 'list'>;

/**
 * The pages of a list, each read when it is asked for. Rows that come or go meanwhile do no harm: a
 * page begins behind the last row of the one before it.
 */
export async function* pagesOfRows<Row extends object>(
  catalogue: Lists,
  entity: Entity<Row>,
  { pageSize: limit, ...query }: RowsQuery<Row>,
): AsyncGenerator<ListPage<Row>> {
  let after = query.after;
  for (;;) {
    const page = await catalogue.list(entity, { ...query, limit, ...(after && { after }) });
    yield page;
    after = page.rows.at(-1);
    if (!page.more || after === undefined) return;
  }
}

/**
 * The rows of a list, a page at a time. `while` ends it before the first row for which it does not
 * hold. Nothing is read ahead of what is asked for, so a caller that stops early saves the rest.
 */
export async function* rowsOf<Row extends object>(
  catalogue: Lists,
  entity: Entity<Row>,
  { while: isWanted = () => true, ...query }: RowsQuery<Row> & { readonly while?: (row: Row) => boolean },
): AsyncGenerator<Row> {
  for await (const { rows } of pagesOfRows(catalogue, entity, query)) {
    for (const row of rows) {
      if (!isWanted(row)) return;
      yield row;
    }
  }
}
