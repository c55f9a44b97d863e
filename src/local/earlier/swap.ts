import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, systemClock } from '../../platform/clock.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { syncFolder } from '../../platform/objects/folder/durable-moves.ts';
import { findEarlierFiles, noteEarlierFiles } from '../folder/earlier-files.ts';
import type { Places } from './places.ts';

/** Of both engines, with what SQLite has beside it and what a rebuild has put aside. */
const OLD_CATALOGUE = /^(catalogue|shared-local-instance)\.db/;
/** Emptied or made again at each start of the earlier version. */
const OF_A_RUN = ['incoming', 'code', 'endpoint.json', 'operator.key'];

/**
 * The parts of the earlier version go aside, and what was made of them takes their places. Any step
 * may be the last that a process does: done again, each one finds whether it was done.
 */
export async function swap(places: Places, tell: (line: string) => void): Promise<void> {
  const { path, kept, newObjects, newCatalogue, work } = places;
  makeFolder(kept);
  const isToGo = existsSync(join(path, 'objects')) && !existsSync(join(kept, 'objects'));
  if (isToGo) move(join(path, 'objects'), join(kept, 'objects'), tell);
  for (const name of readdirSync(path).filter((one) => OLD_CATALOGUE.test(one)))
    move(join(path, name), join(kept, name), tell);
  if (existsSync(newObjects)) move(newObjects, join(path, 'objects'), tell);
  if (existsSync(newCatalogue)) move(newCatalogue, join(path, 'catalogue.sqlite'), tell);
  for (const name of OF_A_RUN) rmSync(join(path, name), { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
  if (findEarlierFiles(path) === undefined) noteEarlierFiles({ path: kept, takenOverAt: isoTime(systemClock.now()) });
  await syncFolder(kept);
  await syncFolder(path);
}

function move(from: string, to: string, tell: (line: string) => void): void {
  renameSync(from, to);
  tell(`${from} is now ${to}.`);
}
