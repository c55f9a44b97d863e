import { describe, expect, it, test } from 'vitest';
import { ByteQueue } from '../../src/nbd/byte-queue.ts';
import { listContexts, META_CONTEXTS, parseQuery, selectContexts, statusRuns } from '../../src/nbd/contexts.ts';
import type { Extent } from '../../src/nbd/device.ts';
import { transmissionFlags } from '../../src/nbd/exports.ts';
import {
  OptionRefusal,
  optionReply,
  parseContextQuestion,
  parseExportQuestion,
  parseOptionHeader,
} from '../../src/nbd/options.ts';
import { Payloads } from '../../src/nbd/payloads.ts';
import { fragments } from '../../src/nbd/read-sparse.ts';
import { dataChunk, errorChunk, holeChunk, simpleReply, statusChunk } from '../../src/nbd/replies.ts';
import { parseRequest } from '../../src/nbd/requests.ts';
import { named, option, request, text, u16, u32 } from '../support/nbd-bytes.ts';

const COOKIE = { cookieHigh: 0x01020304, cookieLow: 0xf5f6f7f8 };
const hex = (bytes: Buffer) => bytes.toString('hex');

describe('bytes as they arrive', () => {
  it('are taken in any lengths, and those that came in one piece without a copy', () => {
    const queue = new ByteQueue();
    const first = Buffer.from('abcdef');
    queue.push(first);
    queue.push(Buffer.alloc(0));
    queue.push(Buffer.from('ghij'));
    const whole = queue.take(3);
    expect(whole?.buffer).toBe(first.buffer);
    expect(whole?.toString()).toBe('abc');
    expect(queue.take(8)).toBeUndefined();
    expect(queue.take(5)?.toString()).toBe('defgh');
    expect(queue.length).toBe(2);
    expect(queue.skip(1)).toBe(1);
    const target = Buffer.alloc(4, '.');
    expect(queue.moveInto(target, 2)).toBe(1);
    expect(target.toString()).toBe('..j.');
    expect(queue.skip(9)).toBe(0);
    expect(queue.take(0)?.length).toBe(0);
    expect(queue.take(1)).toBeUndefined();
  });

  it('fill a target up to its end, and no further', () => {
    const queue = new ByteQueue();
    queue.push(Buffer.from('abc'));
    queue.push(Buffer.from('def'));
    const target = Buffer.alloc(4);
    expect(queue.moveInto(target, 0)).toBe(4);
    expect(target.toString()).toBe('abcd');
    expect(queue.take(2)?.toString()).toBe('ef');
  });
});

describe('buffers of payloads', () => {
  const KIB = 1024;

  it('are used again by writes of about the same length', () => {
    const payloads = new Payloads(256 * KIB);
    const first = payloads.take(100 * KIB);
    expect(first).toHaveLength(100 * KIB);
    payloads.give(first);
    const second = payloads.take(128 * KIB);
    expect(second).toHaveLength(128 * KIB);
    expect(second.buffer).toBe(first.buffer);
    expect(payloads.take(128 * KIB).buffer).not.toBe(first.buffer);
  });

  it('are never given twice at a time, and not kept beyond the limit', () => {
    const payloads = new Payloads(256 * KIB);
    const taken = Array.from({ length: 3 }, () => payloads.take(128 * KIB));
    for (const payload of taken) payloads.give(payload);
    const again = Array.from({ length: 3 }, () => payloads.take(128 * KIB).buffer);
    expect(new Set(again).size).toBe(3);
    expect(again.filter((buffer) => taken.some((one) => one.buffer === buffer))).toHaveLength(2);
  });

  it('are not kept where they are small, or none of theirs', () => {
    const payloads = new Payloads(256 * KIB);
    payloads.give(payloads.take(10));
    payloads.give(Buffer.alloc(100 * KIB));
    payloads.give(Buffer.alloc(64 * KIB).subarray(0, 40 * KIB));
    expect(payloads.take(100 * KIB).buffer.byteLength).toBe(128 * KIB);
    expect(payloads.take(40 * KIB).buffer.byteLength).toBe(40 * KIB);
  });
});

