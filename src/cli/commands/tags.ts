import type { Tag } from '../../client/service/disks.ts';
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

/** What `TAG_CHANGE_OPTIONS` make of the labels that are there; undefined leaves them alone. */
export function tagChange(input: Input, path: string): (present: readonly Tag[]) => readonly Tag[] | undefined {
  const given = ['tag', 'untag', 'no-tags'].filter((name) => input.has(name));
  if (given.length > 1) throw new UsageError(`Give --${given[0]} or --${given[1]}, not both.`, path);
  const [tags, gone] = [parseTags(input.texts('tag')), new Set(input.texts('untag'))];
  return (present) => {
    if (given.length === 0) return undefined;
    return gone.size === 0 ? tags : present.filter(({ key }) => !gone.has(key));
  };
}
