import { type Command, GLOBAL_OPTIONS, type OptionSpec } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { INTRODUCTION } from './manual.ts';
import { wrap } from './wrap.ts';

export interface ManPage {
  readonly name: string;
  readonly text: string;
}

export interface ManOptions {
  readonly version: string;
  /** Of the build, for the foot of each page. */
  readonly date: Date;
}

/** Pages in mdoc(7): varve(1), and one for each command, such as varve-disk-import(1). */
export function manPages(commands: readonly Command[], options: ManOptions): ManPage[] {
  return [
    { name: 'varve.1', text: page([...head('varve', options), ...mainPage(commands)]) },
    ...commands.map((command) => {
      const name = pageName(command);
      return { name: `${name}.1`, text: page([...head(name, options), ...commandPage(command)]) };
    }),
  ];
}

/** Names of the files: package.json has to list them. */
export function manNames(commands: readonly Command[]): string[] {
  return ['varve', ...commands.map(pageName)].map((name) => `${name}.1`);
}

const pageName = ({ path }: Command): string => `varve-${path.replaceAll(' ', '-')}`;

/** Environment variables of all commands. */
const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['VARVE_ENDPOINT', 'The service’s GraphQL endpoint, as --endpoint.'],
  ['VARVE_DATA', 'The data folder, as --data.'],
  ['VARVE_PROFILE', 'The profile, as --profile.'],
  ['TZ', 'The zone in which times are shown. --utc shows them in UTC.'],
  ['NO_COLOR', 'No colours, as --color never.'],
  ['FORCE_COLOR', 'Colours where there is no terminal too, and none if it is 0.'],
  ['VARVE_API_KEY', 'The API key, as --api-key. Other users of the machine do not see it.'],
  ['VARVE_KEY_FILE', 'The key file for encrypted disks that do not use KMS.'],
  ['VARVE_PATIENCE', 'How long to try again, as --patience.'],
  ['VARVE_COMPLETION_TIMEOUT', 'How long completion waits for names. Default: 1.5s.'],
  ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'Proxies on the way to other machines.'],
];

function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function head(name: string, { version, date }: ManOptions): string[] {
  const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  return [`.Dd ${day}`, `.Dt ${name.toUpperCase()} 1`, `.Os Varve ${version}`, '.Sh NAME', `.Nm ${name}`];
}

function mainPage(commands: readonly Command[]): string[] {
  return [
    '.Nd snapshots of disks, deduplicated in object storage',
    '.Sh SYNOPSIS',
    '.Nm',
    '.Ar COMMAND',
    '.Op Ar OPTIONS',
    '.Sh DESCRIPTION',
    ...paragraphs(INTRODUCTION),
    '.Sh COMMANDS',
    ...listOf(commands.map((command) => [`.It Xr ${pageName(command)} 1`, command.summary])),
    '.Sh GLOBAL OPTIONS',
    ...options(GLOBAL_OPTIONS),
    '.Sh ENVIRONMENT',
    ...listOf(ENVIRONMENT.map(([name, summary]) => [`.It Ev ${name}`, summary])),
    '.Sh EXIT STATUS',
    ...listOf(Object.entries(EXIT_CODES).map(([code, meaning]) => [`.It ${code}`, meaning])),
  ];
}

function commandPage(command: Command): string[] {
  const { path, summary, details = [], args, examples, json } = command;
  const synopsis = args.map(({ name, optional, repeated }) => {
    const argument = `Ar ${name}${repeated ? ' ...' : ''}`;
    return optional ? `.Op ${argument}` : `.${argument}`;
  });
  return [
    `.Nd ${inMacro(summary.split('. ')[0] ?? '').replace(/\.$/, '')}`,
    '.Sh SYNOPSIS',
    `.Nm varve ${path}`,
    ...synopsis,
    '.Op Ar OPTIONS',
    '.Sh DESCRIPTION',
    ...paragraphs([summary, ...details]),
    ...listOf(args.map(({ name, summary: what }) => [`.It Ar ${name}`, what])),
    '.Sh OPTIONS',
    ...options(command.options),
    ...paragraphs(['Options of all commands are explained in']),
    '.Xr varve 1 .',
    '.Sh EXIT STATUS',
    '0 if it is done.',
    'Other codes are explained in',
    '.Xr varve 1 .',
    '.Sh EXAMPLES',
    ...examples.flatMap(({ does, line }, at) => [
      ...(at === 0 ? [] : ['.Pp']),
      ...sentences(`${does}:`),
      '.Bd -literal -offset indent',
      `\\&${escaped(line)}`,
      '.Ed',
    ]),
    '.Sh JSON',
    ...sentences(`With --json: ${json}`),
    '.Sh SEE ALSO',
    '.Xr varve 1',
  ];
}

function options(specs: readonly OptionSpec[]): string[] {
  return listOf(
    specs.map(({ name, takes, value, summary, standsAlone }) => {
      const may = standsAlone === true ? ' Op' : '';
      const argument = takes === 'nothing' ? '' : `${may} Ar ${inMacro(value ?? 'VALUE')}`;
      return [`.It Fl -${name}${argument}`, summary];
    }),
  );
}

function listOf(items: readonly (readonly [string, string])[]): string[] {
  if (items.length === 0) return [];
  return ['.Bl -tag -width Ds', ...items.flatMap(([item, text]) => [item, ...sentences(text)]), '.El'];
}

function paragraphs(texts: readonly string[]): string[] {
  return texts.flatMap((text, at) => [...(at === 0 ? [] : ['.Pp']), ...sentences(text)]);
}

/** One sentence a line, so that the formatter sees where each ends. */
function sentences(text: string): string[] {
  return text
    .split(/(?<=[.?!]) (?=\S)/)
    .flatMap((sentence) => wrap(escaped(sentence.replaceAll('`', '')), { columns: 80 }).split('\n'))
    .map((line) => line.replace(/^(?=[.'])/, '\\&'));
}

/** Words in the line of a macro: a short one could be the name of another macro. */
function inMacro(text: string): string {
  return escaped(text)
    .split(' ')
    .map((word) => (/^(.{1,3}|[.,:;!?()[\]|].*)$/.test(word) ? `\\&${word}` : word).replaceAll('"', '\\(dq'))
    .join(' ');
}

/** In roff a backslash begins an escape, and what is not ASCII is written by its number. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/[^\t\n -~]/gu, (character) => {
      const number = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
      return `\\[u${number}]`;
    });
}
