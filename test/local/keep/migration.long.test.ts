import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../src/local/ports.ts';
import type { Mutation } from '../../mutations/mutation.ts';
import { cliBuilt } from '../../support/launcher.ts';
import { startPatched, temporaryFolder } from '../running.ts';
import { ended, expectContents, randomFile, refusal, started, tryStart, tryVarve, varve } from './installation.ts';

/** A later Varve, whose catalogue has one more column. */
const LATER: Mutation['edits'] = [
  {
    file: 'src/platform/catalogue/sqlite/migrations.ts',
    from: 'WHERE ttl IS NOT NULL;\n  `,\n',
    to: 'WHERE ttl IS NOT NULL;\n  `,\n  "ALTER TABLE rows ADD COLUMN note TEXT",\n',
  },
];
const later = (data: string, ...words: readonly string[]) => startPatched([...words, '--data', data], LATER);
const TOLD = 'is a copy of what it was, in version 1. Delete it when everything works.';

beforeAll(cliBuilt);

it('a later version keeps a copy, says so at each start, and restores backups of this one', {
  timeout: 300_000,
}, async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const image = randomFile(folder.path, 'disk', 1024 * 1024);
  {
    await using running = await started(data);
    await varve(data, 'disk', 'import', image, '--name', 'disk');
    await varve(data, 'server', 'backup', join(folder.path, 'backup'), '--with-keys');
    await ended(running);
  }
  const copy = join(data, 'catalogue.sqlite.version-1');
  await using stopped = later(data, 'server', 'backup', join(folder.path, 'other'));
  expect(await stopped.exit()).toBe(1);
  expect(stopped.stderr()).toContain(
    `${data}/catalogue.sqlite has version 1, of an earlier Varve: start "varve server"`,
  );
  expect(existsSync(copy)).toBe(false);

  for (const start of ['first', 'second']) {
    await using running = later(data, 'server', '--port', `${await freePort()}`);
    await running.ready();
    expect([start, running.stdout()]).toEqual([start, expect.stringContaining(`${copy} ${TOLD}`)]);
    await expectContents(data, ['disk', 'export', 'disk'], image);
    await ended(running);
    const log = readFileSync(join(data, 'logs/varve.log'), 'utf8');
    expect(log.includes('the catalogue has a later version now')).toBe(start === 'first');
  }
  const sentence = 'has version 2; this Varve knows versions up to 1: run the Varve that wrote it, or a later one.';
  expect((await tryStart(data)).stderr).toContain(sentence);
  expect((await refusal(data, 'server', 'backup', join(folder.path, 'other'))).message).toContain(sentence);
  expect((await tryVarve(data, ['doctor'])).stdout).toContain('catalogue.sqlite.version-1');

  const restored = join(folder.path, 'restored');
  await using restore = later(restored, 'server', 'restore', join(folder.path, 'backup'));
  expect(await restore.exit()).toBe(0);
  expect(readdirSync(restored).filter((name) => name.startsWith('catalogue.sqlite.'))).toEqual([]);
  await using running = later(restored, 'server', '--port', `${await freePort()}`);
  await running.ready();
  expect(running.stdout()).not.toContain(TOLD);
  await expectContents(restored, ['disk', 'export', 'disk'], image);
  await varve(restored, 'server', 'backup', join(folder.path, 'later'), '--with-keys');
  await ended(running);
  rmSync(image);

  const { message } = await refusal(join(folder.path, 'back'), 'server', 'restore', join(folder.path, 'later'));
  expect(message).toContain(sentence);
});
