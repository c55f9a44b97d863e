import { type Command, GLOBAL_OPTIONS, type OptionSpec } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { optionText, usageLine } from './help.ts';

/** The manual page of the whole CLI as Markdown: `docs/cli.md` is made of it. */
export function manual(commands: readonly Command[]): string {
  return [
    '# The `varve` command',
    '<!-- Made from the help by `npm run docs:cli`. Change src/cli/commands/ instead. -->',
    INTRODUCTION,
    '## Global options',
    list(GLOBAL_OPTIONS),
    '## Exit codes',
    Object.entries(EXIT_CODES)
      .map(([code, meaning]) => `- \`${code}\` ${meaning}`)
      .join('\n'),
    ...commands.flatMap(commandPage),
    '',
  ].join('\n\n');
}

const INTRODUCTION = `Results go to standard output, everything else (progress, notes, errors) to standard error. With \`--json\` the result is
one JSON document, and an error is \`{"error": {"code", "message", "hint", …}}\` on standard error; field names are kept stable.
Sizes are bytes or carry a unit: \`4096\`, \`512MiB\`, \`10G\`, \`1.5TiB\` (powers of 1024). A disk or snapshot is named by its id,
or by its name where only one has it. On one machine the CLI finds the service by itself: by \`endpoint.json\` and \`admin.key\` in the
nearest \`.varve\` folder above the current one. Elsewhere set \`VARVE_ENDPOINT\` and \`VARVE_API_KEY\`; \`VARVE_KEY_FILE\` names the
key file for encrypted disks that do not use KMS.`;

function commandPage(command: Command): string[] {
  const { path, summary, details = [], args, options, examples, json } = command;
  return [
    `## varve ${path}`,
    summary,
    `    ${usageLine(command)}`,
    ...details,
    args.map(({ name, summary: what }) => `- \`${name}\` ${what}`).join('\n'),
    list(options),
    examples.map(({ does, line }) => `${does}:\n\n    ${line}`).join('\n\n'),
    `JSON: ${json}`,
  ].filter((part) => part !== '');
}

function list(options: readonly OptionSpec[]): string {
  return options.map((option) => `- \`${optionText(option)}\` ${option.summary}`).join('\n');
}
