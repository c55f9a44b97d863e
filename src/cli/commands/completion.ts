import type { Command } from '../command.ts';
import { completionScript, SHELLS, type Shell } from '../completion.ts';

/** Takes all commands, its own included. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    path: 'completion',
    summary: 'Print a script that makes the shell complete varve’s commands and options.',
    args: [{ name: 'SHELL', summary: 'bash, zsh or fish.', choices: SHELLS }],
    options: [],
    examples: [
      { does: 'For this session of bash', line: 'source <(varve completion bash)' },
      { does: 'For fish, from now on', line: 'varve completion fish > ~/.config/fish/completions/varve.fish' },
    ],
    json: '`{shell, script}`.',
    run: async ({ console }, { args }) => {
      const shell = args[0] as Shell;
      const script = completionScript(commands(), shell);
      console.result({ shell, script }, () => script.trimEnd().split('\n'));
    },
  };
}
