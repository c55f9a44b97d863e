import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { createConsole, facts, table } from '../../src/cli/console.ts';
import {
  HIDDEN_CHARACTERS,
  HOSTILE_TEXT,
  startHostileRefusals,
  startHostileService,
} from '../support/hostile-service.ts';
import type { HttpServer } from '../support/http.ts';
import { createPrinter, type Printer } from './printer.ts';

let service: HttpServer;
let refusals: HttpServer;
let print: Printer;
beforeAll(async () => {
  service = await startHostileService();
  refusals = await startHostileRefusals();
  print = await createPrinter();
});
afterAll(async () => {
  await service.close();
  await refusals.close();
  await print.close();
});

const printed = (command: Command, url: string, { json }: { readonly json: boolean }) =>
  print.printed(command, url, { json }).then(({ stdout, stderr }) => stdout + stderr);

const hiddenIn = (output: string) =>
  HIDDEN_CHARACTERS.filter((character) => character !== '\n' && output.includes(character));
const SHOWN = String.raw`\u{1b}[2J`;

/** They ask no service, or end before they show anything of its. */
const WITHOUT_SERVICE = [
  'mount',
  'detach',
  'attachment list',
  'account create',
  'account arrears',
  'account credit',
  'account debit',
  'account threshold',
  'bill close',
  'price set',
  'package add',
  'server trust-clock',
  'metrics',
  'rebuild',
  'completion',
  'login',
  'profile add',
  'profile use',
  'profile list',
  'profile remove',
];
/** And words that the caller gave, or states. */
const NUMBERS_ALONE = [
  ...[
    'console',
    'snapshot diff',
    'quota list',
    'quota set',
    'trash set',
    'objective set',
    'objective remove',
    'job wait',
  ],
];
/** They print JSON without --json. */
const JSON_ALONE = ['audit export'];

/** They are the service, or work on its data folder. */
const SERVERS = ['server', 'tour', 'server backup', 'server restore', 'server move', 'doctor'];
const CLIENTS = COMMANDS.filter(({ path }) => !SERVERS.includes(path)).map(
  (command) => [command.path, command] as const,
);

describe('text of others: every command shows hidden characters of', () => {
  it.each(CLIENTS)('an answer to %s', async (path, command) => {
    const output = await printed(command, service.url, { json: false });
    expect(hiddenIn(output), output).toEqual([]);
    const shown = JSON_ALONE.includes(path) ? String.raw`\u001b[2J` : SHOWN;
    if (![...WITHOUT_SERVICE, ...NUMBERS_ALONE].includes(path)) expect(output).toContain(shown);
  });

  it.each(CLIENTS)('a refusal of %s', async (path, command) => {
    const output = await printed(command, refusals.url, { json: false });
    expect(hiddenIn(output), output).toEqual([]);
    if (!WITHOUT_SERVICE.includes(path)) expect(output).toContain(SHOWN);
  });
});

describe('text of others: JSON', () => {
  const command = (path: string) => COMMANDS.find((candidate) => candidate.path === path) as Command;

  it('has it exactly as the service gave it', async () => {
    const output = await printed(command('disk show'), service.url, { json: true });
    expect(hiddenIn(output)).toEqual([]);
    expect(JSON.parse(output)).toMatchObject({ name: HOSTILE_TEXT, tags: [{ key: HOSTILE_TEXT }] });
  });

  it('of a refusal has it exactly', async () => {
    const output = await printed(command('disk show'), refusals.url, { json: true });
    expect(hiddenIn(output)).toEqual([]);
    expect(JSON.parse(output).error).toMatchObject({ holder: HOSTILE_TEXT });
  });
});

describe('text of others: the console', () => {
  const say = async (isTTY: boolean, act: (console: ReturnType<typeof createConsole>) => void) => {
    const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { isTTY })];
    act(createConsole({ json: false, quiet: false, stdout, stderr }));
    stdout.end();
    stderr.end();
    return [await text(stdout), await text(stderr)];
  };

  it.each(HIDDEN_CHARACTERS)('shows %j in results, notes, progress and failures', async (character) => {
    const shown = `a\\u{${character.codePointAt(0)?.toString(16)}}b`;
    const hostile = `a${character}b`;
    expect(await say(false, (console) => console.result({}, () => [hostile]))).toEqual([`${shown}\n`, '']);
    expect(await say(false, (console) => console.note(hostile))).toEqual(['', `${shown}\n`]);
    expect(await say(true, (console) => console.line(hostile))).toEqual(['', shown]);
    const failure = { exitCode: 1, code: 'Failed', message: hostile, hint: hostile, extra: {} } as const;
    expect(await say(false, (console) => console.failure(failure))).toEqual(['', `varve: ${shown}\n${shown}\n`]);
  });

  it('keeps what people write in their languages', async () => {
    const names = ['Überfluß', 'диск', '磁盘', 'القرص', '👩‍💻', 'a\\u{1b}'];
    expect(await say(false, (console) => console.result({}, () => names))).toEqual([`${names.join('\n')}\n`, '']);
  });

  it('keeps the columns of tables and facts', () => {
    expect(
      table(
        ['NAME', 'SIZE'],
        [
          ['a\u0007', '1'],
          ['long-name', '2'],
        ],
      ),
    ).toEqual(['NAME       SIZE', 'a\\u{7}     1', 'long-name  2']);
    expect(facts([['Name', 'a']])).toEqual([['Name: ', 'a']]);
  });
});
