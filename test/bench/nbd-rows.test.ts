import { expect, test } from 'vitest';
import { Figures } from '../../bench/figures.ts';
import { READS, rateName, SYNC_NAME, WRITES } from '../../bench/measures/attached.ts';
import { nbdRows } from '../../bench/report/nbd-rows.ts';
import { KIB, MIB } from '../../bench/sizes.ts';

const READ_MIB = { direction: 'read', blockBytes: MIB, depth: 32 } as const;
const RANDOM_4K = { direction: 'randread', blockBytes: 4 * KIB, depth: 1 } as const;
const WRITE_64K = { direction: 'randwrite', blockBytes: 64 * KIB, depth: 1 } as const;

test('each way of reading and writing has a name of its own', () => {
  const names = [...READS, ...WRITES].map((access) => rateName('varve', access));
  expect(names).toHaveLength(24);
  expect(new Set(names).size).toBe(24);
  expect(rateName('nbdkit', WRITE_64K)).toBe('nbd nbdkit randwrite 64k 1 B/s');
});

test('rates are judged by those of the same round', () => {
  const figures = new Figures();
  figures.add(rateName('varve cold', READ_MIB), 400 * MIB, 900 * MIB);
  figures.add(rateName('varve warm', READ_MIB), 800 * MIB);
  figures.add(rateName('nbdkit', READ_MIB), 1000 * MIB, 1000 * MIB);
  figures.add(rateName('varve local', WRITE_64K), 60 * MIB);
  figures.add(rateName('nbdkit', WRITE_64K), 100 * MIB);
  figures.add(rateName('varve warm', RANDOM_4K), 40 * MIB);
  figures.add(rateName('nbdkit', RANDOM_4K), 100 * MIB);
  figures.add('nbd write and flush ms', 10);
  figures.add(SYNC_NAME, 0.002, 0.001, 0.003);
  figures.add('nbd attach peak MiB', 100, 300, 200);
  const judgements = nbdRows(figures).flatMap(({ what, value, reached }) =>
    reached === undefined ? [] : [[what, value, reached]],
  );
  expect(judgements).toEqual([
    ['  of nbdkit file', '0.65 x', true],
    ['  of nbdkit file', '0.80 x', true],
    ['  of nbdkit file', '0.40 x', false],
    ['  of nbdkit file', '0.60 x', true],
    ['random write of 4 KiB and flush, durable in the service, p50', '10.0 ms', false],
    ['its memory, most of all', '300 MiB', true],
  ]);
});

test('a flush may take what the disk takes', () => {
  const figures = new Figures();
  figures.add('nbd write and flush ms', 10);
  figures.add(SYNC_NAME, 2);
  expect(nbdRows(figures)).toMatchObject([{ value: '10.0 ms', target: '≤ 11.0 ms', reached: true }]);
});

test('nothing measured, no rows', () => {
  expect(nbdRows(new Figures())).toEqual([]);
});
