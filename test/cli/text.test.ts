import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { createConsole } from '../../src/cli/console.ts';
import { describeFailure, EXIT_CODES, exitCodeOf } from '../../src/cli/exit-codes.ts';
import { helpText } from '../../src/cli/help.ts';
import { manNames } from '../../src/cli/man.ts';
import { manual } from '../../src/cli/manual.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { ProgressLine } from '../../src/cli/progress-line.ts';
import { formatDuration, formatSize, parseSize } from '../../src/cli/sizes.ts';
import { uploadFailure } from '../../src/cli/upload-failure.ts';
import { wrap } from '../../src/cli/wrap.ts';
import { CLIENT_ERROR_CODES, ClientError } from '../../src/client/errors.ts';
import { ERROR_CODES } from '../../src/platform/errors.ts';
import { isApiKeyId } from '../../src/service/accounts/credentials.ts';

describe('sizes', () => {
  it.each([
    ['4096', 4096],
    ['1B', 1],
    ['10G', 10 * 1024 ** 3],
    ['10GB', 10 * 1024 ** 3],
    ['512MiB', 512 * 1024 ** 2],
    ['1.5TiB', 1.5 * 1024 ** 4],
    ['2k', 2048],
    ['64T', 64 * 1024 ** 4],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', 'G', '10 X', '-1', '0', '1e9', '1.0000001k', '99999P', 'ten', '10iB'])("'%s' is none", (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '0.98 KiB'],
    [524288, '512 KiB'],
    [4 * 1024 ** 3, '4.00 GiB'],
    [64 * 1024 ** 4, '64.0 TiB'],
  ])('%i bytes are shown as %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  it.each([
    [0.2, '1 s'],
    [59.2, '1:00'],
    [247, '4:07'],
    [3909, '1:05:09'],
  ])('%d seconds are shown as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('the progress line', () => {
  const progress = {
    totalBytes: 4096,
    readBytes: 1024,
    pendingBytes: 0,
    deduplicatedBytes: 512,
    transferredBytes: 256,
    storedBytes: 100,
  };

  it('tells rate, remaining time and what became of the bytes', () => {
    expect(new ProgressLine('upload', 0).at(progress, 1000).join(' · ')).toBe(
      '25 % of 4.00 KiB · 1.00 KiB/s · 3 s left · 1.00 KiB read · 512 B deduplicated · 256 B uploaded (100 B stored)',
    );
  });

  it('does without what is not known', () => {
    const line = new ProgressLine('download', 0).at({ ...progress, totalBytes: undefined }, 1000);
    expect(line.join(' · ')).toBe(
      '1.00 KiB · 1.00 KiB/s · 1.00 KiB written · 512 B deduplicated · 256 B downloaded (100 B stored)',
    );
  });

  it('goes by what is through all phases', () => {
    expect(new ProgressLine('upload', 0).at({ ...progress, pendingBytes: 512 }, 1000)[0]).toBe('12 % of 4.00 KiB');
  });
});

describe('exit codes', () => {
  it.each([...Object.keys(ERROR_CODES), ...Object.keys(CLIENT_ERROR_CODES)])(
    '%s has one that is documented',
    (code) => {
      expect(Object.keys(EXIT_CODES)).toContain(String(exitCodeOf(code)));
      expect(exitCodeOf(code)).not.toBe(0);
    },
  );

  it('tell a fault of the program from all others', () => {
    expect(describeFailure(new Error('oops'))).toMatchObject({ exitCode: 1, code: 'Failed', message: 'oops' });
    expect(describeFailure(new ClientError('NotFound', 'gone'))).toMatchObject({ exitCode: 3, code: 'NotFound' });
  });
});

it('a console whose standard error cannot be written goes on', async () => {
  const tries: string[] = [];
  const stderr = new Writable({
    autoDestroy: false,
    write: (chunk, _, done) => {
      tries.push(String(chunk));
      done(new Error('ENOSPC: no space left on device, write'));
    },
  });
  const console = createConsole({ json: false, quiet: false, stdout: new PassThrough(), stderr });
  console.note('one');
  await new Promise(setImmediate);
  console.failure({ exitCode: 1, code: 'Failed', message: 'two', extra: {} });
  await new Promise(setImmediate);
  expect(tries[0]).toBe('one\n');
});

