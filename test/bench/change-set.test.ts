import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeChanged } from '../../bench/images/change-set.ts';
import { SeededBytes } from '../../bench/images/seeded-bytes.ts';
import { fillFile, writeWhole } from '../../bench/images/whole-file.ts';

const SECTOR_BYTES = 4096;
const SECTORS = 4000;
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'varve-bench-test-'));
  const random = new SeededBytes('original');
  await writeWhole(at('a'), async (fd) => {
    await fillFile(fd, SECTORS * SECTOR_BYTES, (bytes) => random.take(bytes));
  });
  await writeChanged(at('b'), at('a'), 'seed');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a change set', () => {
  test('rewrites about one hundredth of the sectors, most of them in runs', () => {
    const changed = changedSectors();
    // The last run may reach over the mark; a sector can be chosen as the source of its own copy.
    expect(changed.length).toBeGreaterThanOrEqual(SECTORS / 100 - 2);
    expect(changed.length).toBeLessThan(SECTORS / 100 + 256);
    const alone = changed.filter((sector) => !changed.includes(sector - 1) && !changed.includes(sector + 1));
    expect(alone.length).toBeLessThan(changed.length / 4);
  });

  test('is the same for the same seed, and another for another', async () => {
    await writeChanged(at('again'), at('a'), 'seed');
    await writeChanged(at('other'), at('a'), 'other seed');
    expect(readFileSync(at('again')).equals(readFileSync(at('b')))).toBe(true);
    expect(readFileSync(at('other')).equals(readFileSync(at('b')))).toBe(false);
  });
});

function changedSectors(): number[] {
  const [a, b] = [readFileSync(at('a')), readFileSync(at('b'))];
  expect(b.length).toBe(a.length);
  const sector = (bytes: Buffer, number: number) => bytes.subarray(number * SECTOR_BYTES, (number + 1) * SECTOR_BYTES);
  return Array.from({ length: SECTORS }, (_, number) => number).filter(
    (number) => !sector(a, number).equals(sector(b, number)),
  );
}
