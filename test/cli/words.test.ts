import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Command, GLOBAL_OPTIONS } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { createConsole } from '../../src/cli/console.ts';
import { describeFailure } from '../../src/cli/exit-codes.ts';
import { inWordsOf, plainText } from '../../src/cli/words/field-names.ts';
import { COMMAND_OF, SCHEMA_WORDS } from '../../src/cli/words/schema-words.ts';
import { ClientError, type ClientErrorCode } from '../../src/client/errors.ts';
import { sizeText } from '../../src/platform/size-text.ts';
import { FAILURES } from './failures.ts';
import { camelCaseIn, rawBytesIn } from './plain-words.ts';

const COLUMNS = 100;
const CODES = Object.keys(FAILURES) as ClientErrorCode[];

/** As a person sees it on a terminal. */
function shown(command: Command, error: unknown): string {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: COLUMNS });
  const stdout = new PassThrough();
  const { path, options } = command;
  const atHand = { path, options: options.map(({ name }) => name) };
  const console = createConsole({ json: false, quiet: false, stdout, stderr });
  console.failure(describeFailure(inWordsOf(command, error), atHand));
  return String(stderr.read());
}

/** The commands and options that a text names and that there are not, or not here. */
function unknownSteps(text: string, command: Command): string[] {
  const words = text.replaceAll(/\s+/g, ' ');
  const commands = [...words.matchAll(/varve ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)/g)].flatMap(([, named = '']) => {
    const found = COMMANDS.some(({ path }) => path === named || path === named.split(' ')[0]);
    return found ? [] : [`varve ${named}`];
  });
  const options = [...words.matchAll(/(?:varve ([a-z][a-z -]*?))?(?: [A-Z\w-]+)*? --([a-z-]+)/g)].flatMap(
    ([, , name = '']) => {
      const known = [...GLOBAL_OPTIONS, ...command.options, ...COMMANDS.flatMap((other) => other.options)];
      return known.some((option) => option.name === name) ? [] : [`--${name}`];
    },
  );
  return [...commands, ...options];
}

/** Names a command, or an option of the command at hand. */
function hasNextStep(hint: string, command: Command): boolean {
  const words = hint.replaceAll(/\s+/g, ' ');
  const named = COMMANDS.some(({ path }) => new RegExp(`varve ${path}\\b`).test(words));
  return named || [...GLOBAL_OPTIONS, ...command.options].some(({ name }) => words.includes(`--${name}`));
}

describe('10.3: what a command says when it is refused', () => {
  it.each(CODES)('%s: in the words of each command, with what to do next', (code) => {
    const bad: string[] = [];
    for (const command of COMMANDS) {
      for (const { message, extra = {} } of FAILURES[code]) {
        const text = shown(command, new ClientError(code, message, extra));
        const [first = '', ...rest] = text.trimEnd().split('\n');
        const whole = describeFailure(inWordsOf(command, new ClientError(code, message, extra)), {
          path: command.path,
          options: command.options.map(({ name }) => name),
        });
        const faults = [
          ...camelCaseIn(text),
          ...rawBytesIn(text),
          ...unknownSteps(whole.hint ?? '', command),
          ...[first, ...rest].filter((line) => line.length > COLUMNS),
          ...(code === 'Interrupted' || hasNextStep(whole.hint ?? '', command) ? [] : [`no next step: ${whole.hint}`]),
        ];
        bad.push(...faults.map((fault) => `${command.path}: ${fault}`));
      }
    }
    expect(bad.slice(0, 10)).toEqual([]);
  });
});

describe('names of the API', () => {
  const folder = join(import.meta.dirname, '../../schema');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll(/"""[\s\S]*?"""|"[^"\n]*"/g, ''));

  it('are all known, so that people do not meet them', () => {
    const words = texts.flatMap((text) => text.match(/\b[a-z]+(?:[A-Z][A-Za-z0-9]*)+\b/g) ?? []);
    expect([...new Set(words)].filter((word) => !SCHEMA_WORDS.has(word))).toEqual([]);
  });

  it.each(Object.entries(COMMAND_OF))('%s is varve %s', (operation, path) => {
    expect(SCHEMA_WORDS.has(operation)).toBe(true);
    expect(COMMANDS.map((command) => command.path)).toContain(path);
  });

  const none = { options: [], args: [] };
  it.each([
    ['is for `expectedVersion` only', 'is for expected version only'],
    ["There is no disk 'sizeBytes'.", "There is no disk 'sizeBytes'."],
    ['Disk d-1 (webData) is held', 'Disk d-1 (webData) is held'],
    ['start them by startInstance', 'start them by varve instance start'],
    ['a file of 3145728 bytes', 'a file of 3 MiB'],
    ['give snapshotIds and sizeBytes', 'give snapshots and size'],
  ])("'%s' becomes '%s'", (text, plain) => {
    expect(plainText(text, none)).toBe(plain);
  });
});

describe('sizes in messages', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1024, '1 KiB'],
    [3145728, '3 MiB'],
    [1572864, '1.5 MiB'],
    [64 * 1024 ** 4, '64 TiB'],
    [1000001, '1,000,001 B'],
    [512 * 1024 * 13, '6.5 MiB'],
  ])('%i is %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
