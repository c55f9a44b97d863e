import type { Tag, TagFilter, TagInput } from '../../generated/schema.ts';
import { invalid } from '../../platform/errors.ts';
import { requireCount } from './numbers.ts';
import { parseLength } from './text.ts';

/**
 * Each key once, in the order of the keys. A list, so that no key can be mistaken for something of
 * the language's own.
 */
export type Tags = readonly Tag[];

const MAX_TAGS = 50;
const KEY_CHARS = { min: 1, max: 128 };
const VALUE_CHARS = { min: 0, max: 256 };
const MAX_FILTERS = 10;
const MAX_FILTER_VALUES = 50;

export function parseTags(field: string, tags: readonly TagInput[]): Tags {
  requireCount(field, tags, { min: 0, max: MAX_TAGS });
  const parsed = new Map<string, string>();
  for (const [at, tag] of tags.entries()) {
    const key = parseLength(`${field}.${at}.key`, tag.key, KEY_CHARS);
    if (parsed.has(key)) throw invalid(`${field}.${at}.key`, 'is given twice');
    parsed.set(key, parseLength(`${field}.${at}.value`, tag.value, VALUE_CHARS));
  }
  return [...parsed].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function parseTagFilters(field: string, filters: readonly TagFilter[]): readonly TagFilter[] {
  requireCount(field, filters, { min: 0, max: MAX_FILTERS });
  for (const [at, filter] of filters.entries()) {
    requireCount(`${field}.${at}.values`, filter.values ?? [], { min: 0, max: MAX_FILTER_VALUES });
  }
  return filters;
}

export function hasTags(tags: Tags, filters: readonly TagFilter[]): boolean {
  return filters.every(({ key, values }) =>
    tags.some((tag) => tag.key === key && (values == null || values.includes(tag.value))),
  );
}
