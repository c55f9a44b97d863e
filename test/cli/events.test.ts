import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../src/cli/execute.ts';
import { interrupted } from '../../src/client/errors.ts';
import { placeAll } from '../support/events.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { BEHAVIOURS, isSigned, type Receiver, startReceiver } from '../support/receiver.ts';
import { deliver } from '../support/webhooks.ts';
import { type CliHarness, createCliHarness, until } from './harness.ts';

let cli: CliHarness;
let receiver: Receiver;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());
beforeEach(async () => {
  receiver = await startReceiver();
  return () => receiver.close();
});

async function happen(): Promise<string> {
  const { id } = await createSnapshot(cli.account, (await createDisk(cli.account)).id);
  await placeAll(cli.api.service);
  return id;
}

describe('8.5: varve events', () => {
  test('8.5: the last events come with the oldest first', async () => {
    const [first, second] = [await happen(), await happen()];
    const { events } = await cli.json('events', '--limit', '2');
    expect(events.map(({ subject }: { subject: { id: string } }) => subject.id)).toEqual([first, second]);
    expect(events[0].data).toMatchObject({ kind: 'MANUAL' });
    const { stdout } = await cli.run(['events', '--subject', first]);
    expect(stdout).toMatch(/snapshot\.accomplished {2}s-/);
  });

  test('8.5: --follow goes on with what comes, until it is stopped', async () => {
    const before = await happen();
    const stop = new AbortController();
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const seen: string[] = [];
    stdout.setEncoding('utf8').on('data', (piece: string) => void seen.push(piece));
    const surroundings = { cwd: process.cwd(), signal: stop.signal, onHangup: () => undefined };
    const code = execute(['events', '--follow', '--json', '--limit', '1'], {
      environment: { ...process.env, ...cli.environment },
      stdout,
      stderr,
      ...surroundings,
    });
    await until(async () => seen.join('').includes(before), 'the past');
    const after = await happen();
    await until(async () => seen.join('').includes(after), 'what comes');
    stop.abort(interrupted());
    stderr.end();
    expect([await code, await text(stderr)]).toEqual([0, '']);
    expect(seen.join('').trim().split('\n')).toHaveLength(2);
  });

  test('8.5: a type that there is not is refused by the name of its option', async () => {
    expect(await cli.run(['events', '--type', 'nothing'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--type'),
    });
  });
});

describe('8.5: varve webhook', () => {
  test('8.5: a receiver is added, tried, changed and removed', async () => {
    const { webhook, secret } = await cli.json('webhook', 'add', receiver.url, '--type', 'copy.failed');
    const tested = cli.run(['webhook', 'test', webhook.id]);
    await until(async () => {
      await deliver(cli.api, cli.account, webhook.id);
      return receiver.received.length > 0;
    }, 'the test');
    expect((await tested).stdout).toMatch(/took ev-\w+ \(status 204\)/);
    expect(receiver.received[0] && isSigned(receiver.received[0], secret)).toBe(true);
    expect((await cli.json('webhook', 'deliveries', webhook.id)).deliveries).toHaveLength(1);
    const rotated = await cli.json('webhook', 'rotate', webhook.id, '--overlap', '2');
    expect(rotated.secret).not.toBe(secret);
    expect(await cli.json('webhook', 'update', webhook.id, '--off', '--all-types')).toMatchObject({
      enabled: false,
      types: null,
    });
    expect((await cli.run(['webhook', 'list'])).stdout).toContain(receiver.url);
    expect(await cli.json('webhook', 'remove', webhook.id)).toEqual({ webhookId: webhook.id });
    expect((await cli.json('webhook', 'list')).webhooks).toEqual([]);
  });

  test('8.5: a receiver that takes nothing makes the test fail', async () => {
    receiver.behave(BEHAVIOURS.fails);
    const { webhook } = await cli.json('webhook', 'add', receiver.url);
    const tested = cli.run(['webhook', 'test', webhook.id]);
    await until(async () => {
      await deliver(cli.api, cli.account, webhook.id);
      return receiver.received.length > 0;
    }, 'the test');
    expect(await tested).toMatchObject({ code: 1, stderr: expect.stringContaining('status 500') });
    const { stdout } = await cli.run(['webhook', 'deliveries', webhook.id, '--pending']);
    expect(stdout).toMatch(/PENDING +1 .* status 500/);
  });

  test('8.5: what is wrong is told by the name of the option', async () => {
    expect(await cli.run(['webhook', 'add', 'ftp://example.com'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('URL: is not taken'),
    });
    expect((await cli.run(['webhook', 'remove', 'wh-nothing'])).code).toBe(3);
    expect((await cli.run(['webhook', 'update', 'wh-00000000000000000000'])).code).toBe(2);
    expect((await cli.run(['webhook', 'update', 'wh-00000000000000000000', '--on', '--off'])).code).toBe(2);
  });
});
