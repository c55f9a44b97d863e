import { type ArgumentSpec, type Command, GLOBAL_OPTIONS, type OptionSpec } from '../command.ts';
import { type Completes, kindsOf } from './kinds.ts';

export interface Candidate {
  readonly value: string;
  /** For shells that show it. */
  readonly summary?: string;
}

/**
 * What may stand at the cursor. Candidates begin with `prefix`; names are still to be looked up.
 */
export interface Fit {
  readonly candidates: readonly Candidate[];
  readonly names: readonly Completes[];
  /** What is typed of the word. */
  readonly prefix: string;
  /**
   * Goes before each candidate: shells that take `--option=value` for one word replace all of it.
   */
  readonly before: string;
  /** Options of all commands that are given, such as where the service is. */
  readonly given: ReadonlyMap<string, string>;
}

/**
 * The words up to the cursor, the last one being typed: what fits there, by the table of commands.
 */
export function fitsAt(commands: readonly Command[], typed: readonly string[]): Fit {
  const words = joinAtEquals(typed);
  const current = words.at(-1) ?? '';
  const read = readBefore(commands, words.slice(0, -1));
  const nothing: Fit = { candidates: [], names: [], prefix: current, before: '', given: read.given };
  if (read.waiting !== undefined) return { ...nothing, ...valuesOf(read.waiting, current) };
  const inline = /^(--[^=]+)=(.*)$/s.exec(current);
  if (inline !== null && !read.isEnded) {
    const [, name = '', value = ''] = inline;
    const option = optionsOf(read.command).find((candidate) => `--${candidate.name}` === name);
    if (option === undefined || option.takes === 'nothing') return nothing;
    return {
      ...nothing,
      ...valuesOf(option, value),
      prefix: value,
      before: typed.at(-1) === current ? `${name}=` : '',
    };
  }
  if (current.startsWith('-') && !read.isEnded) return { ...nothing, candidates: optionWords(read, current) };
  const argument = argumentAt(read);
  const values = argument === undefined ? { candidates: [], names: [] } : valuesOf(argument, current);
  return {
    ...nothing,
    candidates: [...commandWords(commands, read, current), ...values.candidates],
    names: values.names,
  };
}

interface Read {
  readonly command: Command | undefined;
  /** Words that are neither options nor their values, those of the command included. */
  readonly plain: readonly string[];
  /** The option whose value comes next. */
  readonly waiting: OptionSpec | undefined;
  readonly options: ReadonlySet<string>;
  readonly given: ReadonlyMap<string, string>;
  /** A `--` was there: no option comes any more. */
  readonly isEnded: boolean;
}

function readBefore(commands: readonly Command[], words: readonly string[]): Read {
  const plain: string[] = [];
  const options = new Set<string>();
  const given = new Map<string, string>();
  let waiting: OptionSpec | undefined;
  let isEnded = false;
  for (const word of words) {
    if (waiting !== undefined) {
      given.set(waiting.name, word);
      waiting = undefined;
    } else if (word === '--') isEnded = true;
    else if (isEnded || !word.startsWith('--')) plain.push(word);
    else {
      const [name = '', ...value] = word.slice(2).split('=');
      const option = optionsOf(commandOf(commands, plain)).find((candidate) => candidate.name === name);
      options.add(name);
      if (value.length > 0) given.set(name, value.join('='));
      else if (option !== undefined && option.takes !== 'nothing' && !option.standsAlone) waiting = option;
    }
  }
  return { command: commandOf(commands, plain), plain, waiting, options, given, isEnded };
}

/** The one with the longest path that the words begin with. */
function commandOf(commands: readonly Command[], plain: readonly string[]): Command | undefined {
  const of = (length: number) => commands.find(({ path }) => path === plain.slice(0, length).join(' '));
  return (plain.length > 1 ? of(2) : undefined) ?? of(1);
}

function optionsOf(command: Command | undefined): readonly OptionSpec[] {
  return [...(command?.options ?? []), ...GLOBAL_OPTIONS];
}

function argumentAt({ command, plain }: Read): ArgumentSpec | undefined {
  if (command === undefined) return undefined;
  const at = plain.length - command.path.split(' ').length;
  const last = command.args.at(-1);
  return command.args[at] ?? (last?.repeated ? last : undefined);
}

function commandWords(commands: readonly Command[], { plain }: Read, current: string): Candidate[] {
  const found = new Map<string, string>();
  for (const { path, summary } of commands) {
    const words = path.split(' ');
    const next = words[plain.length];
    if (next === undefined || !next.startsWith(current) || !plain.every((word, at) => words[at] === word)) continue;
    const isWhole = words.length === plain.length + 1;
    if (isWhole || !found.has(next)) found.set(next, isWhole ? summary : `varve ${next} …`);
  }
  return [...found].map(([value, summary]) => ({ value, summary }));
}

function optionWords({ command, options }: Read, current: string): Candidate[] {
  return optionsOf(command)
    .filter(({ name, repeated }) => `--${name}`.startsWith(current) && (repeated || !options.has(name)))
    .map(({ name, summary }) => ({ value: `--${name}`, summary }));
}

function valuesOf(spec: ArgumentSpec | OptionSpec, prefix: string): Pick<Fit, 'candidates' | 'names'> {
  if (spec.choices === undefined) return { candidates: [], names: kindsOf(spec) };
  const typed = prefix.toLowerCase();
  const fitting = spec.choices.filter((choice) => choice.toLowerCase().startsWith(typed));
  return { candidates: fitting.map((value) => ({ value })), names: [] };
}

/** bash gives `--option=value` as three words, and replaces the last one alone. */
function joinAtEquals(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [at, word] of words.entries()) {
    const isBehindOption = joined.at(-1)?.startsWith('--') === true && !joined.at(-1)?.slice(0, -1).includes('=');
    const isEquals = word === '=' && isBehindOption;
    const isValue = words[at - 1] === '=' && joined.at(-1)?.endsWith('=') === true;
    if (isEquals || isValue) joined[joined.length - 1] += word;
    else joined.push(word);
  }
  return joined;
}