describe('options', () => {
  it('have a header of 16 bytes', () => {
    expect(parseOptionHeader(option(7, u32(5)).subarray(0, 16))).toEqual({ option: 7, lengthBytes: 4 });
    expect(parseOptionHeader(Buffer.from('IHAVEOPX00000000'))).toBeUndefined();
  });

  it('are answered with their number, a type and data', () => {
    expect(hex(optionReply(7, 3, u16(0), u32(9)))).toBe('0003e889045565a9000000070000000300000006000000000009');
  });

  test.each([
    ['a name and two kinds', [named('disk'), u16(2), u16(3), u16(1)], { name: 'disk', wanted: new Set([3, 1]) }],
    ['no name, nothing', [u32(0), u16(0)], { name: '', wanted: new Set() }],
    ['a kind twice', [named('é'), u16(2), u16(3), u16(3)], { name: 'é', wanted: new Set([3]) }],
  ])('INFO with %s', (_, data, expected) => {
    expect(parseExportQuestion(Buffer.concat(data))).toEqual(expected);
  });

  const INVALID = 0x80000003;
  const TOO_BIG = 0x80000009;
  test.each<[string, Buffer[], number]>([
    ['nothing', [], INVALID],
    ['a length that is cut', [Buffer.alloc(3)], INVALID],
    ['a name beyond the end', [u32(5), text('disk'), u16(0)], INVALID],
    ['a name up to the very end', [u32(6), text('disk'), u16(0)], INVALID],
    ['a name of 4 GiB', [u32(0xffffffff), text('disk'), u16(0)], INVALID],
    ['a name that is too long', [u32(4097), Buffer.alloc(4097, 'a'), u16(0)], TOO_BIG],
    ['a name that is no UTF-8', [u32(2), Buffer.from([0xc3, 0x28]), u16(0)], INVALID],
    ['a name with a NUL', [named('a\0b'), u16(0)], INVALID],
    ['fewer kinds than it says', [named('disk'), u16(2), u16(3)], INVALID],
    ['more bytes than it says', [named('disk'), u16(0), u16(3)], INVALID],
  ])('INFO with %s is refused', (_, data, error) => {
    expect(refusalOf(() => parseExportQuestion(Buffer.concat(data)))).toBe(error);
  });

  test.each<[string, Buffer[], number]>([
    ['more queries than there are', [named('disk'), u32(0xffffffff), named('base:')], INVALID],
    ['a query beyond the end', [named('disk'), u32(1), u32(6), text('base:')], INVALID],
    ['a query without a namespace', [named('disk'), u32(1), named(':dirty')], INVALID],
    ['a query without a colon', [named('disk'), u32(1), named('base')], INVALID],
    ['an empty query', [named('disk'), u32(1), named('')], INVALID],
    ['a query that is too long', [named('disk'), u32(1), named(`x:${'a'.repeat(5000)}`)], TOO_BIG],
    ['bytes after the last query', [named('disk'), u32(0), u32(0)], INVALID],
  ])('SET_META_CONTEXT with %s is refused', (_, data, error) => {
    expect(refusalOf(() => parseContextQuestion(Buffer.concat(data)))).toBe(error);
  });

  function refusalOf(parse: () => unknown): number | undefined {
    try {
      parse();
    } catch (error) {
      if (error instanceof OptionRefusal) return error.error;
      throw error;
    }
    return undefined;
  }
});

