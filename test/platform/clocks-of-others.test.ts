import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { createStoreClock, noteAnswers } from '../../src/platform/time/store-clock.ts';
import { createSystemTime, systemFiles } from '../../src/platform/time/system-time.ts';

const NOW = Date.UTC(2026, 0, 1);
const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT';

describe('the clock of the store', () => {
  test.each([
    ['dynamodb.eu-central-1.amazonaws.com', NOW],
    ['10.0.0.7', NOW],
    ['localhost', undefined],
    ['db.localhost', undefined],
    ['127.0.0.1', undefined],
    ['[::1]', undefined],
  ])('%s', (host, shown) => {
    const clock = createStoreClock(() => 0);
    clock.note(host, DATE);
    expect(clock.now()).toBe(shown);
  });

  test('goes on with the time that passes', () => {
    let elapsed = 1000;
    const clock = createStoreClock(() => elapsed);
    clock.note('db.example', DATE);
    elapsed += 90_000;
    expect(clock.now()).toBe(NOW + 90_000);
  });

  test.each([undefined, '', 'yesterday'])('an answer with the date %s says nothing', (date) => {
    const clock = createStoreClock(() => 0);
    clock.note('db.example', DATE);
    clock.note('db.example', date);
    expect(clock.now()).toBe(NOW);
  });

  test('is noted from the answers of the SDK', async () => {
    const server = createServer((_, answer) => answer.setHeader('date', DATE).end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { readonly port: number };
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'here',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const noted: unknown[] = [];
    noteAnswers(client, { note: (host, date) => noted.push([host, date]), now: () => undefined });
    await DynamoDBDocumentClient.from(client).send(new GetCommand({ TableName: 'any', Key: { id: 'any' } }));
    client.destroy();
    server.close();
    expect(noted).toEqual([['127.0.0.1', DATE]]);
  });
});

describe('what the system says of its clock', () => {
  const files = (texts: Record<string, string>, modified: Record<string, number> = {}) => ({
    text: (path: string) => texts[path],
    modifiedAt: (path: string) => modified[path],
  });
  const TIMESYNCD = '/run/systemd/timesync/synchronized';

  test('boot and time since boot', () => {
    const system = createSystemTime(
      files({ '/proc/sys/kernel/random/boot_id': 'b-1\n', '/proc/uptime': '13561.08 1790.76\n' }),
      () => 7,
    );
    expect(system(NOW)).toEqual({ boot: 'b-1', uptimeMs: 13_561_080, isSynchronised: false });
  });

  test('nothing, where it has no such files', () => {
    expect(createSystemTime(files({}), () => 7)(NOW)).toEqual({ uptimeMs: 7, isSynchronised: false });
  });

  test.each([
    ['synchronised a minute ago', { [TIMESYNCD]: NOW - 60_000 }, true],
    ['by chrony', { '/var/lib/chrony/drift': NOW - 3_600_000 }, true],
    ['synchronised before the clock was set ahead', { [TIMESYNCD]: NOW - 40 * 86_400_000 }, false],
    ['synchronised before the clock was set back', { [TIMESYNCD]: NOW + 40 * 86_400_000 }, false],
  ])('%s', (_, modified, isSynchronised) => {
    expect(createSystemTime(files({}, modified), () => 0)(NOW)).toMatchObject({ isSynchronised });
  });

  test('a file that is not there', () => {
    expect([systemFiles.text('/nowhere'), systemFiles.modifiedAt('/nowhere')]).toEqual([undefined, undefined]);
  });
});
