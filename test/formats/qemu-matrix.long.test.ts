import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openImage } from '../../src/formats/open.ts';
import { readRange } from '../../src/formats/read-range.ts';
import { mixedContents } from '../support/disk-contents.ts';
import { toldRandom } from '../support/fuzz-seed.ts';
import { contentsOf, openInMemory, pathFile } from '../support/image-files.ts';
import { describeWith, tell } from '../support/programs.ts';
import { convertArguments, LONG_MATRIX, nameOf } from '../support/qemu-matrix.ts';

vi.setConfig({ testTimeout: 600_000 });

const MIB = 1024 ** 2;
const SIZES = [512, 7 * MIB + 3 * 512];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-matrix-'));
  for (const size of SIZES) await writeFile(join(folder, `${size}.raw`), mixedContents(size, size));
});
afterAll(() => rm(folder, { recursive: true }));

const path = (name: string) => join(folder, name);

/** That an image reads as qemu-img reads it, all of it. */
const requireEqual = async (format: Parameters<typeof openInMemory>[0], driver: string, file: string) => {
  await tell('qemu-img', 'convert', '-f', driver, '-O', 'raw', file, path('back'));
  const contents = await contentsOf(await openInMemory(format, file));
  expect(contents.equals(await readFile(path('back')))).toBe(true);
};

describeWith(['qemu-img'], '7.3: every kind of file that qemu-img converts to reads as qemu-img reads it:', () => {
  const cases = SIZES.flatMap((size) => LONG_MATRIX.map((one) => [nameOf(one), size, one] as const));
  it.each(cases)('%s, of %i bytes', async (_, size, one) => {
    await tell('qemu-img', 'convert', '-f', 'raw', ...convertArguments(one), path(`${size}.raw`), path('image'));
    await requireEqual(one.format, one.driver, path('image'));
  });
});

describeWith(['qemu-img', 'qemu-io'], '7.3: a file that was written to in pieces reads as qemu-img reads it:', () => {
  const writable = LONG_MATRIX.filter(({ flags, options }) => !flags && !options.includes('subformat=streamOptimized'));
  it.each(writable.map((one) => [nameOf(one), one] as const))('%s', async (_, one) => {
    const random = toldRandom();
    const below = (most: number) => Math.floor(random() * most);
    const options = one.options.flatMap((option) => ['-o', option]);
    await tell('qemu-img', 'create', '-q', '-f', one.driver, ...options, path('image'), '40M');
    const commands = Array.from({ length: 60 }, () => {
      const length = 512 * (1 + below(2 ** below(11)));
      const place = `${512 * below((39 * MIB - length) / 512)} ${length}`;
      const kinds = [`write -P ${1 + below(255)} ${place}`, `write -z ${place}`, `discard ${place}`];
      return ['-c', kinds[below(8)] ?? (kinds[0] as string)];
    });
    await tell('qemu-io', '-f', one.driver, ...commands.flat(), path('image'));
    await requireEqual(one.format, one.driver, path('image'));
  });

  it('qcow2 with snapshots of its own: what it holds now', async () => {
    const image = path('image');
    await tell('qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', path(`${SIZES[1]}.raw`), image);
    await tell('qemu-img', 'snapshot', '-c', 'before', image);
    await tell('qemu-io', '-f', 'qcow2', '-c', 'write -P 7 1M 2M', '-c', 'discard 4M 1M', image);
    await requireEqual('qcow2', 'qcow2', image);
  });
});

describeWith(['qemu-img'], '7.3: a large disk reads as its raw image:', () => {
  const SIZE = 5 * 1024 * MIB + 512;
  const PLACES = [0, 511 * MIB, 2047 * MIB, 4095 * MIB, SIZE - 2 * MIB];
  beforeAll(async () => {
    await using raw = await open(path('large.raw'), 'w');
    for (const [at, place] of PLACES.entries()) await raw.write(mixedContents(2 * MIB, at), 0, 2 * MIB, place);
    await raw.truncate(SIZE);
  });

  const large = LONG_MATRIX.filter(
    ({ options }) =>
      options.length < 2 && !options.some((option) => /preallocation|block_size|fixed|cluster_size=512$/.test(option)),
  );
  it.each(large.map((one) => [nameOf(one), one] as const))('%s', async (_, one) => {
    await tell('qemu-img', 'convert', '-f', 'raw', ...convertArguments(one), path('large.raw'), path('large'));
    const image = await openImage(one.format, await pathFile(path('large')), (name) => pathFile(path(name)));
    expect(image.sizeBytes).toBeGreaterThanOrEqual(SIZE);
    await using raw = await open(path('large.raw'));
    let data = 0;
    for (let at = 0; at < SIZE; at += 64 * MIB) {
      const length = Math.min(64 * MIB, SIZE - at);
      for (const extent of await image.extents(at, length)) if (extent.kind !== 'zero') data += extent.length;
    }
    // Flat files are data as a whole, and blocks of VHDX are large.
    if (one.driver !== 'vhdx' && !nameOf(one).includes('Flat')) expect(data).toBeLessThan(64 * MIB);
    for (const place of PLACES) {
      const from = Math.max(place - MIB, 0);
      const expected = Buffer.alloc(Math.min(4 * MIB, SIZE - from));
      await raw.read(expected, 0, expected.length, from);
      expect((await readRange(image, from, expected.length)).equals(expected)).toBe(true);
    }
  });
});
