import type { Tag, TagFilter, TagInput } from '../../generated/schema.ts';
import { type Condition, equal } from '../../platform/catalogue/port.ts';
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

const byKey = (a: Tag, b: Tag) => (a.key < b.key ? -1 : 1);

export function parseTags(field: string, tags: readonly TagInput[]): Tags {
  requireCount(field, tags, { min: 0, max: MAX_TAGS });
  const parsed = new Map<string, string>();
  for (const [at, tag] of tags.entries()) {
    const key = parseLength(`${field}.${at}.key`, tag.key, KEY_CHARS);
    if (parsed.has(key)) throw invalid(`${field}.${at}.key`, 'is given twice');
    parsed.set(key, parseLength(`${field}.${at}.value`, tag.value, VALUE_CHARS));
  }
  return [...parsed].map(([key, value]) => ({ key, value })).sort(byKey);
}

/** The part of an update that is about tags. */
export interface TagsUpdate {
  readonly tags?: readonly TagInput[] | null | undefined;
  readonly addTags?: readonly TagInput[] | null | undefined;
  readonly removeTags?: readonly string[] | null | undefined;
}

/** What an update does to the tags of a row, and which tags it must still find there. */
export type TagChange = (row: { readonly tags: Tags }) => {
  readonly set: { readonly tags?: Tags };
  readonly when: readonly Condition<{ readonly tags: Tags }>[];
};

/**
 * A complete list replaces what is there, single tags are added to it. Lists of what has a tag go
 * by what was read, so the write is refused if that has changed meanwhile.
 */
export function parseTagChange({ tags, addTags, removeTags }: TagsUpdate): TagChange {
  if (tags != null) {
    const together = addTags != null ? 'addTags' : removeTags != null ? 'removeTags' : undefined;
    if (together !== undefined) throw invalid(together, 'does not go together with tags');
    const set = { tags: parseTags('tags', tags) };
    return ({ tags: present }) => {
      requireFewChanges('tags', present, set.tags);
      return { set, when: [equal('tags', present)] };
    };
  }
  const added = parseTags('addTags', addTags ?? []);
  const removed = parseKeys('removeTags', removeTags ?? [], added);
  if (added.length + removed.size === 0) return () => ({ set: {}, when: [] });
  const replaced = new Set([...removed, ...added.map(({ key }) => key)]);
  return ({ tags: present }) => {
    const after = [...present.filter(({ key }) => !replaced.has(key)), ...added].sort(byKey);
    if (after.length > MAX_TAGS)
      throw invalid('addTags', `leads to ${after.length} tags, and there can be ${MAX_TAGS}`);
    requireFewChanges('addTags', present, after);
    return { set: { tags: after }, when: [equal('tags', present)] };
  };
}

/** Each tag that comes or goes is a row of a list, and all go into one transaction. */
const MAX_CHANGES = 80;

function requireFewChanges(field: string, before: Tags, after: Tags): void {
  const others = (a: Tags, b: Tags) =>
    a.filter(({ key, value }) => !b.some((tag) => tag.key === key && tag.value === value)).length;
  const changes = others(before, after) + others(after, before);
  if (changes > MAX_CHANGES) throw invalid(field, `changes ${changes} tags, and at most ${MAX_CHANGES} go at once`);
}

function parseKeys(field: string, keys: readonly string[], added: Tags): ReadonlySet<string> {
  requireCount(field, keys, { min: 0, max: MAX_TAGS });
  for (const [at, key] of keys.entries()) {
    parseLength(`${field}.${at}`, key, KEY_CHARS);
    if (added.some((tag) => tag.key === key)) throw invalid(`${field}.${at}`, 'is also a key of addTags');
  }
  return new Set(keys);
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
