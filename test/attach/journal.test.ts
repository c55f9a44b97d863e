import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTROL_BYTES, type Control, encodeControl, parseControl } from '../../src/attach/journal/control.ts';
import { encodeHead, parseHead, type RecordHead } from '../../src/attach/journal/record.ts';
import { scanSegment } from '../../src/attach/journal/scan.ts';
import { segmentKey } from '../../src/attach/journal/seal.ts';
import { type Run, Segment } from '../../src/attach/journal/segment.ts';
import { readPiece } from '../../src/client/threads/file-piece.ts';
import { deriveBlockKeys } from '../../src/engine/blocks/object-form.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { openFilesBelow } from '../support/open-files.ts';
import { seededRandom } from '../support/seeded-random.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-journal-'));
});
afterAll(async () => {
  expect(await openFilesBelow(folder)).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

const CONTROL: Control = {
  sealed: false,
  salt: Buffer.alloc(16, 7),
  generation: 3,
  firstSequence: 11,
  fence: 5,
  sizeBytes: 2 ** 40,
  baseVersion: undefined,
  intent: undefined,
  diskId: 'd-abc',
};
const KEYS = deriveBlockKeys(createHash('sha256').update('a data key').digest());

let made = 0;
/** A segment with records of these lengths, none meaning zeros. */
async function segmentOf(lengths: readonly (number | undefined)[], sealed = false) {
  made += 1;
  const path = join(folder, `${made}.segment`);
  const control = { ...CONTROL, sealed };
  const segment = await Segment.create(path, control, sealed ? segmentKey(KEYS, control.salt) : undefined);
  const data = lengths.map((length) => (length === undefined ? undefined : randomBytes(length)));
  const runs: Run[] = [];
  for (const [at, bytes] of data.entries()) {
    const head: RecordHead = {
      kind: bytes ? 'DATA' : 'ZEROS',
      sealed,
      sequence: 11 + at,
      offset: at * 1_000_000,
      length: bytes?.length ?? 777,
      durable: at < 3 ? 0 : 12,
    };
    runs.push(...(await segment.append([bytes ? { head, data: bytes } : { head }])));
  }
  return { path, segment, data, runs };
}

describe('a segment', () => {
  test.each([false, true])('gives back what was appended, sealed: %s', async (sealed) => {
    const { path, segment, data, runs } = await segmentOf([4096, undefined, 1, 500_000], sealed);
    const slot = Buffer.alloc(600_000);
    for (const [at, bytes] of data.entries()) {
      if (bytes === undefined) continue;
      const skip = Math.floor(bytes.length / 3);
      const piece = { from: 100, to: 100 + bytes.length - skip, run: runs[at] as Run, skip };
      readPiece(segment.filePiece(piece, 100), slot);
      expect(slot.subarray(100, 100 + bytes.length - skip).equals(bytes.subarray(skip))).toBe(true);
      if (sealed && bytes.length > 16) expect((await readFile(path)).includes(bytes.subarray(0, 16))).toBe(false);
    }
    await segment.setBase(8);
    await segment.setIntent({ version: 8, digest: Buffer.alloc(32, 9) });
    segment.leave();
    const found = await scanSegment(path);
    expect(found?.control).toEqual({
      ...CONTROL,
      sealed,
      baseVersion: 8,
      intent: { version: 8, digest: Buffer.alloc(32, 9) },
    });
    expect(found?.records.map(({ head }) => head.length)).toEqual([4096, 777, 1, 500_000]);
    expect(found?.durable).toBe(12);
    await found?.file.close();
  });

  test('a sealed record that was changed, or put elsewhere, is not read', async () => {
    const { path, segment, runs } = await segmentOf([4096], true);
    const bytes = await readFile(path);
    for (const at of [CONTROL_BYTES + 16, CONTROL_BYTES + 48, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      await writeFile(path, changed);
      const piece = segment.filePiece({ from: 0, to: 4096, run: runs[0] as Run, skip: 0 }, 0);
      expect(() => readPiece(piece, Buffer.alloc(4096))).toThrow();
    }
    segment.leave();
  });

  test('a torn or changed segment gives a beginning of what was appended, and says what had been durable', async () => {
    const { path, segment } = await segmentOf([100, 5000, undefined, 70_000, 3, undefined, 900]);
    segment.leave();
    const whole = await readFile(path);
    const { records } = (await scanAndClose(path)) as { records: number };
    expect(records).toBe(7);
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.boolean(), async (seed, cut) => {
        const random = seededRandom(seed);
        const at = CONTROL_BYTES + Math.floor(random() * (whole.length - CONTROL_BYTES));
        const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) damaged[at] = (damaged[at] as number) ^ (1 + Math.floor(random() * 255));
        await writeFile(path, damaged);
        const found = await scanAndClose(path);
        expect(found?.records).toBeLessThan(7);
        expect(found?.end).toBeLessThanOrEqual(at);
        // Records behind the damage still tell that what was damaged had been acknowledged.
        if (!cut && at < CONTROL_BYTES + 5000) expect(found?.durable).toBe(12);
      }),
      { numRuns: 200, ...FUZZ_SEED },
    );
  });

  test('the control page survives a change that was torn', () => {
    const page = Buffer.alloc(CONTROL_BYTES);
    encodeControl(CONTROL, 4).copy(page, 0);
    encodeControl({ ...CONTROL, baseVersion: 9 }, 5).copy(page, 2048);
    expect(parseControl(page)?.control.baseVersion).toBe(9);
    page[2048 + 70] = 0xff;
    expect(parseControl(page)?.control.baseVersion).toBeUndefined();
    page[3] = 0;
    expect(parseControl(page)).toBeUndefined();
  });
});

test('a head of random bytes is refused or read as it would be written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 48, maxLength: 48 }), (bytes) => {
      const random = Buffer.from(bytes);
      random.write('VJR1', 'latin1');
      random[4] = ((random[4] as number) % 3) + 1;
      random.fill(0, 6, 8).fill(0, 44);
      const head = parseHead(random);
      if (head === undefined) return;
      expect(encodeHead(head).subarray(0, 40).equals(random.subarray(0, 40))).toBe(true);
    }),
    { numRuns: 2000, ...FUZZ_SEED },
  );
});

async function scanAndClose(path: string) {
  const found = await scanSegment(path);
  await found?.file.close();
  return found && { records: found.records.length, end: found.end, durable: found.durable };
}
