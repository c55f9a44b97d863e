import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pagesOf } from '../../.ci/pages.ts';
import { freePort } from '../../src/local/ports.ts';
import { startVarve, temporaryFolder } from '../local/running.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/workflows.md');
const PAGES = pagesOf(readFileSync(DOCUMENT, 'utf8'));

/** So that `npx varve` is the one under test. */
function npxIn(folder: string): string {
  const path = join(folder, 'npx');
  writeFileSync(path, `#!/bin/sh\nshift\nexec "${process.execPath}" "${LAUNCHER}" "$@"\n`);
  chmodSync(path, 0o755);
  return folder;
}

/** All commands of a page, as one script that ends with the first that fails. */
function run(script: string, cwd: string): { readonly status: number | null; readonly said: string } {
  const programs = join(cwd, 'programs');
  mkdirSync(programs);
  const { BASH_ENV: _, ...environment } = process.env;
  const env = { ...environment, PATH: `${npxIn(programs)}:${process.env.PATH}` };
  const words = ['-e', '-x', '-m', '-o', 'pipefail', '-c', script];
  const { status, stdout, stderr } = spawnSync('bash', words, { cwd, env, encoding: 'utf8', timeout: 240_000 });
  return { status, said: `${stdout}\n${stderr}` };
}

describe('the commands of docs/workflows.md, as they stand there', { timeout: 300_000 }, () => {
  beforeAll(() => cliBuilt());

  it('are on five pages', () => {
    const titles = PAGES.map(({ title }) => title);
    const wanted = ['Disaster recovery', 'Version rollback', 'Environment copy', 'Data development', 'Fault tolerance'];
    expect(titles).toEqual(wanted);
  });

  it.each(PAGES)('work: $title', async ({ script }) => {
    using folder = temporaryFolder();
    const work = join(folder.path, 'work');
    mkdirSync(work);
    const data = ['--data', join(work, '.varve'), '--region', `north=${join(folder.path, 'north')}`];
    await using server = startVarve([...data, '--port', `${await freePort()}`]);
    await server.ready();
    const { status, said } = run(script, work);
    expect(status, said).toBe(0);
  });
});