describe('requests and replies', () => {
  it('a request is read whole', () => {
    const bytes = request({ command: 6, flags: 0x12, cookie: 0x0102030405, offset: 2 ** 40 + 7, length: 0xffffffff });
    expect(bytes).toHaveLength(28);
    expect(parseRequest(bytes)).toEqual({
      flags: 0x12,
      command: 6,
      cookieHigh: 1,
      cookieLow: 0x02030405,
      offset: 2 ** 40 + 7,
      length: 0xffffffff,
    });
  });

  it('an offset beyond what numbers hold exactly stays far beyond every size', () => {
    const offset = parseRequest(request({ command: 0, offset: 2n ** 64n - 1n }))?.offset;
    expect(offset).toBeGreaterThan(2 ** 63);
  });

  it('what does not begin like a request is none', () => {
    expect(parseRequest(request({ command: 0, magic: 0x25609514 }))).toBeUndefined();
  });

  test.each([
    ['simple', simpleReply(COOKIE, 0), '674466980000000001020304f5f6f7f8'],
    ['simple, failed', simpleReply(COOKIE, 28), '674466980000001c01020304f5f6f7f8'],
    [
      'data',
      dataChunk(COOKIE, { offset: 2 ** 32 + 5, length: 16 }, true),
      '668e33ef0001000101020304f5f6f7f8000000180000000100000005',
    ],
    [
      'a hole',
      holeChunk(COOKIE, { offset: 4096, length: 8192 }, false),
      '668e33ef0000000201020304f5f6f7f80000000c000000000000100000002000',
    ],
    [
      'a status',
      statusChunk(
        COOKIE,
        2,
        [
          { lengthBytes: 4096, flags: 3 },
          { lengthBytes: 1, flags: 0 },
        ],
        true,
      ),
      '668e33ef0001000501020304f5f6f7f8000000140000000200001000000000030000000100000000',
    ],
    ['an error', errorChunk(COOKIE, 22, 'no'), '668e33ef0001800101020304f5f6f7f80000000800000016' + '00026e6f'],
  ])('reply: %s', (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it('a message that is too long is cut', () => {
    expect(errorChunk(COOKIE, 5, 'x'.repeat(9000))).toHaveLength(20 + 6 + 4096);
  });
});

describe('transmission flags', () => {
  test.each([
    { device: { readOnly: false }, structured: true, flags: 0b1101_1110_1101 },
    { device: { readOnly: false }, structured: false, flags: 0b1101_0110_1101 },
    { device: { readOnly: true }, structured: true, flags: 0b0101_1000_0111 },
    { device: { readOnly: true }, structured: false, flags: 0b0101_0000_0111 },
  ])('$device, structured $structured', ({ device, structured, flags }) => {
    expect(transmissionFlags(device, structured).toString(2)).toBe(flags.toString(2));
  });
});

describe('metadata contexts', () => {
  const names = (contexts: readonly { name: string }[]) => contexts.map(({ name }) => name);
  const parsed = (...queries: string[]) => queries.map((query) => parseQuery(query) ?? { namespace: '', leaf: '' });

  test.each([
    { queries: [], listed: ['base:allocation', 'varve:dirty'], selected: [] },
    { queries: ['base:'], listed: ['base:allocation'], selected: [] },
    { queries: ['varve:'], listed: ['varve:dirty'], selected: [] },
    { queries: ['base:allocation'], listed: ['base:allocation'], selected: ['base:allocation'] },
    {
      queries: ['varve:dirty', 'base:allocation'],
      listed: ['base:allocation', 'varve:dirty'],
      selected: ['base:allocation', 'varve:dirty'],
    },
    { queries: ['varve:dirty', 'varve:dirty'], listed: ['varve:dirty'], selected: ['varve:dirty'] },
    { queries: ['base:other', 'qemu:dirty-bitmap:x', 'x-y:'], listed: [], selected: [] },
  ])('$queries lists and selects', ({ queries, listed, selected }) => {
    expect(names(listContexts(parsed(...queries)))).toEqual(listed);
    expect(names(selectContexts(parsed(...queries)))).toEqual(selected);
  });

  it('have ids that differ', () => {
    expect(new Set(META_CONTEXTS.map(({ id }) => id)).size).toBe(META_CONTEXTS.length);
  });

  const extent = (lengthBytes: number, letters: string): Extent => ({
    lengthBytes,
    hole: letters.includes('h'),
    zero: letters.includes('z'),
    dirty: letters.includes('d'),
  });

  test.each([
    {
      context: 'base:allocation',
      extents: [extent(10, ''), extent(5, 'd'), extent(7, 'hz')],
      limit: 22,
      runs: [
        [15, 0],
        [7, 3],
      ],
    },
    {
      context: 'base:allocation',
      extents: [extent(10, 'z'), extent(5, 'hz')],
      limit: 12,
      runs: [
        [10, 2],
        [2, 3],
      ],
    },
    {
      context: 'varve:dirty',
      extents: [extent(10, ''), extent(5, 'd'), extent(7, 'hzd')],
      limit: 100,
      runs: [
        [10, 0],
        [12, 1],
      ],
    },
    { context: 'varve:dirty', extents: [extent(0, 'd'), extent(100, 'hz')], limit: 1, runs: [[1, 0]] },
  ] as const)('$context of extents %# are joined and cut', ({ context: name, extents, limit, runs }) => {
    const context = META_CONTEXTS.find((one) => one.name === name);
    if (context === undefined) throw new Error(`There is no ${name}.`);
    expect(statusRuns(context, extents, limit).map(({ lengthBytes, flags }) => [lengthBytes, flags])).toEqual(runs);
  });

  const KIB = 1024;
  test.each([
    { name: 'all data', extents: [extent(256 * KIB, '')], runs: [[0, 256, false]] },
    { name: 'all zero', extents: [extent(256 * KIB, 'hz')], runs: [[0, 256, true]] },
    { name: 'longer than asked for', extents: [extent(999 * KIB, 'hz')], runs: [[0, 256, true]] },
    {
      name: 'told in part',
      extents: [extent(64 * KIB, 'z')],
      runs: [
        [0, 64, true],
        [64, 192, false],
      ],
    },
    { name: 'nothing told', extents: [], runs: [[0, 256, false]] },
    {
      name: 'short zeros',
      extents: [extent(32 * KIB, 'hz'), extent(128 * KIB, ''), extent(96 * KIB, 'z')],
      runs: [
        [0, 160, false],
        [160, 96, true],
      ],
    },
    {
      name: 'zeros in pieces',
      extents: [extent(32 * KIB, 'hz'), extent(32 * KIB, 'z'), extent(192 * KIB, '')],
      runs: [
        [0, 64, true],
        [64, 192, false],
      ],
    },
  ] as const)('a read of 256 KiB is cut: $name', ({ extents, runs: expected }) => {
    const range = { offset: 8192, length: 256 * KIB };
    expect(fragments(range, extents)).toEqual(
      expected.map(([at, length, zero]) => ({ offset: range.offset + at * KIB, length: length * KIB, zero })),
    );
  });
});
