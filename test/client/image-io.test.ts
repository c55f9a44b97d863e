import { describe, expect, it } from 'vitest';
import { type ReadAt, readImage, rescueImage } from '../../src/client/threads/image-io.ts';
import { sizeText } from '../../src/platform/size-text.ts';

const PAGE = 4096;
const SIZE = 10 * PAGE + 1000;
const IMAGE = { fd: -1, sizeBytes: SIZE, path: '/dev/vdb' };
const contents = Buffer.from(Array.from({ length: SIZE }, (_, at) => (at % 251) + 1));

interface Fault {
  readonly from: number;
  readonly to: number;
  readonly errno: string;
}

/**
 * A medium as the kernel shows one: a read ends where the fault begins, and fails if it begins
 * inside.
 */
function medium({ end = SIZE, faults = [] }: { end?: number; faults?: readonly Fault[] }): ReadAt {
  return (_fd, into, at, length, position) => {
    const fault = faults.find(({ from, to }) => position < to && position + length > from);
    if (fault && position >= fault.from) throw Object.assign(new Error(fault.errno), { code: fault.errno });
    const stop = Math.min(position + length, end, fault?.from ?? Number.POSITIVE_INFINITY);
    return stop <= position ? 0 : contents.copy(into, at, position, stop);
  };
}

const bad = (from: number, to: number, errno = 'EIO'): Fault => ({ from, to, errno });
const whole = () => Buffer.alloc(12 * PAGE, 0xee);

describe('9.7: a read of a source', () => {
  it.each([
    ['ends at once', { end: 0 }, 0],
    ['ends within a page', { end: 3 * PAGE + 7 }, 3 * PAGE + 7],
    ['ends one byte early', { end: SIZE - 1 }, SIZE - 1],
  ])('that %s is refused with path and offset, and never zeros', (_, state, offsetBytes) => {
    expect(() => readImage(IMAGE, 0, whole(), medium(state))).toThrow(
      expect.objectContaining({
        code: 'SourceUnusable',
        message: `/dev/vdb became shorter while it was read: it ended at offset ${sizeText(offsetBytes)}, of ${sizeText(SIZE)}.`,
        extra: { path: '/dev/vdb', offsetBytes, sizeBytes: SIZE },
      }),
    );
    expect(() => rescueImage(IMAGE, 0, whole(), medium(state)), 'also where zeros stand for bad places').toThrow(
      'became shorter',
    );
  });

  it.each(['EIO', 'ESTALE', 'ENXIO'])('that fails with %s says where', (errno) => {
    const read = medium({ faults: [bad(2 * PAGE, 3 * PAGE, errno)] });
    expect(() => readImage(IMAGE, PAGE, whole(), read)).toThrow(
      expect.objectContaining({
        code: 'SourceUnusable',
        message: `/dev/vdb cannot be read at offset ${sizeText(2 * PAGE)} (${errno}).`,
        extra: { path: '/dev/vdb', offsetBytes: 2 * PAGE, errno },
      }),
    );
  });

  it('is zeros beyond the size alone', () => {
    const part = whole();
    readImage(IMAGE, 0, part, medium({}));
    expect(part.subarray(0, SIZE).equals(contents)).toBe(true);
    expect(part.subarray(SIZE).every((byte) => byte === 0)).toBe(true);
  });
});

describe('9.7: a read around bad places', () => {
  const range = (from: number, to: number) => ({ offsetBytes: from, lengthBytes: to - from });

  it.each([
    ['nothing', [], []],
    ['a sector', [bad(PAGE + 512, PAGE + 1024)], [range(PAGE, 2 * PAGE)]],
    ['two pages that touch', [bad(PAGE, 2 * PAGE), bad(2 * PAGE, 3 * PAGE)], [range(PAGE, 3 * PAGE)]],
    ['two apart', [bad(0, 1), bad(5 * PAGE, 6 * PAGE)], [range(0, PAGE), range(5 * PAGE, 6 * PAGE)]],
    ['a short last page', [bad(SIZE - 1, SIZE)], [range(10 * PAGE, SIZE)]],
    ['a checksum of the file system', [bad(PAGE, PAGE + 1, 'EBADMSG')], [range(PAGE, 2 * PAGE)]],
  ])('loses %s, and keeps all else', (_, faults, lost) => {
    const part = whole();
    expect(rescueImage(IMAGE, 0, part, medium({ faults }))).toEqual(lost);
    const expected = Buffer.concat([contents, Buffer.alloc(part.length - SIZE)]);
    for (const { offsetBytes, lengthBytes } of lost) expected.fill(0, offsetBytes, offsetBytes + lengthBytes);
    expect(part.equals(expected)).toBe(true);
  });

  it.each(['ENXIO', 'ENODEV', 'ESTALE'])('does not take a source that has gone (%s) for a bad place', (errno) => {
    const read = medium({ faults: [bad(PAGE, SIZE, errno)] });
    expect(() => rescueImage(IMAGE, 0, whole(), read)).toThrow(`cannot be read at offset ${sizeText(PAGE)} (${errno})`);
  });
});
