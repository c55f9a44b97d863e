import { type Command, GLOBAL_OPTIONS, type OptionSpec } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { optionText, usageLine } from './help.ts';
import { MANUAL_COLUMNS, wrap } from './wrap.ts';

/** The manual page of the whole CLI as Markdown: `docs/cli.md` is made of it. */
export function manual(commands: readonly Command[]): string {
  return [
    '# The `varve` command',
    '<!-- Made from the help by `npm run docs:cli`. Change src/cli/commands/ instead. -->',
    ...INTRODUCTION.map(paragraph),
    '## Global options',
    list(GLOBAL_OPTIONS),
    '## Exit codes',
    Object.entries(EXIT_CODES)
      .map(([code, meaning]) => item(code, meaning))
      .join('\n'),
    ...commands.flatMap(commandPage),
    '',
  ].join('\n\n');
}

export const INTRODUCTION = [
  'Results go to standard output. Progress, notes and errors go to standard error. With ' +
    '`--json` the result is one JSON document, and an error is `{"error": {"code", "message", ' +
    '"hint", …}}` on standard error. Names of fields stay as they are.',
  'Sizes are bytes, or have a unit: `4096`, `512MiB`, `10G`, `1.5TiB` (powers of 1024). A ' +
    'disk or snapshot is named by its id. Its name does as well if no other disk or snapshot ' +
    'has it.',
  'On one machine the CLI finds the service by itself, by `endpoint.json` and `admin.key` in ' +
    'the nearest `.varve` folder above the current one. Elsewhere `varve login` keeps an endpoint ' +
    'and a key as a profile, or set `VARVE_ENDPOINT` and `VARVE_API_KEY`. Options come before the ' +
    'environment (`VARVE_ENDPOINT`, `VARVE_DATA`, `VARVE_PROFILE`), that before the folder, and that ' +
    'before the current profile. `varve status` says what decided. `VARVE_KEY_FILE` names the key ' +
    'file for encrypted disks that do not use KMS.',
  'Whatever deletes or overwrites asks first on a terminal: it shows what goes, what stays, and ' +
    'until when it can be brought back. `--yes` asks nothing, and scripts without a terminal are ' +
    'asked nothing. `--dry-run` shows the same and changes nothing. No, Ctrl-D and Ctrl-C change ' +
    'nothing either: exit codes 10, 10 and 130.',
  'While the service or the object store does not answer, a command tries again for five ' +
    'minutes and says so. `--patience` or `VARVE_PATIENCE` sets another time. What the service ' +
    'refuses is not tried again.',
];

function commandPage(command: Command): string[] {
  const { path, summary, details = [], args, options, examples, json } = command;
  return [
    `## varve ${path}`,
    paragraph(summary),
    `    ${usageLine(command)}`,
    ...details.map(paragraph),
    args.map(({ name, summary: what }) => item(name, what)).join('\n'),
    list(options),
    examples.map(({ does, line }) => `${does}:\n\n    ${line}`).join('\n\n'),
    paragraph(`JSON: ${json}`),
  ].filter((part) => part !== '');
}

function list(options: readonly OptionSpec[]): string {
  return options.map((option) => item(optionText(option), option.summary)).join('\n');
}

function paragraph(text: string): string {
  return wrap(text, { columns: MANUAL_COLUMNS });
}

function item(what: string, text: string): string {
  return wrap(`- \`${what}\` ${text}`, { columns: MANUAL_COLUMNS, indent: '  ' });
}
