import { readFileSync, statSync } from 'node:fs';
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
  const before = readFileSync(file);
  await image.change(file);
  const after = readFileSync(file);
  expect(before.subarray(0, 64 * MIB).equals(after.subarray(0, 64 * MIB))).toBe(true);
  expect(before.subarray(64 * MIB, 67 * MIB).equals(after.subarray(64 * MIB, 67 * MIB))).toBe(false);
  expect(before.subarray(67 * MIB).equals(after.subarray(67 * MIB))).toBe(true);
});
