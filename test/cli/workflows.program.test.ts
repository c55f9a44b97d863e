import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Page, pagesOf } from '../../.ci/pages.ts';
import { freePort } from '../../src/local/ports.ts';
import { startVarve, temporaryFolder } from '../local/running.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import { leaveOut, programFound } from '../support/programs.ts';

const DOCUMENTS: readonly (readonly [string, readonly string[]])[] = [
  [
    'workflows.md',
    ['Disaster recovery', 'Version rollback', 'Environment copy', 'Data development', 'Fault tolerance'],
  ],
  ['cheat-sheet.md', ['From restic', 'Look into a snapshot', 'From aws ec2 and ebs', 'From aliyun ecs']],
];
const FEW_MINUTES = { timeout: 300_000 };

/** Where `varve`, and `npx varve`, is the one under test. */
function programsIn(folder: string): string {
  mkdirSync(folder);
  const start = `exec "${process.execPath}" "${LAUNCHER}" "$@"`;
  for (const [name, script] of [
    ['varve', start],
    ['npx', `shift\n${start}`],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
  return folder;
}

/** All commands of a page, as one script that ends with the first that fails. */
function run(script: string, cwd: string): { readonly status: number | null; readonly said: string } {
  const { BASH_ENV: _, ...environment } = process.env;
  const path = `${programsIn(join(cwd, 'programs'))}:${process.env.PATH}:/usr/sbin:/sbin`;
  const words = ['-e', '-x', '-m', '-o', 'pipefail', '-c', script];
  const env = { ...environment, PATH: path };
  const { status, stdout, stderr } = spawnSync('bash', words, { cwd, env, encoding: 'utf8', timeout: 240_000 });
  return { status, said: `${stdout}\n${stderr}` };
}

/** What a page needs and this machine or user does not have. */
function missingFor({ script }: Page): string | undefined {
  if (!script.includes('varve mount')) return undefined;
  if (process.getuid?.() !== 0) return 'this user may not mount here';
  const missing = ['mke2fs', 'nbdfuse', 'losetup'].filter((program) => !programFound(program));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

describe.each(DOCUMENTS)('the commands of docs/%s, as they stand there', (document, wanted) => {
  beforeAll(() => cliBuilt());
  const pages = pagesOf(readFileSync(join(import.meta.dirname, '../../docs', document), 'utf8'));

  it('are on these pages', () => {
    expect(pages.map(({ title }) => title)).toEqual(wanted);
  });

  for (const page of pages) {
    const missing = missingFor(page);
    if (missing !== undefined) {
      leaveOut(`work: ${page.title}`, missing);
      continue;
    }
    it(`work: ${page.title}`, FEW_MINUTES, async () => {
      using folder = temporaryFolder();
      const work = join(folder.path, 'work');
      mkdirSync(work);
      const data = ['--data', join(work, '.varve'), '--region', `north=${join(folder.path, 'north')}`];
      await using server = startVarve([...data, '--port', `${await freePort()}`]);
      await server.ready();
      const { status, said } = run(page.script, work);
      expect(status, said).toBe(0);
    });
  }
});
