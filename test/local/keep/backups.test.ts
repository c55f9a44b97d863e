import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type BackupAnswer, createBackups } from '../../../src/local/keep/backups.ts';
import { openStore } from '../../../src/platform/catalogue/sqlite/store.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { SILENT_LOG } from '../../support/silent-log.ts';
import { temporaryFolder } from '../running.ts';

it('a backup that was stopped is over with the answer: the next one can begin', async () => {
  using place = temporaryFolder();
  const folder = join(place.path, 'data');
  mkdirSync(folder);
  const database = join(folder, 'catalogue.sqlite');
  (await openStore(database)).close();
  const catalogue = {
    backup: async (path: string) => {
      await sleep(300);
      copyFileSync(database, path);
    },
  };
  const backups = createBackups({ folder, catalogue, clock: systemClock, log: SILENT_LOG });
  const start = () => backups.call({ start: { to: join(place.path, 'backup') } });
  const idOf = (answer: BackupAnswer) => (answer.state === 'running' ? answer.id : '');
  const stopped = await backups.call({ stop: idOf(await start()) });
  expect(stopped).toEqual({ state: 'failed', message: 'The backup was stopped.' });
  const next = await start();
  expect(next.state).toBe('running');
  await backups.stop();
  expect(await backups.call({ poll: idOf(next) })).toMatchObject({ state: 'failed' });
});
