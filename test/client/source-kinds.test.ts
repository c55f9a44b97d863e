import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileSource } from '../../src/client/upload/source.ts';
import { tellSync } from '../support/programs.ts';

let folder: string;
const server = createServer();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-kinds-'));
  await mkdir(join(folder, 'directory'));
  await writeFile(join(folder, 'empty'), '');
  tellSync('mkfifo', join(folder, 'pipe'));
  await symlink('pipe', join(folder, 'link-to-pipe'));
  await symlink('nowhere', join(folder, 'dangling'));
  await symlink('itself', join(folder, 'itself'));
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('9.7: a source', () => {
  it.each([
    ['directory', 'is a directory'],
    ['empty', 'is empty'],
    ['pipe', 'is a pipe: give - as SOURCE, and send it to standard input'],
    ['link-to-pipe', 'is a pipe: give - as SOURCE, and send it to standard input'],
    ['dangling', 'does not exist'],
    ['itself', 'cannot be opened (ELOOP)'],
    ['socket', 'is neither a file nor a block device'],
    ['/dev/null', 'is neither a file nor a block device'],
    ['absent', 'does not exist'],
  ])('%s %s: refused at once, and nobody is waited for', async (name, why) => {
    const path = name.startsWith('/') ? name : join(folder, name);
    await expect(openFileSource(path)).rejects.toMatchObject({
      code: 'SourceUnusable',
      message: `${path} ${why}.`,
      extra: { path },
    });
  });
});
