import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript, SHELLS } from '../../src/cli/completion/scripts.ts';
import { LAUNCHER } from '../support/launcher.ts';
import { describeWith } from '../support/programs.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

const run = promisify(execFile);
let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  await cli.json('disk', 'create', 'web-root', '--size', '1M');
  await cli.json('disk', 'create', 'web-data', '--size', '1M');
  await cli.json('disk', 'create', 'quoted $(touch pwned) `touch pwned`', '--size', '1M');
  const bin = cli.path('bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'varve'), `#!/bin/sh\nexec '${process.execPath}' '${LAUNCHER}' "$@"\n`);
  chmodSync(join(bin, 'varve'), 0o755);
  for (const shell of SHELLS) writeFileSync(cli.path(shell), completionScript(shell));
  writeFileSync(cli.path('image-of-web'), '');
});
afterAll(() => cli.close());

/** A shell in the folder of the harness that finds the script under its own name. */
async function shell(name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const PATH = [cli.path('bin'), process.env.PATH ?? ''].join(delimiter);
  const env = {
    ...process.env,
    ...cli.environment,
    PATH,
    HOME: cli.folder,
    TERM: 'dumb',
    VARVE_COMPLETION_TIMEOUT: '1m',
    ...more,
  };
  const { stdout, stderr } = await run(name, args, { cwd: cli.folder, env, timeout: 60_000 });
  expect(stderr).toBe('');
  expect(existsSync(cli.path('pwned'))).toBe(false);
  return stdout.split('\n').filter((line) => line !== '');
}

const NOWHERE = { VARVE_ENDPOINT: 'http://127.0.0.1:9/graphql' };
const QUOTED = 'quoted $(touch pwned) `touch pwned`';

describe('bash', () => {
  /** The words as readline gives them. */
  const complete = (words: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const script = 'source ./bash; COMP_WORDS=(varve "$@"); COMP_CWORD=$#; _varve; printf "%s\\n" "${COMPREPLY[@]}"';
    return shell('bash', ['--norc', '-c', script, 'bash', ...words], more);
  };

  it('completes commands, options, values, names and files', async () => {
    expect(await complete(['di'])).toEqual(['disk']);
    expect(await complete(['disk', 'export', '--fo'])).toEqual(['--force', '--format']);
    expect(await complete(['disk', 'list', '--status', '=', 'in'])).toEqual(['IN_USE']);
    expect((await complete(['disk', 'show', 'web-'])).sort()).toEqual(['web-data', 'web-root']);
    expect(await complete(['disk', 'import', 'image-'])).toEqual(['image-of-web']);
  });

  it('quotes a name, and runs nothing that is in it', async () => {
    const [quoted] = await complete(['disk', 'show', 'quo']);
    expect(await shell('bash', ['--norc', '-c', `printf '%s\\n' ${quoted}`])).toEqual([QUOTED]);
    expect(await complete(['disk', 'show', 'quoted\\ $'])).toEqual([quoted]);
  });

  it('is silent if no service answers', async () => {
    expect(await complete(['disk', 'show', 'web-'], NOWHERE)).toEqual([]);
  });
});

describeWith(['fish'], 'fish', () => {
  const complete = (line: string, more: NodeJS.ProcessEnv = {}) =>
    shell('fish', ['--no-config', '-c', 'source ./fish; complete -C "$argv[1]"', line], more);

  it('completes commands, options, values, names and files', async () => {
    expect(await complete('varve di')).toEqual([expect.stringMatching(/^disk\t/)]);
    expect(await complete('varve disk export --forc')).toEqual([expect.stringMatching(/^--force\t/)]);
    expect(await complete('varve disk list --status in')).toEqual(['IN_USE']);
    expect(await complete('varve disk list --status=in')).toEqual(['--status=IN_USE']);
    expect((await complete('varve disk show web-')).map((line) => line.split('\t')[0]).sort()).toEqual([
      'web-data',
      'web-root',
    ]);
    expect(await complete('varve disk import image-')).toEqual([expect.stringMatching(/^image-of-web/)]);
  });

  it('gives a name as it is, and runs nothing that is in it', async () => {
    expect((await complete('varve disk show quo')).map((line) => line.split('\t')[0])).toEqual([QUOTED]);
  });

  it('is silent if no service answers', async () => {
    expect(await complete('varve disk show web-', NOWHERE)).toEqual([]);
  });
});

describeWith(['zsh'], 'zsh', () => {
  /** Typed on a terminal of its own, with a Tab at the end: what the line is then. */
  const complete = (typed: string, more: NodeJS.ProcessEnv = {}) =>
    shell('zsh', ['-f', cli.path('zsh-types'), typed], more);

  beforeAll(() => {
    // The line is printed by a widget, so that nothing depends on how a terminal draws it.
    writeFileSync(
      cli.path('zsh-types'),
      `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./zsh'
zpty -w shell 'show() { print -r -- "$BUFFER" > ./zsh-line; }; zle -N show; bindkey "^Xs" show'
zpty -w shell 'rm -f ./zsh-line; touch ./zsh-ready'
while [[ ! -e ./zsh-ready ]]; do sleep 0.1; done
rm ./zsh-ready
zpty -w -n shell "$1"$'\\t\\Cxs'
for try in {1..300}; do [[ -s ./zsh-line ]] && break; sleep 0.1; done
cat ./zsh-line; rm ./zsh-line
zpty -d shell
`,
    );
  });

  it('completes commands, options, values, names and files', async () => {
    expect(await complete('varve di')).toEqual(['varve disk ']);
    expect(await complete('varve disk export --forc')).toEqual(['varve disk export --force ']);
    expect(await complete('varve disk list --status in')).toEqual(['varve disk list --status IN_USE ']);
    expect(await complete('varve disk show web-r')).toEqual(['varve disk show web-root ']);
    expect(await complete('varve disk import image-')).toEqual(['varve disk import image-of-web ']);
  });

  it('quotes a name, and runs nothing that is in it', async () => {
    const [line] = await complete('varve disk show quo');
    expect(await shell('zsh', ['-f', '-c', `print -rl -- ${line?.replace('varve disk show ', '')}`])).toEqual([QUOTED]);
  });

  it('is silent if no service answers', async () => {
    expect(await complete('varve disk show web-r', NOWHERE)).toEqual(['varve disk show web-r']);
  });
});
