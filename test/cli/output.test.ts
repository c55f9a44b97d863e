import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { LIST_OUTPUT } from '../../src/cli/listing.ts';
import { textWidth } from '../../src/cli/text-width.ts';
import { createTimes } from '../../src/cli/times.ts';
import { startServiceOf } from '../support/hostile-service.ts';
import type { HttpServer } from '../support/http.ts';
import { createPrinter, type Look, type Printer } from './printer.ts';

const LONG_NAME = '数据盘'.repeat(40);
/** 19 minutes past midnight on the next day where the reader is. */
const INSTANT = '2026-11-30T23:19:07.000Z';
const NOW = Date.parse('2026-12-01T02:20:00Z');
const BERLIN = createTimes({ timeZone: 'Europe/Berlin', now: () => NOW });

const answer = (scalar: string, field: string): string => TEXTS[scalar] ?? TEXTS[field] ?? LONG_NAME;
const TEXTS: Readonly<Record<string, string>> = {
  DateTime: INSTANT,
  ID: `d-${'0'.repeat(20)}`,
  perGibMonth: '100000000',
  data: JSON.stringify({ name: LONG_NAME }),
};

let full: HttpServer;
let empty: HttpServer;
let printer: Printer;
beforeAll(async () => {
  full = await startServiceOf({ text: answer, items: 2 });
  empty = await startServiceOf({ text: answer, items: 0 });
  printer = await createPrinter();
});
afterAll(async () => {
  await full.close();
  await empty.close();
  await printer.close();
});

/** By an id, as no two things have one name here, and without filters. */
const POLICY = `sp-${'0'.repeat(20)}`;
const LINES: Readonly<Record<string, readonly string[]>> = {
  'snapshot list': ['snapshot', 'list'],
  'policy disks': ['policy', 'disks', POLICY],
  'policy runs': ['policy', 'runs', POLICY],
  'policy slots': ['policy', 'slots', POLICY],
  'quota list': ['quota', 'list'],
};
const printed = (command: Command, url: string, look: Look) =>
  printer.printed(command, url, { ...look, line: LINES[command.path] });

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const withPath = (command: Command) => [command.path, command] as const;

/** They list, whatever their names are. */
const OTHERS = ['watch', 'events', 'webhook deliveries', 'image list-exports', 'policy disks', 'policy runs'];
const MORE = ['policy slots', 'advice unprotected', 'advice forgotten'];
const LISTS = COMMANDS.filter(({ path }) => path.endsWith(' list') || [...OTHERS, ...MORE].includes(path));
/** What they list is on this machine, and there is nothing in the test's folder. */
const HERE = ['attachment list', 'profile list'];
const SERVED = LISTS.filter(({ path }) => !HERE.includes(path)).map(withPath);

describe('every list', () => {
  it.each(LISTS.map(withPath))('%s takes the options of lists', (_, { options }) => {
    expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(LIST_OUTPUT.map(({ name }) => name)));
  });

  it.each(SERVED)('%s fits 80 columns, whatever names are', async (_, command) => {
    const { stdout } = await printed(command, full.url, { columns: 80, times: BERLIN });
    expect(linesOf(stdout).length).toBeGreaterThan(1);
    for (const line of linesOf(stdout)) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });

  it.each(SERVED)('%s is whole with --wide', async (_, command) => {
    const wide = await printed(command, full.url, { columns: 80, words: ['--wide'] });
    const piped = await printed(command, full.url, {});
    expect(wide.stdout).toBe(piped.stdout);
  });

  it.each(SERVED)('%s has JSON, a line for each row, and CSV with whole instants', async (_, command) => {
    const said = async (...words: string[]) =>
      (await printed(command, full.url, { json: words.includes('--json'), words, times: BERLIN })).stdout;
    expect(Object.values(JSON.parse(await said('--json'))).some(Array.isArray)).toBe(true);
    const rows = linesOf(await said('--jsonl'));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) JSON.parse(row);
    const csv = linesOf(await said('--csv'));
    expect(csv.length).toBe(rows.length + 1);
    expect(csv.join('\n')).not.toMatch(/ ago|\bin \d|2026-12-01/);
    expect(linesOf(await said('--csv', '--no-header')).length).toBe(rows.length);
    const [column = ''] = csv[0]?.split(',') ?? [];
    const only = linesOf(await said('--csv', '--columns', column.replaceAll('_', '-')));
    expect(only[0]).toBe(column);
  });

  it.each(LISTS.map(withPath))('%s says what would fill it, if it is empty', async (path, command) => {
    const { stdout } = await printed(command, empty.url, { columns: 80 });
    const line = linesOf(stdout).join(' ');
    const sentences = line.split(/\. (?=[A-Z\w])/).length;
    if (!GOOD_IF_EMPTY.includes(path)) expect(sentences, line).toBeGreaterThan(1);
    expect(line).toMatch(/\.$/);
  });
});

/** Nothing is missing there. */
const GOOD_IF_EMPTY = [...['advice unprotected', 'advice forgotten', 'watch', 'webhook deliveries', 'quota list']];

/** They are the service, or work on its data folder. */
const SERVERS = ['server', 'demo', 'server backup', 'server restore', 'server move', 'doctor'];
/** They print what programs read. */
const FOR_PROGRAMS = ['audit export', 'bill export', 'metrics', 'completion'];
const SHOWN = COMMANDS.filter(({ path }) => ![...SERVERS, ...FOR_PROGRAMS].includes(path)).map(withPath);

const PAID = ['price list', 'package list', 'policy list'];

const TIME = /(?<clock>\d{4}-\d\d-\d\d \d\d:\d\d)(?<seconds>:\d\d)?(?<zone> Europe\/Berlin| UTC)?(?<age> \([^)]*\))?/g;

describe('times', () => {
  it.each(SHOWN)('%s shows instants in one form, on the clocks of the reader', async (path, command) => {
    const { stdout } = await printed(command, full.url, { times: BERLIN });
    expect(stdout).not.toMatch(/\d{4}-\d\d-\d\dT/);
    for (const [text, clock, seconds, zone, age] of stdout.matchAll(TIME)) {
      // What is paid for goes by UTC, as does a policy in a zone that is none.
      const isUtc = zone === ' UTC' || (zone === undefined && PAID.includes(path) && clock?.startsWith('2026-11'));
      expect(clock, text).toBe(isUtc ? '2026-11-30 23:19' : '2026-12-01 00:19');
      expect(age ?? 'none', text).toBe(seconds === undefined ? ' (3 h ago)' : 'none');
    }
  });
});
