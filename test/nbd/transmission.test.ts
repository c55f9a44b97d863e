import { beforeEach, describe, expect, it, test } from 'vitest';
import { Budget } from '../../src/nbd/budget.ts';
import { DeviceError, type DeviceErrorKind } from '../../src/nbd/device.ts';
import { MemoryDevice } from '../support/memory-device.ts';
import { type Chunk, request, setContexts } from '../support/nbd-bytes.ts';
import { settle, type TestSession, transmitting } from '../support/nbd-session.ts';

const [READ, WRITE, DISC, FLUSH, TRIM, CACHE, ZEROES, STATUS] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const [FUA, NO_HOLE, DF, REQ_ONE] = [1, 2, 4, 8] as const;
const [NONE, DATA, HOLE, BLOCK_STATUS, ERROR] = [0, 1, 2, 5, 0x8001] as const;
const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 2 * MIB;

let device: MemoryDevice;
beforeEach(() => {
  device = new MemoryDevice({ sizeBytes: SIZE });
});

/** What was said, once everything is settled. */
async function chunks(session: TestSession, readLength?: (cookie: number) => number): Promise<Chunk[]> {
  await settle();
  const said = session.said();
  const found: Chunk[] = [];
  while (said.left > 0) found.push(said.chunk(readLength));
  return found;
}

const errorOf = ({ kind, type, data }: Chunk): number => (kind === 'simple' ? type : data.readUInt32BE());

/** Holds the device's operations back until they are let go, one by one. */
function holdBack(): { readonly waiting: (() => void)[] } {
  const waiting: (() => void)[] = [];
  device.hook = () => new Promise((resolve) => waiting.push(() => resolve()));
  return { waiting };
}

describe('reads', () => {
  beforeEach(async () => {
    await device.write(0, Buffer.alloc(128 * KIB, 1), AbortSignal.timeout(1000));
    await device.write(MIB, Buffer.alloc(64 * KIB, 2), AbortSignal.timeout(1000));
  });

  it('are a simple reply with the data where nothing else was agreed on', async () => {
    const session = transmitting(device).receive(request({ command: READ, cookie: 77, offset: 3, length: 5 }));
    expect(await chunks(session, () => 5)).toEqual([
      { kind: 'simple', cookie: 77, type: 0, done: true, data: Buffer.alloc(5, 1) },
    ]);
    expect(device.held).toBe(0);
  });

  it('tell of zeros instead of sending them', async () => {
    const session = transmitting(device, { structured: true }).receive(request({ command: READ, length: SIZE }));
    const found = await chunks(session);
    expect(found.map(({ type, done }) => [type, done])).toEqual([
      [DATA, false],
      [HOLE, false],
      [DATA, false],
      [HOLE, true],
    ]);
    expect(found.map(({ data }) => [Number(data.readBigUInt64BE()), data.length])).toEqual([
      [0, 8 + 128 * KIB],
      [128 * KIB, 12],
      [MIB, 8 + 64 * KIB],
      [MIB + 64 * KIB, 12],
    ]);
    expect(found[1]?.data.readUInt32BE(8)).toBe(MIB - 128 * KIB);
    expect(found[2]?.data.subarray(8)).toEqual(Buffer.alloc(64 * KIB, 2));
    expect(device.held).toBe(0);
  });

  it('come in one where the client wants that', async () => {
    const session = transmitting(device, { structured: true });
    const [chunk, ...more] = await chunks(session.receive(request({ command: READ, flags: DF, length: SIZE })));
    expect(more).toEqual([]);
    expect(chunk).toMatchObject({ type: DATA, done: true });
    expect(chunk?.data.subarray(8)).toEqual(device.bytes);
  });

  it('that fail midway send nothing of it, and let go of what they held', async () => {
    device.hook = async (operation, offset) => {
      if (operation === 'read' && offset >= MIB) throw new DeviceError('IO', 'The block is damaged.');
    };
    const session = transmitting(device, { structured: true });
    const found = await chunks(session.receive(request({ command: READ, length: SIZE })));
    expect(found.map(({ type, done }) => [type, done])).toEqual([[ERROR, true]]);
    expect(found[0]?.data.subarray(6).toString()).toBe('The block is damaged.');
    expect(device.held).toBe(0);
  });

  it('of which the device gives too little fail, as the client would lose step', async () => {
    device.read = async () => ({ chunks: [Buffer.alloc(4)], release: () => device.held-- });
    const session = transmitting(device).receive(request({ command: READ, length: 5 }));
    expect((await chunks(session)).map(errorOf)).toEqual([5]);
    expect(device.held).toBe(-1);
  });
});

