import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startServer } from '../../../src/local/server/server.ts';
import { put } from '../../../src/platform/catalogue/port.ts';
import { openSqliteCatalogue } from '../../../src/platform/catalogue/sqlite.ts';
import { parseUpkeep } from '../../../src/platform/config.ts';
import { makeFolder } from '../../../src/platform/make-folder.ts';
import { jobEntity } from '../../../src/service/model/jobs/rows.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';

let folder: string;
beforeAll(cliBuilt);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-upkeep-'));
  makeFolder(join(folder, 'data'));
});
afterEach(() => rm(folder, { recursive: true }));

const start = (reserveBytes = 0) =>
  startServer({
    folder: join(folder, 'data'),
    listening: { kind: 'loopback', port: 0 },
    settings: parseUpkeep({}),
    timeZone: 'UTC',
    operatorSecret: 'secret',
    writeLog: () => undefined,
    reserveBytes,
  });

async function varve(origin: string, ...words: string[]): Promise<string> {
  const VARVE_API_KEY = (await readFile(join(folder, 'data/admin.key'), 'utf8')).trim();
  const env = { ...process.env, VARVE_ENDPOINT: `${origin}/graphql`, VARVE_API_KEY, VARVE_PATIENCE: '0s' };
  return (await promisify(execFile)(process.execPath, [LAUNCHER, ...words], { cwd: folder, env })).stdout;
}

it('rows whose time is up go, others stay', async () => {
  const path = join(folder, 'data/catalogue.sqlite');
  const forgotten = 1_000_000_000;
  const kept = 4_000_000_000;
  const keys = ['old', 'new'].map((id) => ({ accountId: 'a', id }));
  const before = await openSqliteCatalogue(path);
  const rest = { region: 'local', kind: 'RELEASE_DISK', diskId: 'd', createdAt: '2001-09-09T01:46:40.000Z' } as const;
  await before.transact(
    keys.map((key, at) => put(jobEntity, { ...key, ...rest, forgetAt: at === 0 ? forgotten : kept })),
  );
  await before.close();
  const server = await start();
  // The first round begins at once, and an end waits for it.
  await server.stop();
  const after = await openSqliteCatalogue(path);
  expect((await after.getMany(jobEntity, keys)).map((row) => row?.id)).toEqual([undefined, 'new']);
  await after.close();
});

it('on a disk that is nearly full no block is taken in, and what is there can be read and deleted', async () => {
  const image = randomBytes(600_000);
  await writeFile(join(folder, 'image'), image);
  const roomy = await start();
  await varve(roomy.origin, 'disk', 'import', 'image', '--name', 'there');
  await roomy.stop();

  const { origin, stop } = await start(Number.POSITIVE_INFINITY);
  await writeFile(join(folder, 'other'), randomBytes(600_000));
  const refused = await varve(origin, 'disk', 'import', 'other', '--name', 'other').catch((error: Error) => error);
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('Make room on the disk') });
  expect(await readdir(join(folder, 'data/incoming'))).toEqual([]);
  await varve(origin, 'disk', 'export', 'there', 'out');
  expect((await readFile(join(folder, 'out'))).equals(image)).toBe(true);
  await varve(origin, 'disk', 'delete', 'there');
  await stop();
});