describe('the end of an upload before its time', () => {
  const disk = { id: 'd-1', name: 'data' };
  const { signal } = new AbortController();
  const told = (error: Error, isNew: boolean) => (uploadFailure(error, { disk, isNew, signal }) as Error).message;

  it.each([
    ['KEPT', 'Running the same command again goes on from here.'],
    ['NOTHING', 'Running the same command again starts from the beginning.'],
    ['UNCERTAIN', 'The disk may have the new contents already. varve disk show says whether its version has changed.'],
  ])('says what is %s', (kept, text) => {
    expect(told(new ClientError('Interrupted', 'Stopped.', { kept }), false)).toBe(`Stopped. ${text}`);
  });

  it('names a disk that was made for it, whatever the failure was', () => {
    const left =
      'Disk d-1 (data) was made for this and stays: the same command uses it if it is still empty, and varve disk delete d-1 deletes it.';
    expect(told(new Error('Oops.'), true)).toBe(`Oops. ${left}`);
    expect(told(new ClientError('Unreachable', 'Away.'), true)).toBe(`Away. ${left}`);
    expect(told(new Error('Oops.'), false)).toBe('Oops.');
  });

  it('is an interruption where Ctrl-C broke off the pipe as well', () => {
    const reason = new ClientError('Interrupted', 'Stopped.', { signal: 'SIGINT' });
    const short = new ClientError('SourceTooShort', 'The source ended.', { kept: 'KEPT' });
    expect(uploadFailure(short, { disk, isNew: false, signal: AbortSignal.abort(reason) })).toMatchObject({
      code: 'Interrupted',
      message: 'Stopped. Running the same command again goes on from here.',
      extra: { signal: 'SIGINT', diskId: 'd-1' },
    });
  });
});

describe('help', () => {
  it.each(COMMANDS.map(({ path }) => path))('of %s has an example that parses', (path) => {
    const command = COMMANDS.find((candidate) => candidate.path === path);
    expect(helpText(COMMANDS, path)).toContain('Examples:');
    for (const { line } of command?.examples ?? []) {
      const own = /varve [^|>)]*/.exec(line)?.[0].trim().replace('varve ', '').replaceAll("'", '') ?? '';
      expect(parseCommandLine(COMMANDS, own.split(' '))).toHaveProperty('command.path', path);
    }
  });

  it.each(['', 'disk', 'snapshot', ...COMMANDS.map(({ path }) => path)])(
    "of '%s' fits 80 columns, but for examples",
    (path) => {
      const [before = ''] = helpText(COMMANDS, path).split('\nExamples:');
      expect(before.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  it('of everything names each command by its noun', () => {
    const text = helpText(COMMANDS, '').replaceAll(/\s+/g, ' ');
    for (const { path } of COMMANDS) for (const word of path.split(' ')) expect(text).toContain(word);
  });

  it.each(COMMANDS.map((command) => [command.path, command] as const))('of %s has short sentences', (_, command) => {
    const { summary, details = [], args, options } = command;
    const texts = [summary, ...details, ...[...args, ...options].map((one) => one.summary)];
    const sentences = texts.flatMap((text) => text.split(/(?<=[.:]) /));
    expect(sentences.filter((sentence) => sentence.split(' ').length > 35)).toEqual([]);
  });

  it.each([
    ['a b c', 3, ['a b', 'c']],
    ['a bcdef g', 3, ['a', 'bcdef', 'g']],
    ['a b c d', 5, ['a b c', '  d']],
    ['', 5, ['']],
  ])("wraps '%s' at %i", (text, columns, lines) => {
    const indent = lines.at(-1)?.startsWith('  ') ? '  ' : '';
    expect(wrap(text, { columns, indent })).toBe(lines.join('\n'));
  });

  it('names ids in its examples as the service gives them', () => {
    const example = (path: string) =>
      COMMANDS.find((command) => command.path === path)
        ?.examples[0]?.line.split(' ')
        .at(-1) ?? '';
    expect(example('key revoke')).toSatisfy(isApiKeyId);
    for (const [path, prefix] of [
      ['job show', 'j'],
      ['scrub show', 'sc'],
      ['scrub cancel', 'sc'],
    ] as const) {
      expect(example(path)).toMatch(new RegExp(`^${prefix}-[0-9a-hjkmnp-tv-z]{20}$`));
    }
  });

  it('is what docs/cli.md says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8');
    expect(page, 'run npm run docs:cli').toBe(manual(COMMANDS));
  });

  it('is manual pages too, which package.json lists', () => {
    const { man } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(man, 'run npm run docs:cli').toEqual(manNames(COMMANDS).map((name) => `dist/man/${name}`));
  });
});
