import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasColours } from '../../src/cli/colours.ts';
import { createConsole } from '../../src/cli/console.ts';
import { ProgressLine } from '../../src/cli/progress-line.ts';
import { type Line, line, state, toned, when, whenExactly, whenIn } from '../../src/cli/text.ts';
import { textWidth } from '../../src/cli/text-width.ts';
import { createTimes, relativeText } from '../../src/cli/times.ts';

function consoleOf(terminal: { readonly isTTY: boolean; readonly columns?: number }) {
  const stderr = Object.assign(new PassThrough(), terminal);
  let now = 0;
  const options = { json: false, quiet: false, stdout: new PassThrough(), stderr, now: () => now };
  const console = createConsole(options);
  return {
    console,
    pass: (ms: number) => {
      now += ms;
    },
    told: () => String(stderr.read() ?? ''),
  };
}

it('without a terminal tells progress every few seconds, and once if it stands still', () => {
  const { console, pass, told } = consoleOf({ isTTY: false });
  for (let at = 0; at < 60; at++, pass(500)) console.line('0 %; waits: the disk is full');
  expect(told()).toBe('0 %; waits: the disk is full\n');
  for (let at = 0; at < 50; at++, pass(500)) console.line(`${at} %`);
  expect(told()).toBe('0 %\n20 %\n40 %\n');
});

it('rewrites each line of progress in a terminal', () => {
  const { console, told } = consoleOf({ isTTY: true });
  for (const text of ['1 %', '2 %', undefined]) console.line(text);
  expect(told()).toBe('1 %\r\u001B[2K2 %\r\u001B[2K');
});

it('keeps a line of progress within the terminal, so that the next one takes its place', () => {
  const { console, told } = consoleOf({ isTTY: true, columns: 12 });
  console.line('read 10 MiB of 20 MiB');
  expect(told()).toBe('read 10 Mi…');
});

it('writes whole lines, and takes away one row, where nobody has told the terminal its size', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 0, rows: 0 });
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 0, rows: 0 });
  const console = createConsole({ json: false, quiet: false, stdout, stderr });
  console.line('read 10 MiB of 20 MiB');
  console.line('read 20 MiB of 20 MiB');
  expect(String(stderr.read())).toBe('read 10 MiB of 20 MiB\r\u001B[2Kread 20 MiB of 20 MiB');
  console.redraw(['one', 'two']);
  console.redraw(['three', 'four']);
  expect(String(stdout.read())).toBe('\r\u001B[2Kone\ntwo\n\r\u001B[2A\u001B[Jthree\nfour\n');
  expect(console.columns).toBeUndefined();
});

describe('a result', () => {
  const shown = (lines: readonly Line[], terminal: { isTTY?: boolean; columns?: number }, colours = false) => {
    const stdout = Object.assign(new PassThrough(), terminal);
    const streams = { stdout, stderr: new PassThrough(), colours: { stdout: colours, stderr: false } };
    createConsole({ json: false, quiet: false, ...streams }).result({}, () => lines);
    return String(stdout.read());
  };
  const narrow = { isTTY: true, columns: 24 };

  it.each([
    [
      'a sentence',
      'All blocks match their ids, and their places do.',
      'All blocks match their\nids, and their places\ndo.',
    ],
    ['behind a name', 'Policy   one that takes none yet', 'Policy   one that takes\n         none yet'],
    ['in ideographs', '快照已经完成 磁盘没有改变 可以回滚', '快照已经完成\n磁盘没有改变 可以回滚'],
    [
      'but no command',
      'To go on: varve trash restore s-1m8r4pmpk4rzam8a93rt',
      'To go on:\nvarve trash restore s-1m8r4pmpk4rzam8a93rt',
    ],
    ['but no row', 'd-1m8r4     name of it     AVAILABLE', 'd-1m8r4     name of it     AVAILABLE'],
    ['but no word', 'x'.repeat(30), 'x'.repeat(30)],
  ])('is broken at spaces in a terminal: %s', (_, text, expected) => {
    expect(shown([text], narrow)).toBe(`${expected}\n`);
  });

  it('is one line where no terminal is, or one that has no size', () => {
    const text = 'All blocks match their ids, and their places do.';
    for (const terminal of [{}, { isTTY: true }, { isTTY: true, columns: 0 }])
      expect(shown([text], terminal)).toBe(`${text}\n`);
    expect(shown([], narrow)).toBe('null');
  });

  it('is as wide in colours as without', () => {
    const coloured = shown([line`All blocks of it ${toned('ok', 'match')} their ids.`], narrow, true);
    expect(stripVTControlCharacters(coloured)).toBe('All blocks of it match\ntheir ids.\n');
  });
});

it('takes away all rows of a line that a narrower terminal has broken', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
  const console = createConsole({ json: false, quiet: false, stdout: new PassThrough(), stderr });
  console.line('x'.repeat(39));
  stderr.columns = 20;
  stderr.read();
  console.line(undefined);
  expect(String(stderr.read())).toBe('\r\u001B[1A\u001B[J');
});

