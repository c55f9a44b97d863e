import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DropLog } from '../../src/nbd/drop-log.ts';
import type { ServerLimits } from '../../src/nbd/server.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { MemoryDevice } from '../support/memory-device.ts';
import { FLAGS, go, option, text, u32 } from '../support/nbd-bytes.ts';
import { type ServedDevices, serve } from '../support/nbd-server.ts';
import { collectLog } from '../support/nbd-session.ts';

const SIZE = 1024 * 1024;
/** What a client says up to the choice of its export. */
const HELLO = Buffer.concat([u32(FLAGS.fixed | FLAGS.noZeroes), go('disk')]);
/** What it hears then: the greeting, the export's size and flags, and the end of the choice. */
const HEARD_BYTES = 18 + 32 + 20;

const start = (limits: Partial<ServerLimits>) => serve([new MemoryDevice({ sizeBytes: SIZE })], { limits });

/** A client, and how many bytes it has heard. */
class Client {
  readonly socket: Socket;
  heardBytes = 0;

  constructor({ address }: ServedDevices) {
    if (!('socket' in address)) throw new Error('It listens on a port.');
    this.socket = connect({ path: address.socket, allowHalfOpen: true });
    this.socket.on('data', (bytes) => {
      this.heardBytes += bytes.length;
    });
    this.socket.on('error', () => {});
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  async greeted(): Promise<this> {
    await this.until(() => this.heardBytes >= 18);
    return this;
  }

  /** Whether it has chosen its export; else the server has closed the connection. */
  async enters(): Promise<boolean> {
    this.socket.write(HELLO);
    await this.until(() => this.heardBytes === HEARD_BYTES || this.isOver);
    return this.heardBytes === HEARD_BYTES;
  }

  get isOver(): boolean {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await sleep(5);
  }
}

const clients = (server: ServedDevices, count: number) =>
  Promise.all(Array.from({ length: count }, () => new Client(server).greeted()));

describe('9.3: clients that choose no export', () => {
  it('do not keep others out, and the one that has taken longest gives way', async () => {
    const server = await start({ connections: 2, handshakes: 3 });
    const [first, second, third] = (await clients(server, 3)) as [Client, Client, Client];
    expect(await new Client(server).enters()).toBe(true);
    await first.until(() => first.isOver);
    expect([second.isOver, third.isOver]).toEqual([false, false]);
    expect(await new Client(server).enters()).toBe(true);
    expect(server.connections).toBe(2);
  });

  it('do not get in when all places are taken meanwhile', async () => {
    const server = await start({ connections: 1 });
    const [late, early] = (await clients(server, 2)) as [Client, Client];
    expect(await early.enters()).toBe(true);
    expect(await late.enters()).toBe(false);
    await early.until(() => !early.isOver);
    expect(server.log.entries.map(({ message }) => message)).toContain('nbd: too many connections');
  });

  it('are closed when nothing comes of them, whether they send anything at all', async () => {
    const server = await start({ handshakeIdleMs: 300, handshakeMs: 30_000 });
    const inUse = new Client(server);
    expect(await inUse.enters()).toBe(true);
    const silent = await clients(server, 3);
    silent[0]?.socket.write(HELLO.subarray(0, 10));
    for (const client of silent) await client.until(() => client.isOver);
    expect(inUse.isOver).toBe(false);
  });

  it('have time as long as something comes of them, but not for ever', async () => {
    const server = await start({ handshakeIdleMs: 1500, handshakeMs: 4000 });
    const [slow, endless] = (await clients(server, 2)) as [Client, Client];
    const trickle = async (client: Client, bytes: Buffer, everyMs: number) => {
      for (const byte of bytes) {
        if (client.isOver) return;
        client.socket.write(Buffer.of(byte));
        await sleep(everyMs);
      }
    };
    await Promise.all([trickle(slow, HELLO, 2000 / HELLO.length), trickle(endless, Buffer.alloc(100, HELLO), 500)]);
    expect(slow.heardBytes).toBe(HEARD_BYTES);
    expect(endless.isOver).toBe(true);
  });
});

const ENDS: Readonly<Record<string, (client: Client) => void>> = {
  'in silence': () => {},
  'half-closed': ({ socket }) => socket.end(),
  reset: ({ socket }) => socket.destroy(),
};

describe('9.3: a handshake that goes on no more', () => {
  it.each(Object.entries(ENDS))('after any of its bytes, %s, leaves nothing behind', async (_, end) => {
    const server = await start({ handshakes: HELLO.length, handshakeIdleMs: 500 });
    const cut = await clients(server, HELLO.length);
    for (const [length, client] of cut.entries()) {
      client.socket.write(HELLO.subarray(0, length));
      end(client);
    }
    expect(await new Client(server).enters()).toBe(true);
    for (const client of cut) await client.until(() => client.isOver);
    expect(server.connections).toBe(1);
  });
});

/** What a stranger sends, in which pieces and how slowly, and how it leaves. */
const aStranger = fc.record({
  bytes: fc.oneof(
    fc.nat(HELLO.length - 1).map((length) => HELLO.subarray(0, length)),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(text('GET / HTTP/1.1\r\n\r\n'), option(3), Buffer.concat([u32(3), option(3), option(6)])),
  ),
  pieceBytes: fc.integer({ min: 1, max: 40 }),
  everyMs: fc.constantFrom(0, 1, 20, 200),
  end: fc.constantFrom(...Object.keys(ENDS)),
});

async function act(server: ServedDevices, { bytes, pieceBytes, everyMs, end }: StrangerOf<typeof aStranger>) {
  const client = new Client(server);
  for (let at = 0; at < bytes.length && !client.isOver; at += pieceBytes) {
    client.socket.write(bytes.subarray(at, at + pieceBytes));
    await sleep(everyMs);
  }
  ENDS[end]?.(client);
  await client.until(() => client.isOver);
}
type StrangerOf<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

it('9.3: whatever strangers send, however slowly, they are gone in the end and others get in', async () => {
  const server = await start({ connections: 1, handshakes: 8, handshakeIdleMs: 500, handshakeMs: 2000 });
  await fc.assert(
    fc.asyncProperty(fc.array(aStranger, { minLength: 1, maxLength: 16 }), async (strangers) => {
      const acted = Promise.all(strangers.map((stranger) => act(server, stranger)));
      const client = new Client(server);
      expect(await client.enters()).toBe(true);
      await acted;
      expect([client.isOver, server.connections]).toEqual([false, 1]);
      client.socket.destroy();
      await client.until(() => server.connections === 0);
    }),
    { numRuns: 12, ...FUZZ_SEED },
  );
});

describe('the log of dropped connections', () => {
  afterEach(() => vi.useRealTimers());

  it('has one line at once, and one a minute that counts the others', () => {
    vi.useFakeTimers();
    const log = collectLog();
    const drops = new DropLog(log, 60_000);
    for (let second = 0; second < 150; second++) {
      drops.note(second % 2 === 0 ? 'even' : 'odd', { second });
      vi.advanceTimersByTime(1000);
    }
    drops.end();
    expect(log.entries.map(({ message, fields }) => [message, fields.second ?? fields.count])).toEqual([
      ['even', 0],
      ['nbd: more connections were dropped', 59],
      ['nbd: more connections were dropped', 60],
      ['nbd: more connections were dropped', 30],
    ]);
    expect(log.entries[1]?.fields.reasons).toEqual({ even: 29, odd: 30 });
  });

  it('has a line at once again after a minute without any', () => {
    vi.useFakeTimers();
    const log = collectLog();
    const drops = new DropLog(log, 60_000);
    drops.note('one');
    vi.advanceTimersByTime(60_000);
    drops.note('two');
    expect(log.entries.map(({ message }) => message)).toEqual(['one', 'two']);
    drops.end();
  });

  it('has one line for many that are refused', async () => {
    const server = await start({ connections: 1 });
    expect(await new Client(server).enters()).toBe(true);
    for (let refused = 0; refused < 20; refused++) expect(await new Client(server).enters()).toBe(false);
    expect(server.log.entries.filter(({ level }) => level === 'warn')).toHaveLength(1);
    await server.close();
    expect(server.log.entries.at(-1)).toMatchObject({ fields: { count: 19 } });
  });
});
