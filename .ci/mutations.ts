import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { mutated } from '../test/mutations/apply.ts';
import { MUTATIONS, type Mutation } from '../test/mutations/list.ts';

/**
 * Breaks the engine on purpose, one rule at a time, in a copy of the sources, and runs the proofs
 * on it until one of them goes red: `npm run test:mutations`, or some:
 * `npm run test:mutations -- 'I3|I4' grace`. Fails if any break goes unnoticed.
 * `docs/breaks.md` keeps what was found.
 */
const TIERS = [
  [
    'narrow',
    'wrong-clocks',
    'undo',
    'ledger',
    'sizes',
    'tree',
    'object-form',
    'scrub',
    'new-blocks',
    'persist',
    'copies',
    'trash',
  ],
  ['faults'],
  ['races.long'],
  ['histories.long'],
].map((names) => names.map((name) => `test/engine/${name}.test.ts`));
/** Each tier takes seconds when nothing is broken, and the machine is idle. */
const TEST_LIMIT_MS = 4 * 60_000;
const LIMIT_MS = 4 * TEST_LIMIT_MS;

const root = resolve(import.meta.dirname, '..');
const words = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ rule, broken }) => words.every((word) => fits(`${rule} ${broken}`, word)));

const copy = mkdtempSync(join(tmpdir(), 'varve-mutations-'));
try {
  for (const part of ['src', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(
    join(copy, 'vitest.config.ts'),
    // Longer than any test takes on a busy machine: one that only was slow has noticed nothing.
    `export default { test: { pool: "forks", testTimeout: ${TEST_LIMIT_MS}, include: ["test/engine/*.test.ts"] } };\n`,
  );
  const untouched = proofs();
  if (untouched !== undefined) {
    // with the seed
    if (existsSync(join(copy, 'report.json'))) console.error(readFileSync(join(copy, 'report.json'), 'utf8'));
    throw new Error(`fails without any change: ${untouched}`);
  }
  const survivors = chosen.filter((mutation) => !isCaught(mutation));
  console.log(`\n${chosen.length - survivors.length} caught, ${survivors.length} not`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true });
}

/** `I3|I4`: either. */
function fits(text: string, word: string): boolean {
  return word.split('|').some((part) => text.includes(part));
}

function isCaught(mutation: Mutation): boolean {
  const files = mutated(root, mutation);
  for (const [file, text] of files) writeFileSync(join(copy, file), text);
  const by = proofs();
  for (const file of files.keys()) cpSync(join(root, file), join(copy, file));
  console.log(`| ${mutation.rule} | ${mutation.broken} | ${by ?? 'NOTHING'} |`);
  return by !== undefined;
}

/** The first test that fails; undefined when all hold. */
function proofs(): string | undefined {
  for (const files of TIERS) {
    const failed = failureOf(files);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

function failureOf(files: readonly string[]): string | undefined {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--bail=1', '--reporter=json', `--outputFile=${report}`, ...files],
    {
      cwd: copy,
      stdio: 'ignore',
      timeout: LIMIT_MS,
      env: {
        VARVE_HISTORIES: '600',
        VARVE_RACES: '600',
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
      },
    },
  );
  if (status === 0) return undefined;
  if (status === null) return `${files.join(', ')}: comes to no end`;
  return failureIn(readFileSync(report, 'utf8'));
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function failureIn(text: string): string {
  const { testResults } = JSON.parse(text) as Report;
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (failed === undefined) continue;
    const endless = failed.failureMessages.some((text) => text.includes('timed out')) ? ' (comes to no end)' : '';
    return `${name.replace(/^.*\/test\//, '')}: ${failed.title}${endless}`;
  }
  throw new Error(`the proofs could not be run: ${testResults.map(({ message }) => message).join('; ')}`);
}
