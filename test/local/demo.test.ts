import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../src/local/demo/command.ts';
import { chooseImage } from '../../src/local/demo/image.ts';
import { temporaryFolder } from './running.ts';

const MIB = 1024 ** 2;

it('the tour has a raw image where a tool is missing, and says so', async () => {
  using folder = temporaryFolder();
  const image = await chooseImage(folder.path, async (command, args) =>
    command === 'debugfs' ? undefined : run(command, args),
  );
  expect(image.note).toContain('is not installed here (package e2fsprogs)');
  const file = join(folder.path, 'raw.img');
  await image.make(file);
  const { size, blocks } = statSync(file);
  expect(size).toBe(512 * MIB);
  expect(blocks * 512).toBeLessThan(128 * MIB);
  const before = hashesOf(file);
  await image.change(file);
  const after = hashesOf(file);
  expect(before).toHaveLength(512);
  expect(after.flatMap((is, mib) => (is === before[mib] ? [] : [mib]))).toEqual([64, 65, 66]);
});

/** A hash of each MiB: two such images at once would be a gigabyte of memory. */
function hashesOf(file: string): string[] {
  const piece = Buffer.alloc(MIB);
  const fd = openSync(file, 'r');
  try {
    return Array.from({ length: statSync(file).size / MIB }, (_, at) => {
      readSync(fd, piece, 0, MIB, at * MIB);
      return hash('sha256', piece, 'hex');
    });
  } finally {
    closeSync(fd);
  }
}
