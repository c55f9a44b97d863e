import { beforeEach, describe, expect, it, test } from 'vitest';
import { DeviceError, type DeviceErrorKind } from '../../src/nbd/device.ts';
import { MemoryDevice } from '../support/memory-device.ts';
import { type Chunk, request, setContexts } from '../support/nbd-bytes.ts';
import { errorOf, holdBack, repliesOf, settle, transmitting } from '../support/nbd-session.ts';

const [READ, WRITE, DISC, FLUSH, TRIM, ZEROES, STATUS] = [0, 1, 2, 3, 4, 6, 7] as const;
const [FUA, NO_HOLE, DF, REQ_ONE, FAST_ZERO] = [1, 2, 4, 8, 16] as const;
const [DATA, HOLE, BLOCK_STATUS, ERROR] = [1, 2, 5, 0x8001] as const;
const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 2 * MIB;

let device: MemoryDevice;
beforeEach(() => {
  device = new MemoryDevice({ sizeBytes: SIZE });
});

describe('reads', () => {
  beforeEach(async () => {
    await device.write(0, Buffer.alloc(128 * KIB, 1), AbortSignal.timeout(1000));
    await device.write(MIB, Buffer.alloc(64 * KIB, 2), AbortSignal.timeout(1000));
  });

  it('are a simple reply with the data where nothing else was agreed on', async () => {
    const session = transmitting(device).receive(request({ command: READ, cookie: 77, offset: 3, length: 5 }));
    expect(await repliesOf(session, () => 5)).toEqual([
      { kind: 'simple', cookie: 77, type: 0, done: true, data: Buffer.alloc(5, 1) },
    ]);
    expect(device.held).toBe(0);
  });

  it('tell of zeros instead of sending them', async () => {
    const session = transmitting(device, { structured: true }).receive(request({ command: READ, length: SIZE }));
    const found = await repliesOf(session);
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
    const [chunk, ...more] = await repliesOf(session.receive(request({ command: READ, flags: DF, length: SIZE })));
    expect(more).toEqual([]);
    expect(chunk).toMatchObject({ type: DATA, done: true });
    expect(chunk?.data.subarray(8).equals(device.bytes)).toBe(true);
  });

  it('that fail midway send nothing of it, and let go of what they held', async () => {
    device.hook = async (operation, offset) => {
      if (operation === 'read' && offset >= MIB) throw new DeviceError('IO', 'The block is damaged.');
    };
    const session = transmitting(device, { structured: true });
    const found = await repliesOf(session.receive(request({ command: READ, length: SIZE })));
    expect(found.map(({ type, done }) => [type, done])).toEqual([[ERROR, true]]);
    expect(found[0]?.data.subarray(6).toString()).toBe('The block is damaged.');
    expect(device.held).toBe(0);
  });

  it('of which the device gives too little fail, as the client would lose step', async () => {
    device.read = async () => ({ chunks: [Buffer.alloc(4)], release: () => device.held-- });
    const session = transmitting(device).receive(request({ command: READ, length: 5 }));
    expect((await repliesOf(session)).map(errorOf)).toEqual([5]);
    expect(device.held).toBe(-1);
  });
});

