import type { TagFilter } from '../../../generated/schema.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { type Connection, listThrough, type PageArgs } from '../../calls/page.ts';
import { type ListedRow, listedEntity, type Noun, tagKeyList, tagList } from './rows.ts';

/** A list by its name, or all lists that are part of a wider one. */
export type Part = { readonly list: string } | { readonly wider: string };

/** By a tag with one value if there is one: that list is shorter than one of all values. */
export function listOfTags(noun: Noun, filters: readonly TagFilter[] | null | undefined): Part | undefined {
  const [first] = filters ?? [];
  if (first === undefined) return undefined;
  const { key, values } = filters?.find((filter) => filter.values?.length === 1) ?? first;
  const [value, ...others] = values ?? [];
  return value === undefined || others.length > 0
    ? { wider: tagKeyList(noun, key) }
    : { list: tagList(noun, key, value) };
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

interface Wanted<Row> {
  readonly descending: boolean;
  readonly matches: (row: Row) => boolean;
  /** Where a caller's filter decides what matches. */
  readonly refuseSparse?: boolean;
}

/** What a page of a list is made of. */
interface Listed<Row extends object> extends Wanted<Row> {
  readonly place: Place;
  readonly part: Part;
  readonly read: (keys: readonly { readonly accountId: string; readonly id: string }[]) => Promise<(Row | undefined)[]>;
  /** The list ends before the first id for which this is true. */
  readonly beyond?: (row: ListedRow) => boolean;
}

/** By id. What does not match the rest of a filter is left out. */
export function pageOfPart<Row extends object>(
  catalogue: Catalogue,
  { place, part, read, ...wanted }: Listed<Row>,
  args: PageArgs,
): Promise<Connection<Row>> {
  const follow = (rows: readonly ListedRow[]) => read(rows.map(({ accountId, id }) => ({ accountId, id })));
  const listing = { entity: listedEntity, sort: ['id'] as const, ...wanted };
  return 'list' in part
    ? listThrough(catalogue, { ...listing, partition: { ...place, list: part.list } }, args, follow)
    : listThrough<typeof listedEntity, Row, 'byWider'>(
        catalogue,
        { ...listing, index: 'byWider', partition: { ...place, wider: part.wider } },
        args,
        follow,
      );
}
