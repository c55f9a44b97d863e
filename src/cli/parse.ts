import { type Command, GLOBAL_OPTIONS, type Input, type OptionSpec } from './command.ts';
import { DURATION_FORM, parseDuration, parseSize } from './sizes.ts';
import { UsageError } from './usage-error.ts';

export interface Parsed {
  readonly command: Command;
  readonly input: Input;
}

/** The command that the words give, or the path whose help they ask for. */
export function parseCommandLine(
  commands: readonly Command[],
  words: readonly string[],
): Parsed | { readonly help: string } {
  const [first] = commandPositions(words);
  if (first !== undefined && words[first] === 'help') {
    return parseCommandLine(commands, [...words.slice(0, first), ...words.slice(first + 1), '--help']);
  }
  const at = commandPositions(words);
  const path = inFull(
    commands,
    at.map((position) => words[position] as string),
  );
  const command = commands.find(({ path: own }) => own === path.slice(0, own.split(' ').length).join(' '));
  if (!command) return { help: groupOf(commands, path, words) };
  const own = new Set(at.slice(0, command.path.split(' ').length));
  const values = readWords(
    command,
    words.filter((_, position) => !own.has(position)),
  );
  if (values.options.has('help')) return { help: command.path };
  checkArguments(command, values.args);
  return { command, input: createInput(command, values) };
}

/** The verbs that people write from habit. */
const SHORT: Readonly<Record<string, readonly string[]>> = { ls: ['list'], rm: ['delete', 'remove'] };

/** `disk ls` is `disk list`. */
function inFull(commands: readonly Command[], [noun, verb, ...rest]: readonly string[]): readonly string[] {
  if (noun === undefined || verb === undefined) return noun === undefined ? [] : [noun];
  const full = SHORT[verb]?.find((one) => commands.some(({ path }) => path === `${noun} ${one}`));
  return [noun, full ?? verb, ...rest];
}

/** Where the first two words are that are neither options nor values of global ones. */
function commandPositions(words: readonly string[]): number[] {
  const positions: number[] = [];
  for (let at = 0; at < words.length && positions.length < 2; at++) {
    const word = words[at] as string;
    const global = GLOBAL_OPTIONS.find(({ name }) => `--${name}` === word);
    if (!word.startsWith('-')) positions.push(at);
    else if (global && global.takes !== 'nothing') at += 1;
  }
  return positions;
}

/** Looks like an option, and is none: whoever gives a number hears what numbers are allowed. */
const NEGATIVE = /^-\d/;

interface Values {
  readonly args: string[];
  readonly options: Map<string, (string | number | true)[]>;
}

/** The group of commands that help is asked for; refuses what is none. */
function groupOf(commands: readonly Command[], path: readonly string[], words: readonly string[]): string {
  const [first, second] = path;
  if (first === undefined) {
    const known = new Set([...GLOBAL_OPTIONS.map(({ name }) => `--${name}`), '-h']);
    const unknown = words.find((word) => word.startsWith('-') && !known.has(word.split('=')[0] as string));
    if (unknown !== undefined) throw new UsageError(`Unknown option ${unknown}.`);
    return '';
  }
  if (!commands.some((command) => command.path.startsWith(`${first} `))) {
    throw new UsageError(`Unknown command '${first}'.${nearest(first, commandWords(commands, 0))}`);
  }
  if (second === undefined) return first;
  const others = commandWords(commands, 1, first);
  throw new UsageError(`Unknown command '${first} ${second}'.${nearest(second, others)}`, first);
}

function commandWords(commands: readonly Command[], at: number, group?: string): string[] {
  const paths = commands.map(({ path }) => path.split(' ')).filter(([first]) => group === undefined || first === group);
  return [...new Set(paths.flatMap((path) => path[at] ?? []))];
}

function readWords(command: Command, words: readonly string[]): Values {
  const values: Values = { args: [], options: new Map() };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') {
      values.args.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-' || NEGATIVE.test(word)) {
      values.args.push(word);
      continue;
    }
    const [name, inline] = splitOption(word);
    const option = findOption(command, name);
    const text = option.takes === 'nothing' ? flagText(name, inline, command) : inline;
    const isAlone = text === undefined && option.standsAlone === true && !/^\d+$/.test(words[at + 1] ?? '');
    if (isAlone) values.options.set(option.name, [true]);
    else note(values, option, text ?? valueWord(words[++at]), command);
  }
  return values;
}

/** A value that begins like an option needs the form `--option=value`. */
function valueWord(word: string | undefined): string | undefined {
  return word?.startsWith('--') ? undefined : word;
}

