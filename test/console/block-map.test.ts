import { expect, test } from 'vitest';
import { cellBytesOf, sharesOf, stepOf, zoomed } from '../../src/console/pages/disks/block-map.ts';

const BLOCK = 524_288;
const TIB = 1024 ** 4;

test('a cell is a power of two blocks, and there are at most 4,096', () => {
  expect(cellBytesOf({ offsetBytes: 0, lengthBytes: BLOCK })).toBe(BLOCK);
  expect(cellBytesOf({ offsetBytes: 0, lengthBytes: 4_097 * BLOCK })).toBe(2 * BLOCK);
  expect(cellBytesOf({ offsetBytes: 0, lengthBytes: 64 * TIB })).toBe(16 * 1024 ** 3);
});

test('a range counts in each cell by the part that is in it', () => {
  const span = { offsetBytes: 0, lengthBytes: 8_192 * BLOCK };
  const shares = sharesOf([{ offsetBytes: BLOCK, lengthBytes: 2 * BLOCK }], span);
  expect([...shares.slice(0, 3)]).toEqual([0.5, 0.5, 0]);
  expect(shares).toHaveLength(4_096);
});

test('what lies outside the span does not count', () => {
  const span = { offsetBytes: 64 * BLOCK, lengthBytes: 64 * BLOCK };
  const shares = sharesOf([{ offsetBytes: 0, lengthBytes: 65 * BLOCK }], span);
  expect([...shares.slice(0, 2)]).toEqual([1, 0]);
});

test('the least change has a step of its own', () => {
  expect([0, 0.000_001, 0.05, 0.3, 0.9].map(stepOf)).toEqual([0, 1, 2, 3, 4]);
});

test('going into a cell of 64 TiB ends at single blocks, inside the device', () => {
  let span = { offsetBytes: 0, lengthBytes: 64 * TIB };
  for (let depth = 0; depth < 4; depth++) span = zoomed(span, 1);
  expect(span.lengthBytes).toBe(64 * BLOCK);
  expect(span.offsetBytes + span.lengthBytes).toBeLessThanOrEqual(64 * TIB);
});
