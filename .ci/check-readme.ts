import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type SnippetCommand, snippetCommands } from './snippets.ts';

/**
 * What the documents tell a reader to type must be there: npm scripts, programs, and commands and
 * options of `varve`, which are asked for their help.
 */
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md'];
const NPM_OWN = new Set(['ci', 'install', 'link', 'pack']);
const SHELL_OWN = new Set(['cd', 'export', 'kill', 'wait', 'exit', 'source']);

const { scripts, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};

const checked = DOCUMENTS.flatMap((document) =>
  snippetCommands(readFileSync(document, 'utf8')).map((command) => ({
    document,
    command,
    problem: problemOf(command),
  })),
);
const wrong = checked.filter(({ problem }) => problem !== undefined);
for (const { document, command, problem } of wrong) {
  console.error(`${document}:${command.line}: ${command.words.join(' ')}: ${problem}`);
}
console.log(`${checked.length} commands in ${DOCUMENTS.join(', ')}, ${wrong.length} wrong`);
if (checked.length === 0) throw new Error('No commands were seen: the check itself is broken.');
process.exitCode = wrong.length === 0 ? 0 : 1;

function problemOf({ words }: SnippetCommand): string | undefined {
  const [program = '', ...rest] = words;
  if (program === 'npm') return problemOfNpm(rest);
  if (program === 'npx') return problemOf({ line: 0, words: rest });
  if (program in bin) return problemOfOwn(program, rest);
  if (SHELL_OWN.has(program)) return undefined;
  if (program.includes('/')) return existsSync(program) ? undefined : 'no such file';
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0 ? undefined : 'no such program';
}

function problemOfNpm([verb = '', script = '']: readonly string[]): string | undefined {
  if (NPM_OWN.has(verb)) return undefined;
  const name = verb === 'run' ? script : verb;
  return name in scripts ? undefined : `no script ${name}`;
}

/**
 * `varve disk import x.img --name x`: `disk import` must have a help text, and that must name
 * `--name`.
 */
function problemOfOwn(program: string, words: readonly string[]): string | undefined {
  const own = words[0]?.startsWith('-') ? [] : words;
  const help = [2, 1, 0]
    .map((length) => own.slice(0, length))
    .filter((path) => path.every((word) => /^[a-z-]+$/.test(word)))
    .map((path) => spawnSync('node', [bin[program] ?? '', ...path, '--help'], { encoding: 'utf8' }))
    .find(({ status }) => status === 0);
  if (!help) return 'no such command';
  const text = help.stdout + help.stderr;
  const strange = words
    .filter((word) => /^--[a-z]/.test(word))
    .find((word) => !text.includes(word.split('=')[0] ?? ''));
  return strange === undefined ? undefined : `no option ${strange}`;
}
