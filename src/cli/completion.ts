import { type Command, GLOBAL_OPTIONS } from './command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that makes the shell complete commands, options and file names. */
export function completionScript(commands: readonly Command[], shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return `#compdef varve\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case 'fish':
      return fish(commands);
  }
}

function bash(commands: readonly Command[]): string {
  const groups = [...groupWords(commands)].map(
    ([group, words]) => `    ${group === '' ? '""' : group}) words="${words.join(' ')}" ;;`,
  );
  const options = commands.map(({ path, options: own }) => `    "${path}") words="${optionWords(own).join(' ')}" ;;`);
  return `_varve() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=""
  local first=\${COMP_WORDS[1]} second=\${COMP_WORDS[2]}
  if [[ $current == -* ]]; then
    local path="$first $second"
    case $first in ${singles(commands).join('|')}) path=$first ;; esac
    case $path in
${options.join('\n')}
    *) words="${optionWords([]).join(' ')}" ;;
    esac
  elif [[ $COMP_CWORD -eq 1 ]]; then
    words="${[...new Set(commands.map(({ path }) => path.split(' ')[0]))].join(' ')}"
  elif [[ $COMP_CWORD -eq 2 ]]; then
    case $first in
${groups.join('\n')}
    esac
  fi
  if [[ -n $words ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _varve varve
`;
}

function fish(commands: readonly Command[]): string {
  const firsts = [...new Set(commands.map(({ path }) => path.split(' ')[0] as string))];
  return [
    ...firsts.map((word) => `complete -c varve -n __fish_use_subcommand -f -a ${word}`),
    ...commands.flatMap((command) => fishCommand(command, firsts)),
    ...GLOBAL_OPTIONS.map(
      ({ name, takes, summary }) =>
        `complete -c varve -l ${name}${takes === 'nothing' ? '' : ' -r'} -d ${quote(summary)}`,
    ),
    '',
  ].join('\n');
}

function fishCommand({ path, summary, options }: Command, firsts: readonly string[]): string[] {
  const [first, second] = path.split(' ') as [string, string | undefined];
  const seen =
    second === undefined
      ? `__fish_seen_subcommand_from ${first}`
      : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
  const lines = options.map(
    ({ name, takes, summary: what }) =>
      `complete -c varve -n '${seen}' -l ${name}${takes === 'nothing' ? '' : ' -r'} -d ${quote(what)}`,
  );
  if (second === undefined || !firsts.includes(first)) return lines;
  return [`complete -c varve -n '__fish_seen_subcommand_from ${first}' -f -a ${second} -d ${quote(summary)}`, ...lines];
}

function groupWords(commands: readonly Command[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { path, args } of commands) {
    const [first, second] = path.split(' ') as [string, string | undefined];
    const words = second === undefined ? (args[0]?.choices ?? []) : [second];
    if (words.length > 0) groups.set(first, [...(groups.get(first) ?? []), ...words]);
  }
  return groups;
}

function singles(commands: readonly Command[]): string[] {
  return commands.map(({ path }) => path).filter((path) => !path.includes(' '));
}

function optionWords(options: Command['options']): string[] {
  return [...options, ...GLOBAL_OPTIONS].map(({ name }) => `--${name}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
