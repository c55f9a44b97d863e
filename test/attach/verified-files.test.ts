import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Pace } from '../../src/attach/blocks/pace.ts';
import { VerifiedFiles } from '../../src/attach/blocks/verified-files.ts';
import { gmac, PAGE_BYTES, pageSums } from '../../src/client/threads/block-check.ts';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import { blockIdOf } from '../../src/engine/blocks/object-form.ts';

const HEAD_BYTES = 32;

interface Known {
  readonly files: VerifiedFiles;
  readonly id: ObjectId;
  readonly plain: Buffer;
  readonly path: string;
  /** Files whose bytes were other ones. */
  readonly damaged: string[];
}

let known: Known;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'varve-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const plain = randomBytes(BLOCK_BYTES);
  const id = blockIdOf(plain);
  const path = join(folder, 'block');
  await writeFile(path, Buffer.concat([Buffer.alloc(HEAD_BYTES), plain]));
  const damaged: string[] = [];
  const files = new VerifiedFiles({ now: () => 0, onDamage: (damagedPath) => damaged.push(damagedPath) });
  known = { files, id, plain, path, damaged };
  note(known);
  files.noteSums(id, pageSums(plain));
});

function note({ files, id, plain, path }: Known): void {
  files.note(id, { path, at: HEAD_BYTES, tag: gmac(files.tagKey, plain), isEntry: true });
}

/** A bit of the block is another one in the file. */
async function flip({ plain, path }: Known, at: number): Promise<void> {
  const changed = Buffer.from(plain);
  changed[at] = (changed[at] as number) ^ 1;
  await writeFile(path, Buffer.concat([Buffer.alloc(HEAD_BYTES), changed]));
}

test('a whole block and the pages of a part are read', () => {
  const { files, id, plain } = known;
  const into = Buffer.alloc(BLOCK_BYTES);
  expect(files.readBlock(id, into)).toBe(true);
  expect(into.equals(plain)).toBe(true);
  const [from, to] = [PAGE_BYTES - 10, 2 * PAGE_BYTES + 10];
  expect(files.readPages(id, { from, to }, into)).toBe(true);
  expect(into.subarray(0, 3 * PAGE_BYTES).equals(plain.subarray(0, 3 * PAGE_BYTES))).toBe(true);
});

test('9.5: one bit that changed anywhere in a file is noticed when the block is read', async () => {
  for (const at of [0, 4096, BLOCK_BYTES - 1]) {
    const { files, id, path, damaged } = known;
    await flip(known, at);
    expect(files.readBlock(id, Buffer.alloc(BLOCK_BYTES))).toBe(false);
    expect(files.has(id)).toBe(false);
    expect(damaged.splice(0)).toEqual([path]);
    note(known);
  }
});

test('9.5: one bit that changed in a page is noticed by each read of that page', async () => {
  const { files, id, path, damaged } = known;
  await flip(known, 3 * PAGE_BYTES + 7);
  const into = Buffer.alloc(BLOCK_BYTES);
  expect(files.readPages(id, { from: 0, to: 3 * PAGE_BYTES }, into)).toBe(true);
  expect(files.readPages(id, { from: 4 * PAGE_BYTES, to: BLOCK_BYTES }, into)).toBe(true);
  expect(files.readPages(id, { from: 4 * PAGE_BYTES - 1, to: 5 * PAGE_BYTES }, into)).toBe(false);
  expect(damaged).toEqual([path]);
  expect(files.readPages(id, { from: 0, to: 1 }, into)).toBe(false);
});

test('9.5: pages of another place in the same block are no substitute', async () => {
  const { files, id, plain, path } = known;
  const [first, second] = [plain.subarray(0, PAGE_BYTES), plain.subarray(PAGE_BYTES, 2 * PAGE_BYTES)];
  await writeFile(path, Buffer.concat([Buffer.alloc(HEAD_BYTES), second, first, plain.subarray(2 * PAGE_BYTES)]));
  expect(files.readPages(id, { from: 0, to: PAGE_BYTES }, Buffer.alloc(PAGE_BYTES))).toBe(false);
});

test('a file that is cut off or gone is known no more', async () => {
  const { files, id, path } = known;
  await truncate(path, BLOCK_BYTES / 2);
  expect(files.readPages(id, { from: BLOCK_BYTES - 1, to: BLOCK_BYTES }, Buffer.alloc(PAGE_BYTES))).toBe(false);
  note(known);
  await rm(path);
  expect(files.readBlock(id, Buffer.alloc(BLOCK_BYTES))).toBe(false);
  expect(files.has(id)).toBe(false);
  await writeFile(path, ''); // for the end of the test
});

test('a medium that is waited for is left to the threads for a while', () => {
  let now = 0;
  const pace = new Pace(() => now);
  const read = (ms: number) =>
    pace.timed(() => {
      now += ms;
    });
  read(1);
  expect(pace.isPaused).toBe(false);
  read(10);
  const answers = Array.from({ length: 65 }, () => {
    const { isPaused } = pace;
    pace.left();
    return isPaused;
  });
  expect(answers.indexOf(false)).toBe(64);
});
