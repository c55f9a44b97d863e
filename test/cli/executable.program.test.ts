import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { leaveOut } from '../support/programs.ts';
import { emptyFolder, type Installed, installedAs } from './installed.ts';

const BUILD = join(import.meta.dirname, '../../src/cli/packaging/build-executable.mjs');
const folder = emptyFolder('executable');
const path = (...names: readonly string[]) => join(folder.path, ...names);
const isHere = process.platform === 'linux' && process.arch === 'x64';
let installed: Installed;

beforeAll(async () => {
  if (!isHere) return;
  await promisify(execFile)(process.execPath, [BUILD, path('built')]);
  // Nothing is beside it, and no Node is on the path.
  mkdirSync(path('bin'));
  mkdirSync(path('home'));
  copyFileSync(path('built/varve'), path('bin/varve'));
  installed = installedAs(path('bin/varve'), { home: path('home') });
}, 300_000);
afterAll(folder.remove);

/** Mostly holes, so that it is asked where data lies. */
async function sparseImage(file: string): Promise<Buffer> {
  await using image = await open(file, 'w');
  await image.truncate(64 * BLOCK_BYTES);
  await image.write(randomBytes(BLOCK_BYTES), 0, BLOCK_BYTES, 7 * BLOCK_BYTES);
  return readFileSync(file);
}

if (!isHere) leaveOut('the single executable', 'it is for Linux x64');
else
  describe('the single executable', { timeout: 300_000 }, () => {
    it('tells its version, and needs no file for that', async () => {
      const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
      expect(await installed.varve('--version')).toEqual({ stdout: `${version}\n`, stderr: '' });
      const told = JSON.parse((await installed.varve('--version', '--json')).stdout);
      expect(told).toMatchObject({ version, form: 'executable' });
      expect(readdirSync(installed.home)).toEqual([]);
    });

    it('serves, imports and exports what is the same byte for byte, attaches, and keeps its errors clean', async () => {
      const { varve, home } = installed;
      const image = await sparseImage(join(home, 'disk.img'));
      const complaints = await installed.withServer(async () => {
        const quietly = async (...words: readonly string[]) => {
          const { stdout, stderr } = await varve(...words, '--quiet');
          expect(stderr).toBe('');
          return stdout;
        };
        await quietly('service', 'open', '--accept-terms');
        await quietly('disk', 'import', 'disk.img', '--name', 'data');
        await quietly('disk', 'import', 'disk.img', '--name', 'sealed', '--encrypted');
        await quietly('snapshot', 'create', 'data', '--name', 'monday');
        for (const name of ['data', 'sealed']) {
          await quietly('disk', 'export', name, `${name}.img`);
          expect(readFileSync(join(home, `${name}.img`)).equals(image)).toBe(true);
        }
        await quietly('disk', 'export', 'data', 'data.qcow2', '--format', 'qcow2', '--compression', 'zstd');
        await quietly('attach', 'data', '--socket', join(home, 'data.sock'), '--background');
        expect(existsSync(join(home, 'data.sock'))).toBe(true);
        await quietly('detach', 'data');
        expect(await quietly('disk', 'list')).toContain('sealed');
        await quietly('server', 'backup', join(home, 'backup'));
      });
      expect(complaints).toBe('');
    });

    it('puts its native addon into a folder of the user’s alone', async () => {
      const cache = join(installed.home, '.cache/varve');
      const [addon, ...others] = readdirSync(cache);
      expect(others).toEqual([]);
      expect(addon).toMatch(/^[0-9a-f]{32}-koffi\.node$/);
      expect(statSync(cache).mode & 0o777).toBe(0o700);
      expect(statSync(join(cache, addon ?? '')).mode & 0o777).toBe(0o600);
    });

    it('does without the addon where it cannot be written', async () => {
      const { varve, home, environment } = installed;
      writeFileSync(join(home, 'no-folder'), '');
      const run = promisify(execFile);
      await installed.withServer(async () => {
        const env = { ...environment, XDG_CACHE_HOME: join(home, 'no-folder') };
        await run(path('bin/varve'), ['disk', 'import', 'disk.img', '--name', 'again', '--quiet'], { cwd: home, env });
        await varve('disk', 'export', 'again', 'again.img', '--quiet');
      });
      expect(readFileSync(join(home, 'again.img')).equals(readFileSync(join(home, 'disk.img')))).toBe(true);
    });
  });