describe('writes', () => {
  it('are one buffer for the device, however their bytes arrive', async () => {
    const data = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
    const bytes = request({ command: WRITE, offset: 10, data });
    const session = transmitting(device);
    for (const byte of bytes) session.receive(Buffer.from([byte]));
    expect(await repliesOf(session)).toEqual([
      { kind: 'simple', cookie: 1, type: 0, done: true, data: Buffer.alloc(0) },
    ]);
    expect(device.calls).toEqual(['write 10+1000']);
    expect(device.bytes.subarray(10, 1010)).toEqual(data);
  });

  test.each([
    ['a write', { command: WRITE, data: Buffer.alloc(10) }, 'write 0+10'],
    ['zeros', { command: ZEROES, length: 10 }, 'zero 0+10'],
    ['a trim', { command: TRIM, length: 10 }, 'trim 0+10'],
  ])('%s with FUA is flushed before it is acknowledged', async (_, fields, call) => {
    const { waiting } = holdBack(device);
    const session = transmitting(device).receive(request({ ...fields, flags: FUA }));
    waiting.shift()?.();
    expect(await repliesOf(session)).toEqual([]);
    expect(device.calls).toEqual([call, 'flush 0+0']);
    waiting.shift()?.();
    expect((await repliesOf(session)).map(errorOf)).toEqual([0]);
  });

  it('that fail with FUA are not flushed', async () => {
    device.hook = () => Promise.reject(new DeviceError('NO_SPACE', 'Full.'));
    const session = transmitting(device).receive(request({ command: WRITE, flags: FUA, data: Buffer.alloc(10) }));
    expect((await repliesOf(session)).map(errorOf)).toEqual([28]);
    expect(device.calls).toEqual(['write 0+10']);
  });

  it('zeros are a hole, and read as zeros, also where the client asks for none', async () => {
    const session = transmitting(device).receive(
      request({ command: WRITE, data: Buffer.alloc(12_288, 1) }),
      request({ command: ZEROES, flags: NO_HOLE, length: 4096 }),
      request({ command: ZEROES, flags: NO_HOLE | FAST_ZERO, offset: 4096, length: 4096 }),
      request({ command: ZEROES, offset: 8192, length: 4096 }),
    );
    expect((await repliesOf(session)).map(errorOf)).toEqual([0, 0, 0, 0]);
    const extents = await device.extents('allocation', 0, 12_288, 9, AbortSignal.timeout(1000));
    expect(extents).toEqual([{ lengthBytes: 12_288, hole: true, zero: true, dirty: true }]);
  });

  it('that are refused do not put what follows out of step', async () => {
    const session = transmitting(device).receive(
      request({ command: WRITE, cookie: 1, offset: SIZE - 5, data: request({ command: DISC }) }),
      request({ command: WRITE, cookie: 2, flags: DF, data: Buffer.alloc(5) }),
      request({ command: WRITE, cookie: 3, data: Buffer.alloc(5) }),
    );
    expect((await repliesOf(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([
      [1, 28],
      [2, 22],
      [3, 0],
    ]);
  });

  it('under way at once keep their data apart', async () => {
    const { waiting } = holdBack(device);
    const session = transmitting(device);
    const write = (index: number) =>
      request({ command: WRITE, offset: index * 100 * KIB, data: Buffer.alloc(100 * KIB, index + 1) });
    const halves = (bytes: Buffer) => [bytes.subarray(0, 70 * KIB), bytes.subarray(70 * KIB)];
    for (const index of [0, 1, 2]) session.receive(...halves(write(index)));
    for (const go of waiting.splice(0)) go();
    await settle();
    for (const index of [3, 4]) session.receive(...halves(write(index)));
    for (const go of waiting.splice(0)) go();
    expect((await repliesOf(session)).map(errorOf)).toEqual([0, 0, 0, 0, 0]);
    for (const index of [0, 1, 2, 3, 4])
      expect(device.bytes.subarray(index * 100 * KIB, (index + 1) * 100 * KIB)).toEqual(
        Buffer.alloc(100 * KIB, index + 1),
      );
  });

  it('of more than is taken at once are thrown away as they come', async () => {
    const length = 33 * MIB;
    const session = transmitting(device).receive(request({ command: WRITE, cookie: 8, length }));
    const piece = Buffer.alloc(MIB);
    for (let at = 0; at < 32; at++) session.receive(piece);
    expect(await repliesOf(session)).toEqual([]);
    session.receive(piece, request({ command: FLUSH, cookie: 9 }));
    expect((await repliesOf(session)).map((chunk) => [chunk.cookie, errorOf(chunk)])).toEqual([
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
    const found = await repliesOf(session.receive(request({ command: STATUS, offset: 1024, length: 64 * KIB })));
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
    const found = await repliesOf(session.receive(request({ command: STATUS, flags: REQ_ONE, length: 2048 })));
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
      const found = await repliesOf(
        session.receive(request({ command: FLUSH }), request({ command: READ, length: 9 })),
      );
      expect(found.map(errorOf)).toEqual([error, error]);
      if (structured) expect(found.map(({ data }) => data.subarray(6).toString())).toEqual(['Because.', 'Because.']);
    }
  });

  it('that it does not mean are told as no more than that, and logged', async () => {
    device.hook = () => Promise.reject(new Error('ECONNREFUSED https://secret.example'));
    const session = transmitting(device, { structured: true }).receive(
      request({ command: READ, offset: 3, length: 9 }),
    );
    const [chunk] = await repliesOf(session);
    expect(chunk?.data.toString('latin1')).not.toContain('secret');
    expect(chunk && errorOf(chunk)).toBe(5);
    expect(session.log.entries.at(-1)).toMatchObject({
      level: 'warn',
      fields: { export: 'disk', command: READ, offset: 3 },
    });
  });
});
