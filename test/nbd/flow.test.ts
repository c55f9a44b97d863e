import { beforeEach, describe, expect, it } from 'vitest';
import { Budget } from '../../src/nbd/budget.ts';
import { MemoryDevice } from '../support/memory-device.ts';
import { request } from '../support/nbd-bytes.ts';
import { errorOf, holdBack, repliesOf, settle, transmitting } from '../support/nbd-session.ts';

const [READ, WRITE, DISC, FLUSH, CACHE] = [0, 1, 2, 3, 5] as const;
const MIB = 1024 * 1024;

let device: MemoryDevice;
beforeEach(() => {
  device = new MemoryDevice({ sizeBytes: 2 * MIB });
});

describe('many at once', () => {
  it('are answered as they are done', async () => {
    const { waiting } = holdBack(device);
    const session = transmitting(device);
    for (let cookie = 1; cookie <= 3; cookie++) session.receive(request({ command: FLUSH, cookie }));
    await settle();
    for (const at of [1, 1, 0]) waiting.splice(at, 1)[0]?.();
    expect((await repliesOf(session)).map(({ cookie }) => cookie)).toEqual([2, 3, 1]);
  });

  it('stop at 128, until some are done', async () => {
    const { waiting } = holdBack(device);
    const session = transmitting(device);
    session.receive(Buffer.concat(Array.from({ length: 130 }, (_, at) => request({ command: FLUSH, cookie: at }))));
    expect(waiting).toHaveLength(128);
    expect(session.paused).toBe(true);
    waiting[5]?.();
    await settle();
    expect(waiting).toHaveLength(129);
    expect(session.paused).toBe(true);
    for (const go of waiting.splice(0)) go();
    await settle();
    for (const go of waiting.splice(0)) go();
    expect(await repliesOf(session)).toHaveLength(130);
    expect(session.paused).toBe(false);
  });

  it('stop at 32 MiB, counted until their replies are sent', async () => {
    device = new MemoryDevice({ sizeBytes: 32 * MIB });
    const session = transmitting(device);
    session.stalled = true;
    const reads = () => device.calls.filter((call) => call.startsWith('read')).length;
    for (let cookie = 0; cookie < 5; cookie++) session.receive(request({ command: READ, cookie, length: 10 * MIB }));
    await settle();
    expect(reads()).toBe(3);
    expect(session.paused).toBe(true);
    expect(device.held).toBe(3);
    session.drain();
    await settle();
    expect(reads()).toBe(5);
    expect(device.held).toBe(0);
    expect(session.paused).toBe(false);
  });

  it('of all connections share the room; who has nothing under way gets a little all the same', async () => {
    device = new MemoryDevice({ sizeBytes: 32 * MIB });
    const budget = new Budget(32 * MIB);
    const { waiting } = holdBack(device);
    const [greedy, late] = [transmitting(device, { budget }), transmitting(device, { budget })];
    greedy.receive(request({ command: READ, length: 32 * MIB }));
    late.receive(request({ command: WRITE, data: Buffer.alloc(2 * MIB) }));
    expect(device.calls).toEqual([`read 0+${32 * MIB}`]);
    expect(late.paused).toBe(true);
    waiting.shift()?.();
    await settle();
    expect(device.calls.at(-1)).toBe(`write 0+${2 * MIB}`);
    greedy.receive(request({ command: READ, length: 30 * MIB }));
    const small = transmitting(device, { budget }).receive(request({ command: READ, length: MIB }));
    expect(device.calls.at(-1)).toBe(`read 0+${MIB}`);
    for (const go of waiting.splice(0)) go();
    expect(await repliesOf(small, () => MIB)).toHaveLength(1);
  });

  it('whose client is gone give their room back', async () => {
    device = new MemoryDevice({ sizeBytes: 32 * MIB });
    const budget = new Budget(32 * MIB);
    for (let round = 0; round < 3; round++) {
      const session = transmitting(device, { budget });
      session.receive(request({ command: WRITE, length: 30 * MIB }), Buffer.alloc(1000));
      session.session.closed();
    }
    const session = transmitting(device, { budget }).receive(request({ command: READ, length: 32 * MIB }));
    expect(await repliesOf(session, () => 32 * MIB)).toHaveLength(1);
  });
});

describe('the end', () => {
  it('DISC: what is under way is finished first, and nothing more is taken', async () => {
    const { waiting } = holdBack(device);
    const session = transmitting(device).receive(
      Buffer.concat([
        request({ command: WRITE, cookie: 1, data: Buffer.alloc(9, 1) }),
        request({ command: DISC }),
        request({ command: WRITE, cookie: 2, data: Buffer.alloc(9, 2) }),
      ]),
    );
    await settle();
    expect(session.state).toBe('open');
    waiting.shift()?.();
    expect((await repliesOf(session)).map(({ cookie }) => cookie)).toEqual([1]);
    expect(session.state).toBe('ended');
    expect(device.calls).toEqual(['write 0+9']);
  });

  it('half-closed: whole requests are answered, a cut one is dropped', async () => {
    const session = transmitting(device);
    const requests = Array.from({ length: 200 }, (_, cookie) => request({ command: FLUSH, cookie }));
    session.receive(Buffer.concat([...requests, request({ command: WRITE, length: 100 }), Buffer.alloc(99)]));
    session.session.inputEnded();
    expect(await repliesOf(session)).toHaveLength(200);
    expect(session.state).toBe('ended');
    expect(device.calls.filter((call) => call.startsWith('write'))).toEqual([]);
  });

  it('gone: what is under way is told, and its end disturbs nobody', async () => {
    let signal: AbortSignal | undefined;
    device.hook = (_operation, _offset, _length, given) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener('abort', () => reject(given.reason)));
    };
    const session = transmitting(device).receive(request({ command: READ, length: 9 }));
    expect(signal?.aborted).toBe(false);
    session.session.closed();
    await settle();
    expect(signal?.aborted).toBe(true);
    expect(session.log.entries.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('going down: what is under way is finished, what comes then is refused', async () => {
    const { waiting } = holdBack(device);
    const session = transmitting(device).receive(request({ command: FLUSH, cookie: 1 }));
    session.session.shutDown();
    session.receive(
      request({ command: WRITE, cookie: 2, data: Buffer.alloc(9) }),
      request({ command: READ, cookie: 3, length: 9 }),
    );
    expect((await repliesOf(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([
      [2, 108],
      [3, 108],
    ]);
    expect(session.state).toBe('open');
    waiting.shift()?.();
    expect((await repliesOf(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([[1, 0]]);
    expect(session.state).toBe('ended');
  });

  it('going down with nothing under way: at once', () => {
    const session = transmitting(device);
    session.session.shutDown();
    expect(session.state).toBe('ended');
  });

  it('out of step: dropped', async () => {
    const session = transmitting(device).receive(request({ command: FLUSH, magic: 0x25609514 }));
    expect(session.state).toBe('destroyed');
    expect(await repliesOf(session)).toEqual([]);
  });

  it('a prefetch is passed on', async () => {
    const session = transmitting(device, { structured: true }).receive(
      request({ command: CACHE, offset: 5, length: 9 }),
    );
    expect((await repliesOf(session)).map(({ kind, type }) => [kind, type])).toEqual([['simple', 0]]);
    expect(device.calls).toEqual(['prefetch 5+9']);
  });
});