function splitOption(word: string): [string, string | undefined] {
  if (word === '-h') return ['--help', undefined];
  if (word === '-y') return ['--yes', undefined];
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function findOption(command: Command, word: string): OptionSpec {
  const all = [...command.options, ...GLOBAL_OPTIONS];
  const option = all.find(({ name }) => `--${name}` === word);
  if (option) return option;
  const known = all.map(({ name }) => `--${name}`);
  const argument = command.args.find(({ name }) => `--${name.toLowerCase()}` === word);
  const hint = argument ? ` ${argument.name} is given without an option.` : nearest(word, known);
  throw new UsageError(`Unknown option ${word} for 'varve ${command.path}'.${hint}`, command.path);
}

function flagText(name: string, inline: string | undefined, command: Command): string {
  if (inline !== undefined) throw new UsageError(`${name} takes no value.`, command.path);
  return '';
}

function note({ options }: Values, option: OptionSpec, text: string | undefined, command: Command): void {
  const given = options.get(option.name) ?? [];
  if (given.length > 0 && !option.repeated && option.takes !== 'nothing') {
    throw new UsageError(`--${option.name} is given twice.`, command.path);
  }
  options.set(option.name, [...given, parseValue(option, text, command)]);
}

function parseValue(option: OptionSpec, text: string | undefined, command: Command): string | number | true {
  const { name, takes, choices } = option;
  if (takes === 'nothing') return true;
  if (text === undefined || text === '') {
    throw new UsageError(`--${name} needs a value: --${name} ${option.value ?? 'VALUE'}.`, command.path);
  }
  if (choices) return choice(choices, text, { what: `--${name}`, command });
  if (takes === 'size') return size(`--${name}`, text, command);
  if (takes === 'duration') return duration(`--${name}`, text, command);
  if (takes === 'count') return count(`--${name}`, text, command);
  if (takes === 'tag' && !/^[^=]+(=.*)?$/s.test(text)) {
    throw new UsageError(`--${name} must look like KEY=VALUE, not '${text}'.`, command.path);
  }
  return text;
}

/** The one that is meant, in any case. */
function choice(
  choices: readonly string[],
  text: string,
  { what, command }: { readonly what: string; readonly command: Command },
): string {
  const meant = choices.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (meant !== undefined) return meant;
  throw new UsageError(`${what} must be one of ${choices.join(', ')}, not '${text}'.`, command.path);
}

export function size(what: string, text: string, command: Pick<Command, 'path'>): number {
  const bytes = parseSize(text);
  if (bytes !== undefined) return bytes;
  throw new UsageError(`${what} must be a size such as 10G, 512MiB or 4096, not '${text}'.`, command.path);
}

function duration(what: string, text: string, command: Command): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new UsageError(`${what} must be ${DURATION_FORM}, not '${text}'.`, command.path);
}

function count(what: string, text: string, command: Command): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`${what} must be a whole number above 0, not '${text}'.`, command.path);
}

function checkArguments(command: Command, args: readonly string[]): void {
  const missing = command.args.find((spec, at) => !spec.optional && args.length <= at);
  if (missing) throw new UsageError(`${missing.name} is missing: ${missing.summary}`, command.path);
  const last = command.args.at(-1);
  const extra = args[command.args.length];
  if (extra !== undefined && !last?.repeated) {
    throw new UsageError(
      `Too many arguments: '${extra}' is one more than 'varve ${command.path}' takes.`,
      command.path,
    );
  }
  command.args.forEach(({ name, choices }, at) => {
    const given = args[at];
    if (given === '') throw new UsageError(`${name} must not be empty.`, command.path);
    if (given !== undefined && choices && !choices.includes(given)) {
      throw new UsageError(`${name} must be one of ${choices.join(', ')}, not '${given}'.`, command.path);
    }
  });
}

function createInput(command: Command, { args, options }: Values): Input {
  const declared = new Set([...command.options, ...GLOBAL_OPTIONS].map(({ name }) => name));
  const values = (name: string) => {
    if (!declared.has(name)) throw new Error(`'varve ${command.path}' has no option --${name}`);
    return options.get(name) ?? [];
  };
  return {
    args,
    has: (name) => values(name).length > 0,
    choice: (name, choices) => choices.find((candidate) => values(name).includes(candidate)),
    text: (name) => values(name).find((value) => typeof value === 'string'),
    number: (name) => values(name).find((value) => typeof value === 'number'),
    texts: (name) => values(name).filter((value) => typeof value === 'string'),
  };
}

/** " Did you mean …?" where one word is close, or begins so. */
function nearest(word: string, words: readonly string[]): string {
  const close =
    words.find((other) => distance(word, other) <= 2) ?? words.find((other) => word !== '' && other.startsWith(word));
  return close === undefined ? '' : ` Did you mean '${close}'?`;
}

/** Levenshtein's distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
