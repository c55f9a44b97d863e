import type { Input, OptionSpec } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { TAG_FILTER_OPTION, tagFilters } from './tags.ts';
import { instant } from './usage.ts';

/** What lists with filters say of themselves. */
export const FILTERS =
  'Filters can be given together. Where no index has what they select, and fewer than one in ten ' +
  'match, the list is refused: fewer filters, or another order, are needed.';

/** What is in the order of an instant or of a name, by the word of `--sort`. */
const ORDERS = {
  created: { field: 'CREATED_AT', direction: 'DESC' },
  name: { field: 'NAME', direction: 'ASC' },
  end: { field: 'EXPIRES_AT', direction: 'ASC' },
} as const;

type OrderWord = keyof typeof ORDERS;

interface Order<Word extends OrderWord> {
  readonly field: (typeof ORDERS)[Word]['field'];
  readonly direction: 'ASC' | 'DESC';
}

/** What most lists can be in the order of. */
export const BY_TIME_OR_NAME = ['created', 'name'] as const;

const SORTED_BY: Readonly<Record<OrderWord, string>> = {
  created: 'created (the newest first)',
  name: 'name',
  end: 'end (what ends soonest first)',
};

/** Of a list that is in one of these orders. */
export function orderOptions(words: readonly OrderWord[]): readonly OptionSpec[] {
  return [
    {
      name: 'sort',
      takes: 'text',
      value: 'ORDER',
      summary: `By ${words.map((word) => SORTED_BY[word]).join(', ')}.`,
      choices: words,
    },
    { name: 'reverse', takes: 'nothing', summary: 'The other way round.' },
  ];
}

/** The order that `orderOptions` ask for, and without them the one that `otherwise` names. */
export function orderIn<Word extends OrderWord>(input: Input, words: readonly Word[], otherwise: Word): Order<Word> {
  const { field, direction } = ORDERS[input.choice('sort', words) ?? otherwise];
  const other = direction === 'ASC' ? 'DESC' : 'ASC';
  return { field, direction: input.has('reverse') ? other : direction };
}

/** By name, creation and tags, as most lists can be filtered. */
export function commonFilters(what: string): readonly OptionSpec[] {
  return [
    {
      name: 'name',
      takes: 'text',
      value: 'PREFIX',
      summary: `Only ${what} whose names begin with this.`,
    },
    TAG_FILTER_OPTION,
    {
      name: 'created-from',
      takes: 'text',
      value: 'DATE',
      summary: `Only ${what} that were made at this date or instant, or later.`,
    },
    {
      name: 'created-before',
      takes: 'text',
      value: 'DATE',
      summary: `Only ${what} that were made before this date or instant.`,
    },
  ];
}

/** What `commonFilters` select, of the list with this path. */
export function commonFilterIn(input: Input, path: string) {
  return {
    namePrefix: input.text('name'),
    tags: tagFilters(input.texts('tag')),
    createdFrom: isoIn(input, 'created-from', path),
    createdBefore: isoIn(input, 'created-before', path),
  };
}

export function isoIn(input: Input, option: string, path: string): string | undefined {
  const at = instant(option, input.text(option), path);
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** Only those that have one of these values. */
export function choiceFilter(name: string, choices: readonly string[], what: string): OptionSpec {
  const value = name.toUpperCase();
  return { name, takes: 'text', value, summary: `Only ${what}: ${choices.join(', ')}.`, choices };
}

/** Of a list that no filter of these selects from. */
export function refuseTogether(input: Input, option: string, others: readonly string[], path: string): void {
  const other = input.has(option) ? others.find((name) => input.has(name)) : undefined;
  if (other !== undefined) throw new UsageError(`Give --${option} or --${other}, not both.`, path);
}
