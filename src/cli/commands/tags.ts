import type { Tag } from '../../client/service/disks.ts';
import type { TagFilter } from '../../generated/operations.ts';
import type { Input, OptionSpec } from '../command.ts';
import { UsageError } from '../usage-error.ts';

export const TAG_OPTION: OptionSpec = {
  name: 'tag',
  takes: 'tag',
  value: 'KEY=VALUE',
  summary: 'A tag. KEY alone is a tag without a value. May be repeated.',
  repeated: true,
};

/** For commands that change something that is there. */
export const TAG_CHANGE_OPTIONS: readonly OptionSpec[] = [
  {
    ...TAG_OPTION,
    summary:
      'A tag. All tags that are given replace those that it has. KEY alone is a tag without a value. May be repeated.',
  },
  {
    ...TAG_OPTION,
    name: 'add-tag',
    summary: 'Add this tag, or give it a new value, and leave the others. May be repeated.',
  },
  {
    name: 'untag',
    takes: 'text',
    value: 'KEY',
    summary: 'Remove the tag with this key, and leave the others. May be repeated.',
    repeated: true,
  },
  { name: 'no-tags', takes: 'nothing', summary: 'Remove all tags.' },
];

export function parseTags(texts: readonly string[]): Tag[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { key: text, value: '' } : { key: text.slice(0, at), value: text.slice(at + 1) };
  });
}

export interface TagUpdate {
  readonly tags?: readonly Tag[];
  readonly addTags?: readonly Tag[];
  readonly removeTags?: readonly string[];
}

/** What `TAG_CHANGE_OPTIONS` ask for. The service changes single tags, so that none is lost. */
export function tagChange(input: Input, path: string): TagUpdate {
  const [whole, ...others] = ['tag', 'no-tags', 'add-tag', 'untag'].filter((name) => input.has(name));
  const isWhole = whole === 'tag' || whole === 'no-tags';
  if (isWhole && others[0] !== undefined) throw new UsageError(`Give --${whole} or --${others[0]}, not both.`, path);
  if (isWhole) return { tags: parseTags(input.texts('tag')) };
  return {
    ...(input.has('add-tag') && { addTags: parseTags(input.texts('add-tag')) }),
    ...(input.has('untag') && { removeTags: input.texts('untag') }),
  };
}

export const TAG_FILTER_OPTION: OptionSpec = {
  ...TAG_OPTION,
  summary: 'Only those with this tag. KEY alone is any value. May be repeated.',
};

/** What `TAG_FILTER_OPTION` selects; undefined without any. */
export function tagFilters(texts: readonly string[]): readonly TagFilter[] | undefined {
  if (texts.length === 0) return undefined;
  return texts.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { key: text } : { key: text.slice(0, at), values: [text.slice(at + 1)] };
  });
}
