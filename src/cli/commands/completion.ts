import type { Command } from '../command.ts';
import { completionScript, SHELLS, type Shell } from '../completion/scripts.ts';

export const completion: Command = {
  path: 'completion',
  summary: 'Print a script that makes the shell complete varve’s commands, options and names.',
  details: [
    'The shell then asks varve what fits. Names of disks, snapshots, images, instances and ' +
      'policies come from the service that the command would use. If it does not answer within ' +
      '1.5 s, or within VARVE_COMPLETION_TIMEOUT, there are none.',
  ],
  args: [{ name: 'SHELL', summary: 'bash, zsh or fish.', choices: SHELLS }],
  options: [],
  examples: [
    { does: 'For this session of bash', line: 'source <(varve completion bash)' },
    { does: 'For zsh, from now on', line: 'varve completion zsh > ~/.zfunc/_varve' },
    { does: 'For fish, from now on', line: 'varve completion fish > ~/.config/fish/completions/varve.fish' },
  ],
  json: '`{shell, script}`.',
  run: async ({ console }, { args }) => {
    const shell = args[0] as Shell;
    const script = completionScript(shell);
    console.result({ shell, script }, () => script.trimEnd().split('\n'));
  },
};
