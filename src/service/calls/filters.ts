import type { TagFilter } from '../../generated/schema.ts';
import { hasTags, parseTagFilters, type Tags } from './tags.ts';
import { parseLength } from './text.ts';

const TEXT_CHARS = { min: 0, max: 128 };
/** Sorts after every name and id that begins with the text before it. */
const LAST = '\u{10ffff}';

/** What lists of disks and of snapshots can be filtered by alike. */
export interface NamedFilter {
  readonly name?: string | null | undefined;
  readonly namePrefix?: string | null | undefined;
  readonly nameContains?: string | null | undefined;
  readonly tags?: readonly TagFilter[] | null | undefined;
  readonly createdFrom?: string | null | undefined;
  readonly createdBefore?: string | null | undefined;
}

export interface NamedRow {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  readonly createdAt: string;
}

export interface Order {
  readonly field: 'CREATED_AT' | 'NAME';
  readonly direction: 'ASC' | 'DESC';
}

export function parseNamedFilter(filter: NamedFilter): (row: NamedRow) => boolean {
  const name = filter.name == null ? undefined : parseLength('filter.name', filter.name, TEXT_CHARS).normalize('NFC');
  const prefix = parseLength('filter.namePrefix', filter.namePrefix ?? '', TEXT_CHARS).normalize('NFC');
  const part = parseLength('filter.nameContains', filter.nameContains ?? '', TEXT_CHARS)
    .normalize('NFC')
    .toLowerCase();
  const tags = parseTagFilters('filter.tags', filter.tags ?? []);
  const { createdFrom, createdBefore } = filter;
  return (row) =>
    (name === undefined || row.name === name) &&
    row.name.startsWith(prefix) &&
    row.name.toLowerCase().includes(part) &&
    hasTags(row.tags, tags) &&
    (createdFrom == null || row.createdAt >= createdFrom) &&
    (createdBefore == null || row.createdAt < createdBefore);
}

/**
 * Which part of an index a filter leaves to be looked at: rows from `from` on, until one is
 * `beyond`.
 */
export interface Span<Row> {
  readonly index: 'byCreation' | 'byName';
  readonly sort: readonly ('createdAt' | 'name' | 'id')[];
  readonly descending: boolean;
  readonly from?: Partial<Row>;
  readonly beyond: (row: NamedRow) => boolean;
}

export function spanOf(order: Order, filter: NamedFilter): Span<NamedRow> {
  if (filter.name != null) return spanOfName(order, filter.name.normalize('NFC'));
  return order.field === 'NAME' ? spanOfNames(order, filter) : spanOfTimes(order, filter);
}

/** Rows of one name lie together, by id. Ids grow with time, so that is their order in any case. */
function spanOfName({ direction }: Order, name: string): Span<NamedRow> {
  const descending = direction === 'DESC';
  const from = { name, id: descending ? LAST : '' };
  return { index: 'byName', sort: ['name', 'id'], descending, from, beyond: (row) => row.name !== name };
}

function spanOfNames({ direction }: Order, { namePrefix }: NamedFilter): Span<NamedRow> {
  const span = { index: 'byName', sort: ['name', 'id'], descending: direction === 'DESC' } as const;
  const prefix = namePrefix?.normalize('NFC') ?? '';
  if (prefix === '') return { ...span, beyond: () => false };
  const beyond = ({ name }: NamedRow) => !name.startsWith(prefix);
  return { ...span, beyond, from: span.descending ? { name: `${prefix}${LAST}`, id: LAST } : { name: prefix, id: '' } };
}

function spanOfTimes({ direction }: Order, { createdFrom, createdBefore }: NamedFilter): Span<NamedRow> {
  const span = { index: 'byCreation', sort: ['createdAt', 'id'], descending: direction === 'DESC' } as const;
  const start = span.descending ? createdBefore : createdFrom;
  const beyond = ({ createdAt }: NamedRow) =>
    span.descending
      ? createdFrom != null && createdAt < createdFrom
      : createdBefore != null && createdAt >= createdBefore;
  return start == null ? { ...span, beyond } : { ...span, beyond, from: { createdAt: start, id: '' } };
}

/** Whether a filter says anything. */
export function isFilter(filter: object): boolean {
  return Object.values(filter).some((value) => value != null);
}
