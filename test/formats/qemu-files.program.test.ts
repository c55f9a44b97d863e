import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mixedContents } from '../support/disk-contents.ts';
import { contentsOf, openInMemory } from '../support/image-files.ts';
import { describeWith, tell } from '../support/programs.ts';
import { convertArguments, nameOf, SHORT_MATRIX } from '../support/qemu-matrix.ts';

const SIZE = 9 * 1024 ** 2 + 3 * 512;
let folder: string;
let raw: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-formats-'));
  raw = join(folder, 'disk.raw');
  await writeFile(raw, mixedContents(SIZE, 1));
});
afterAll(() => rm(folder, { recursive: true }));

describeWith(['qemu-img'], '7.3: a file that qemu-img makes reads as qemu-img converts it:', () => {
  it.each(SHORT_MATRIX.map((one) => [nameOf(one), one] as const))('%s', async (_, one) => {
    const path = join(folder, `disk.${one.driver}`);
    await tell('qemu-img', 'convert', '-f', 'raw', ...convertArguments(one), raw, path);
    await tell('qemu-img', 'convert', '-f', one.driver, '-O', 'raw', path, join(folder, 'back.raw'));
    const contents = await contentsOf(await openInMemory(one.format, path));
    expect(contents.equals(await readFile(join(folder, 'back.raw')))).toBe(true);
  });
});
