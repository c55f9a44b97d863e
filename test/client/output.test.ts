import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openOutput } from '../../src/client/download/output.ts';
import { openFilesBelow } from '../support/open-files.ts';

const TOO_LARGE = 2 ** 60; // for any file system

test('an output that cannot have its size is refused, and its file is closed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'varve-output-'));
  const opened = openOutput({ path: join(folder, 'image'), force: false }, { root: 'empty', sizeBytes: TOO_LARGE });
  await expect(opened).rejects.toMatchObject({ code: 'OutputUnusable' });
  expect(await openFilesBelow(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
