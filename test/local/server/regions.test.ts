import { chmod, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteOtherRegions } from '../../../src/cli/commands/server-regions.ts';
import { backUpStopped } from '../../../src/local/keep/backup-stopped.ts';
import { folderSource, restore } from '../../../src/local/keep/restore.ts';
import { LOCAL_ACCOUNT } from '../../../src/local/local-admin.ts';
import { patch } from '../../../src/platform/catalogue/port.ts';
import { openSqliteCatalogue } from '../../../src/platform/catalogue/sqlite.ts';
import { copyEntity, wokenAt } from '../../../src/service/model/copies/rows.ts';
import { OPEN_SERVICE, type TestAccount, type Told } from '../../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../../support/blocks.ts';
import { copySnapshot, getCopy } from '../../support/copies.ts';
import { createDisk, createSnapshot } from '../../support/operations.ts';
import { eventually } from '../running.ts';
import { type RegionsScene, regionsScene } from './regions-scene.ts';

let folder: string;
let scene: RegionsScene;
beforeEach(async () => {
  scene = await regionsScene();
  ({ folder } = scene);
});
afterEach(() => scene.close());

const start = (...regions: string[]) => scene.start(...regions);
const stop = () => scene.stop();

const north = () => `north=${join(folder, 'north')}`;

async function copiedToNorth(account: TestAccount): Promise<Told> {
  for (const region of ['local', 'north']) await account.call(OPEN_SERVICE, { terms: '2026-01', region });
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('one'), 7: blockOf('two') });
  const snapshot = await createSnapshot(account, disk.id);
  const { id } = await copySnapshot(account, snapshot.id, { toRegion: 'north' });
  await eventually(async () => (await getCopy(account, id)).status !== 'PROGRESSING');
  return getCopy(account, id);
}

test('7.1 copies go to a region in another folder, which later starts know', async () => {
  const copy = await copiedToNorth(await start(north()));
  expect(copy).toMatchObject({ status: 'ACCOMPLISHED', region: 'north', copy: { movedBlocks: 2 } });
  expect(await readdir(join(folder, 'north'))).toContain('objects');
  await stop();
  const account = await start();
  expect((await account.call('{ regions { name } }')).regions).toEqual([{ name: 'local' }, { name: 'north' }]);
  const made = await createDisk(account, { snapshotId: copy.id, sizeBytes: undefined });
  expect(made.region).toBe('north');
  expect(await readBlocks(account, made.id)).toEqual({ 0: 'one', 7: 'two' });
  await writeBlocks(account, made.id, 0, { 1: blockOf('written there') });
  expect(await readBlocks(account, made.id)).toMatchObject({ 1: 'written' });
});

test('7.1 a copy that waited when the server was killed goes on at the start', async () => {
  const account = await start(north());
  for (const region of ['local', 'north']) await account.call(OPEN_SERVICE, { terms: '2026-01', region });
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('one') });
  await rm(join(folder, 'north', 'incoming'), { recursive: true });
  const { id } = await copySnapshot(account, (await createSnapshot(account, disk.id)).id, { toRegion: 'north' });
  await eventually(async () => (await getCopy(account, id)).copy.problem !== null);
  await stop();
  await putOffFor15Minutes(id);
  const again = await start(north());
  await eventually(async () => (await getCopy(again, id)).status === 'ACCOMPLISHED');
  expect((await getCopy(again, id)).copy).toMatchObject({ movedBlocks: 1, problem: null });
});

/** As many tries in vain do it. */
async function putOffFor15Minutes(id: string): Promise<void> {
  const catalogue = await openSqliteCatalogue(join(folder, 'data', 'catalogue.sqlite'));
  try {
    const wakeAt = new Date(Date.now() + 15 * 60_000).toISOString();
    const set = { ...wokenAt(id, wakeAt), attempts: 9 };
    const { ok } = await catalogue.transact([patch(copyEntity, { accountId: LOCAL_ACCOUNT, id }, { set })]);
    expect(ok).toBe(true);
  } finally {
    await catalogue.close();
  }
}

test('7.1 a region may move with its files, and to no other place', async () => {
  const copy = await copiedToNorth(await start(north()));
  await stop();
  await cp(join(folder, 'north'), join(folder, 'moved'), { recursive: true });
  await rm(join(folder, 'north'), { recursive: true });
  await expect(start()).rejects.toThrow(/does not hold the objects of region north/);
  await mkdir(join(folder, 'empty'));
  await expect(start(`north=${join(folder, 'empty')}`)).rejects.toThrow(/does not hold the objects of region north/);
  const account = await start(`north=${join(folder, 'moved')}`);
  expect(await readBlocks(account, copy.id)).toEqual({ 0: 'one', 7: 'two' });
});

test('1.1 a place that is not the region’s is refused, in one sentence', async () => {
  await mkdir(join(folder, 'photos'));
  await writeFile(join(folder, 'photos', 'cat.jpg'), '');
  await expect(start(`north=${join(folder, 'photos')}`)).rejects.toThrow(/it holds "cat.jpg"/);
  await expect(start(`north=${join(folder, 'data', 'north')}`)).rejects.toThrow(/lie in each other/);
  await expect(start('North Pole=/x')).rejects.toThrow(/is no region/);
  await expect(start(`local=${join(folder, 'north')}`)).rejects.toThrow(/that of the data folder itself/);
  await start(north());
  await stop();
  await expect(start(`south=${join(folder, 'north')}`)).rejects.toThrow(/two regions/);
  await rm(join(folder, 'data'), { recursive: true });
  await expect(start(north())).rejects.toThrow(/of another installation/);
});

test('1.1 refused: a place that others may exchange, in another, or no folder', async () => {
  await mkdir(join(folder, 'open'));
  await chmod(join(folder, 'open'), 0o777);
  await expect(start(`north=${join(folder, 'open', 'north')}`)).rejects.toThrow(/lets other users exchange/);
  const nested = `south=${join(folder, 'north', 'south')}`;
  await expect(start(north(), nested)).rejects.toThrow(/lie in each other/);
  await mkdir(join(folder, 'data'), { recursive: true });
  await symlink(join(folder, 'data'), join(folder, 'link'));
  await expect(start(`north=${join(folder, 'link', 'north')}`)).rejects.toThrow(/lie in each other/);
  await expect(start('north=ftp://host/north')).rejects.toThrow(/is no region/);
});

test('7.1 a backup names the regions it leaves out; a restore needs them', async () => {
  const copy = await copiedToNorth(await start(north()));
  await stop();
  const said: string[] = [];
  const console = { note: (text: string) => said.push(text) };
  await noteOtherRegions(console, join(folder, 'data'), 'are not in the backup.');
  expect(said).toEqual(['The objects of region north are not in the backup.']);
  const [dataDir, backup] = [join(folder, 'data'), join(folder, 'backup')];
  await backUpStopped({ dataDir, to: backup, withKeys: true }, {});
  await rm(dataDir, { recursive: true });
  await restore(folderSource(backup), { to: dataDir, verify: true });
  const without = await start();
  expect((await without.call('{ regions { name } }')).regions).toEqual([{ name: 'local' }]);
  await stop();
  expect(await readBlocks(await start(north()), copy.id)).toEqual({ 0: 'one', 7: 'two' });
});
