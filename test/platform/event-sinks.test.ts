import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createEventBridge } from '../../src/platform/outgoing/eventbridge.ts';
import { createMail } from '../../src/platform/outgoing/mail.ts';
import type { SinkEvent } from '../../src/platform/outgoing/sink.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../support/engines.ts';

const event = (at: number): SinkEvent => ({
  id: `ev-${at}`,
  accountId: 'team-a',
  type: 'copy.failed',
  at: '2026-01-31T23:59:59.000Z',
  body: JSON.stringify({ id: `ev-${at}` }),
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Asked {
  readonly target: unknown;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

/** Speaks the protocol of EventBridge: AWS JSON 1.1. */
async function startBus(answer: (asked: Asked, times: number) => object | number): Promise<Asked[]> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString('utf8');
    });
    request.on('end', () => {
      const one = { target: request.headers['x-amz-target'], entries: JSON.parse(body).Entries };
      asked.push(one);
      const told = answer(one, asked.length);
      response.writeHead(typeof told === 'number' ? told : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(typeof told === 'number' ? { __type: 'InternalFailure' } : told));
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  closing.push(() => new Promise((done) => void server.close(() => done())));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: TEST_REGION,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
  });
  closing.push(async () => {
    delete process.env.AWS_ENDPOINT_URL_EVENTBRIDGE;
  });
  return asked;
}

const RETRY = { firstWaitMs: 1, longestWaitMs: 1 };

describe('8.5: EventBridge', () => {
  test('8.5: an event is put as its type and its body, on the bus that is named', async () => {
    const asked = await startBus(() => ({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] }));
    const bus = createEventBridge({ bus: 'audit', random: () => 0, retry: RETRY });
    expect(await bus.deliver([event(1)])).toEqual([true]);
    expect(asked).toEqual([
      {
        target: 'AWSEvents.PutEvents',
        entries: [
          {
            EventBusName: 'audit',
            Source: 'varve',
            DetailType: 'copy.failed',
            Detail: '{"id":"ev-1"}',
            Time: Date.parse('2026-01-31T23:59:59.000Z') / 1000,
          },
        ],
      },
    ]);
  });

  test('8.5: of a request that fails in part, it is known what was taken', async () => {
    const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
    await startBus(() => ({ FailedEntryCount: 1, Entries: [{ EventId: '1' }, failed, { EventId: '3' }] }));
    const bus = createEventBridge({ bus: 'default', random: () => 0, retry: RETRY });
    expect(await bus.deliver([event(1), event(2), event(3)])).toEqual([true, false, true]);
  });

  test('8.5: passing trouble is tried again, and trouble that stays is thrown', async () => {
    const asked = await startBus((_, times) =>
      times < 3 ? 500 : { FailedEntryCount: 0, Entries: [{ EventId: '1' }] },
    );
    const bus = createEventBridge({ bus: 'default', random: () => 0, retry: RETRY });
    expect(await bus.deliver([event(1)])).toEqual([true]);
    expect(asked).toHaveLength(3);
    await startBus(() => 500);
    const down = createEventBridge({ bus: 'default', random: () => 0, retry: RETRY });
    await expect(down.deliver([event(1)])).rejects.toMatchObject({ code: 'Throttled' });
  });
});

describe('8.5: mail', () => {
  async function startMailServer(refuses = false): Promise<{ url: string; mails: string[] }> {
    const mails: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_, __, done) => done(refuses ? new Error('no such mailbox') : null),
      onData: (stream, _, done) => {
        let text = '';
        stream.on('data', (piece: Buffer) => {
          text += piece.toString('utf8');
        });
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    closing.push(() => new Promise((done) => void server.close(() => done())));
    return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
  }

  const of = (url: string) =>
    createMail({ url, to: 'ops@example.com', from: 'varve@localhost', types: ['copy.failed'] });

  test('8.5: several events are one mail, which counts them', async () => {
    const { url, mails } = await startMailServer();
    expect(await of(url).deliver([event(1), event(2)])).toEqual([true, true]);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/Subject: Varve: 2 events/);
    expect(mails[0]).toMatch(/To: ops@example\.com/);
    expect(mails[0]).toContain('ev-2');
  });

  test('8.5: what the server refuses is thrown, so it stays to be sent', async () => {
    const { url } = await startMailServer(true);
    await expect(of(url).deliver([event(1)])).rejects.toThrow();
  });
});
