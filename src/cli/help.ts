import { type ArgumentSpec, type Command, GLOBAL_OPTIONS, type OptionSpec } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { HELP_COLUMNS, wrap } from './wrap.ts';

/** The help of everything (empty path), of a group such as `disk`, or of one command. */
export function helpText(commands: readonly Command[], path: string): string {
  const command = commands.find((candidate) => candidate.path === path);
  if (command) return commandHelp(command);
  const within = path === '' ? commands : commands.filter((candidate) => candidate.path.startsWith(`${path} `));
  return overview(within, path);
}

export function usageLine({ path, args }: Command): string {
  return ['varve', path, ...args.map(argumentText), '[OPTIONS]'].join(' ');
}

function argumentText({ name, optional, repeated }: ArgumentSpec): string {
  const text = repeated ? `${name}...` : name;
  return optional ? `[${text}]` : text;
}

export function optionText({ name, value, takes, standsAlone }: OptionSpec): string {
  if (standsAlone === true) return `--${name} [${value}]`;
  return takes === 'nothing' ? `--${name}` : `--${name} ${value ?? 'VALUE'}`;
}

function commandHelp(command: Command): string {
  const { summary, details = [], args, options, examples } = command;
  return [
    wrap(summary, { columns: HELP_COLUMNS }),
    `Usage: ${usageLine(command)}`,
    ...details.map((paragraph) => wrap(paragraph, { columns: HELP_COLUMNS })),
    section('Arguments', rows(args.map((arg) => [arg.name, arg.summary]))),
    section('Options', rows(options.map((option) => [optionText(option), option.summary]))),
    section('Global options', rows(GLOBAL_OPTIONS.map((option) => [optionText(option), option.summary]))),
    section('Examples', examples.map(({ does, line }) => `  # ${does}\n  ${line}`).join('\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function overview(commands: readonly Command[], path: string): string {
  const title = 'Varve: snapshots of disks, deduplicated in object storage.';
  return [
    path === '' ? title : `Commands of 'varve ${path}'.`,
    `Usage: varve ${path === '' ? 'COMMAND' : `${path} COMMAND`} [OPTIONS]`,
    section('Commands', rows(path === '' ? nouns(commands) : commands.map(({ path: own, summary }) => [own, summary]))),
    section('Global options', rows(GLOBAL_OPTIONS.map((option) => [optionText(option), option.summary]))),
    path === '' ? section('Exit codes', rows(Object.entries(EXIT_CODES))) : '',
    path === ''
      ? "'varve disk' lists the commands of a noun, and 'varve disk list --help' explains\n" +
        "one, with examples. 'ls' is 'list', and 'rm' is 'delete'. 'varve --version'\n" +
        'prints the version, with --json also what it runs on.'
      : `'varve ${path} COMMAND --help' explains one, with examples.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Each noun with its verbs, and each command of one word with what it does. */
function nouns(commands: readonly Command[]): (readonly [string, string])[] {
  const verbs = new Map<string, string[]>();
  const lone = new Map<string, string>();
  for (const { path, summary } of commands) {
    const [noun = '', verb] = path.split(' ');
    if (verb === undefined) lone.set(noun, summary);
    verbs.set(noun, [...(verbs.get(noun) ?? []), ...(verb === undefined ? [] : [verb])]);
  }
  return [...verbs].map(([noun, all]) => {
    const text = [lone.get(noun), all.length === 0 ? undefined : all.join(', ')];
    return [noun, text.filter((part) => part !== undefined).join(' Also: ')];
  });
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}:\n${body}`;
}

/** Up to this width a name has its text beside it. Beside a wider name the text begins below. */
const WIDEST_LEFT = 32;

function rows(lines: readonly (readonly [string, string])[]): string {
  const width = Math.min(Math.max(0, ...lines.map(([left]) => left.length)), WIDEST_LEFT);
  const indent = ' '.repeat(width + 4);
  return lines
    .map(([left, right]) => {
      const [first = '', ...rest] = wrap(right, { columns: HELP_COLUMNS - indent.length }).split('\n');
      const head = left.length > width ? [`  ${left}`, `${indent}${first}`] : [`  ${left.padEnd(width)}  ${first}`];
      return [...head, ...rest.map((line) => `${indent}${line}`)].join('\n');
    })
    .join('\n');
}