describe('writes', () => {
  it('are one buffer for the device, however their bytes arrive', async () => {
    const data = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
    const bytes = request({ command: WRITE, offset: 10, data });
    const session = transmitting(device);
    for (const byte of bytes) session.receive(Buffer.from([byte]));
    expect(await chunks(session)).toEqual([{ kind: 'simple', cookie: 1, type: 0, done: true, data: Buffer.alloc(0) }]);
    expect(device.calls).toEqual(['write 10+1000']);
    expect(device.bytes.subarray(10, 1010)).toEqual(data);
  });

  test.each([
    ['a write', { command: WRITE, data: Buffer.alloc(10) }, 'write 0+10'],
    ['zeros', { command: ZEROES, length: 10 }, 'zero 0+10'],
    ['a trim', { command: TRIM, length: 10 }, 'trim 0+10'],
  ])('%s with FUA is flushed before it is acknowledged', async (_, fields, call) => {
    const { waiting } = holdBack();
    const session = transmitting(device).receive(request({ ...fields, flags: FUA }));
    waiting.shift()?.();
    expect(await chunks(session)).toEqual([]);
    expect(device.calls).toEqual([call, 'flush 0+0']);
    waiting.shift()?.();
    expect((await chunks(session)).map(errorOf)).toEqual([0]);
  });

  it('that fail with FUA are not flushed', async () => {
    device.hook = () => Promise.reject(new DeviceError('NO_SPACE', 'Full.'));
    const session = transmitting(device).receive(request({ command: WRITE, flags: FUA, data: Buffer.alloc(10) }));
    expect((await chunks(session)).map(errorOf)).toEqual([28]);
    expect(device.calls).toEqual(['write 0+10']);
  });

  it('zeros stay allocated where the client says so', async () => {
    const session = transmitting(device).receive(
      request({ command: WRITE, data: Buffer.alloc(8192, 1) }),
      request({ command: ZEROES, flags: NO_HOLE, length: 4096 }),
      request({ command: ZEROES, offset: 4096, length: 4096 }),
    );
    expect((await chunks(session)).map(errorOf)).toEqual([0, 0, 0]);
    const extents = await device.extents('allocation', 0, 8192, 9, AbortSignal.timeout(1000));
    expect(extents.map(({ hole }) => hole)).toEqual([false, true]);
  });

  it('that are refused do not put what follows out of step', async () => {
    const session = transmitting(device).receive(
      request({ command: WRITE, cookie: 1, offset: SIZE - 5, data: request({ command: DISC }) }),
      request({ command: WRITE, cookie: 2, flags: DF, data: Buffer.alloc(5) }),
      request({ command: WRITE, cookie: 3, data: Buffer.alloc(5) }),
    );
    expect((await chunks(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([
      [1, 28],
      [2, 22],
      [3, 0],
    ]);
  });

  it('of more than is taken at once are thrown away as they come', async () => {
    const length = 33 * MIB;
    const session = transmitting(device).receive(request({ command: WRITE, cookie: 8, length }));
    const piece = Buffer.alloc(MIB);
    for (let at = 0; at < 32; at++) session.receive(piece);
    expect(await chunks(session)).toEqual([]);
    session.receive(piece, request({ command: FLUSH, cookie: 9 }));
    expect((await chunks(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([
      [8, 22],
      [9, 0],
    ]);
  });
});

describe('status', () => {
  beforeEach(async () => {
    await device.write(0, Buffer.alloc(8192, 1), AbortSignal.timeout(1000));
    device.snapshot();
    await device.write(4096, Buffer.alloc(8192, 1), AbortSignal.timeout(1000));
  });
  const both = setContexts('disk', 'base:allocation', 'varve:dirty');
  const runs = ({ data }: Chunk): number[][] =>
    Array.from({ length: (data.length - 4) / 8 }, (_, at) => [
      data.readUInt32BE(4 + 8 * at),
      data.readUInt32BE(8 + 8 * at),
    ]);

  it('has a chunk for each context', async () => {
    const session = transmitting(device, { structured: true, contexts: both });
    const found = await chunks(session.receive(request({ command: STATUS, offset: 1024, length: 64 * KIB })));
    expect(found.map(({ type, done, data }) => [type, done, data.readUInt32BE()])).toEqual([
      [BLOCK_STATUS, false, 1],
      [BLOCK_STATUS, true, 2],
    ]);
    expect(found.map(runs)).toEqual([
      [
        [11 * KIB, 0],
        [53 * KIB, 3],
      ],
      [
        [3 * KIB, 0],
        [8 * KIB, 1],
        [53 * KIB, 0],
      ],
    ]);
  });

  it('has one extent where the client wants one', async () => {
    const session = transmitting(device, { structured: true, contexts: both });
    const found = await chunks(session.receive(request({ command: STATUS, flags: REQ_ONE, length: 2048 })));
    expect(found.map(runs)).toEqual([[[2048, 0]], [[2048, 0]]]);
  });
});

describe('failures of the device', () => {
  test.each<[DeviceErrorKind, number]>([
    ['IO', 5],
    ['NO_SPACE', 28],
    ['READ_ONLY', 1],
    ['INVALID', 22],
    ['FENCED', 5],
    ['SHUTDOWN', 108],
  ])('%s', async (kind, error) => {
    device.hook = () => Promise.reject(new DeviceError(kind, 'Because.'));
    for (const structured of [false, true]) {
      const session = transmitting(device, { structured });
      const found = await chunks(session.receive(request({ command: FLUSH }), request({ command: READ, length: 9 })));
      expect(found.map(errorOf)).toEqual([error, error]);
      if (structured) expect(found.map(({ data }) => data.subarray(6).toString())).toEqual(['Because.', 'Because.']);
    }
  });

  it('that it does not mean are told as no more than that, and logged', async () => {
    device.hook = () => Promise.reject(new Error('ECONNREFUSED https://secret.example'));
    const session = transmitting(device, { structured: true }).receive(
      request({ command: READ, offset: 3, length: 9 }),
    );
    const [chunk] = await chunks(session);
    expect(chunk?.data.toString('latin1')).not.toContain('secret');
    expect(chunk && errorOf(chunk)).toBe(5);
    expect(session.log.entries.at(-1)).toMatchObject({
      level: 'warn',
      fields: { export: 'disk', command: READ, offset: 3 },
    });
  });
});

describe('many at once', () => {
  it('are answered as they are done', async () => {
    const { waiting } = holdBack();
    const session = transmitting(device);
    for (let cookie = 1; cookie <= 3; cookie++) session.receive(request({ command: FLUSH, cookie }));
    await settle();
    for (const at of [1, 1, 0]) waiting.splice(at, 1)[0]?.();
    expect((await chunks(session)).map(({ cookie }) => cookie)).toEqual([2, 3, 1]);
  });

  it('stop at 128, until some are done', async () => {
    const { waiting } = holdBack();
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
    expect(await chunks(session)).toHaveLength(130);
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
    const { waiting } = holdBack();
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
    expect(await chunks(small, () => MIB)).toHaveLength(1);
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
    expect(await chunks(session, () => 32 * MIB)).toHaveLength(1);
  });
});

describe('the end', () => {
  it('DISC: what is under way is finished first, and nothing more is taken', async () => {
    const { waiting } = holdBack();
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
    expect((await chunks(session)).map(({ cookie }) => cookie)).toEqual([1]);
    expect(session.state).toBe('ended');
    expect(device.calls).toEqual(['write 0+9']);
  });

  it('half-closed: whole requests are answered, a cut one is dropped', async () => {
    const session = transmitting(device);
    const requests = Array.from({ length: 200 }, (_, cookie) => request({ command: FLUSH, cookie }));
    session.receive(Buffer.concat([...requests, request({ command: WRITE, length: 100 }), Buffer.alloc(99)]));
    session.session.inputEnded();
    expect(await chunks(session)).toHaveLength(200);
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
    const { waiting } = holdBack();
    const session = transmitting(device).receive(request({ command: FLUSH, cookie: 1 }));
    session.session.shutDown();
    session.receive(
      request({ command: WRITE, cookie: 2, data: Buffer.alloc(9) }),
      request({ command: READ, cookie: 3, length: 9 }),
    );
    expect((await chunks(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([
      [2, 108],
      [3, 108],
    ]);
    expect(session.state).toBe('open');
    waiting.shift()?.();
    expect((await chunks(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([[1, 0]]);
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
    expect(await chunks(session)).toEqual([]);
  });

  it('a prefetch is passed on', async () => {
    const session = transmitting(device, { structured: true }).receive(
      request({ command: CACHE, offset: 5, length: 9 }),
    );
    expect((await chunks(session)).map(({ kind, type }) => [kind, type])).toEqual([['simple', NONE]]);
    expect(device.calls).toEqual(['prefetch 5+9']);
  });
});