describe('progress', () => {
  const step = fc.record({ read: fc.nat(1000), sent: fc.nat(1000), width: fc.integer({ min: 10, max: 200 }) });

  it('never goes back, is never wider than the terminal, and never says 100 %', () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.constantFrom('upload', 'download', 'check'), (all, direction) => {
        const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
        const console = createConsole({ json: false, quiet: false, stdout: new PassThrough(), stderr });
        const totalBytes = all.reduce((sum, { read }) => sum + read, 0);
        const meter = { totalBytes, readBytes: 0, pendingBytes: 0 };
        const rest = { deduplicatedBytes: 2 ** 40, transferredBytes: 2 ** 40, storedBytes: 2 ** 40 };
        const progress = new ProgressLine(direction, 0);
        let last = 0;
        for (const [at, { read, sent, width }] of all.entries()) {
          stderr.columns = width;
          meter.readBytes += read;
          meter.pendingBytes = Math.min(Math.max(meter.pendingBytes + read - sent, 0), meter.readBytes);
          const parts = progress.at({ ...meter, ...rest }, at * 200);
          stderr.read();
          console.line(parts);
          const shown = stripVTControlCharacters(String(stderr.read())).replace('\r', '');
          expect(textWidth(shown)).toBeLessThan(width);
          const percent = Number(/^(\d+) %/.exec(parts[0] ?? '')?.[1]);
          expect(percent).toBeGreaterThanOrEqual(last);
          expect(percent).toBeLessThan(100);
          last = percent;
        }
      }),
    );
  });

  it('loses its last parts first where a terminal is narrow', () => {
    const { console, told } = consoleOf({ isTTY: true, columns: 30 });
    console.line(['37 % of 33.0 GiB', '120 MiB/s', '4:07 left', 'much more']);
    expect(told()).toBe('37 % of 33.0 GiB · 120 MiB/s');
  });
});

describe('times', () => {
  const now = Date.parse('2026-12-01T12:00:00Z');
  const berlin = createTimes({ timeZone: 'Europe/Berlin', now: () => now });

  it('are on the clocks of the reader, with their zone, and how long ago', () => {
    const at = '2026-12-01T08:30:59Z';
    expect(berlin.words(when(at), 'whole')).toBe('2026-12-01 09:30 Europe/Berlin (3 h ago)');
    expect(berlin.words(when(at), 'cell')).toBe('2026-12-01 09:30 (3 h ago)');
    expect(berlin.words(when(at), 'relative')).toBe('3 h ago');
    expect(berlin.words(whenExactly(at), 'whole')).toBe('2026-12-01 09:30:59 Europe/Berlin');
    expect(berlin.words(when(null, 'never'), 'whole')).toBe('never');
  });

  it('of a policy are on its own clocks', () => {
    const next = whenIn('Asia/Kathmandu', '2026-12-01T20:15:00Z');
    expect(berlin.words(next, 'whole')).toBe('2026-12-02 02:00 Asia/Kathmandu (in 8 h)');
  });

  it.each([
    [0, 'now'],
    [-59_999, 'now'],
    [-60_000, '1 min ago'],
    [59 * 60_000, 'in 59 min'],
    [-47 * 3_600_000, '47 h ago'],
    [-48 * 3_600_000, '2 days ago'],
    [60 * 86_400_000, 'in 60 days'],
    [-70 * 86_400_000, '2 months ago'],
    [800 * 86_400_000, 'in 2 years'],
  ])('%d ms are %s', (ms, text) => {
    expect(relativeText(ms)).toBe(text);
  });
});

describe('colours', () => {
  it.each([
    { isTTY: true, environment: {}, coloured: true },
    { isTTY: false, environment: {}, coloured: false },
    { isTTY: true, environment: { NO_COLOR: '1' }, coloured: false },
    { isTTY: true, environment: { NO_COLOR: '' }, coloured: true },
    { isTTY: true, environment: { TERM: 'dumb' }, coloured: false },
    { isTTY: false, environment: { FORCE_COLOR: '1' }, coloured: true },
    { isTTY: true, environment: { FORCE_COLOR: '0' }, coloured: false },
    { isTTY: false, environment: { FORCE_COLOR: '1', NO_COLOR: '1' }, coloured: false },
    { isTTY: false, environment: { NO_COLOR: '1' }, choice: 'always', coloured: true },
    { isTTY: true, environment: { FORCE_COLOR: '1' }, choice: 'never', coloured: false },
  ])('$environment, terminal $isTTY, --color $choice: $coloured', ({ isTTY, environment, choice, coloured }) => {
    expect(hasColours({ isTTY }, { choice, environment })).toBe(coloured);
  });

  it('paint states by what they mean, and no text of others', () => {
    const stdout = new PassThrough();
    const colours = { stdout: true, stderr: true };
    const console = createConsole({ json: false, quiet: false, stdout, stderr: new PassThrough(), colours });
    const hostile = '\u001B[31mFAILED';
    console.result({}, () => [line`${hostile}: ${state('FAILED')}, ${state('IN_USE')}, ${toned('ok', hostile)}`]);
    expect(String(stdout.read())).toBe(
      '\\u{1b}[31mFAILED: \u001B[31mFAILED\u001B[0m, IN_USE, \u001B[32m\\u{1b}[31mFAILED\u001B[0m\n',
    );
  });
});
