import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createConsole } from '../../src/cli/console.ts';

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
  for (let at = 0; at < 20; at++, pass(500)) console.line(`${at} %`);
  expect(told()).toBe('0 %\n8 %\n16 %\n');
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
