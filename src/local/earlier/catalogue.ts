import { constants, copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findDamage } from '../../platform/catalogue/sqlite/integrity.ts';
import { systemClock } from '../../platform/clock.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { binaryChild, startChild } from '../emulator/child.ts';
import type { DatabaseEngine } from '../emulator/dynamodb.ts';
import { rebuildCommand } from '../folder/open.ts';
import { acceptsConnections, freePort } from '../ports.ts';
import { FolderError } from '../start-error.ts';
import { oldTableAt } from './old-table.ts';
import type { Places } from './places.ts';
import { takeRows } from './rows.ts';

const STOP_GRACE_MS = 3_000;

/**
 * Reads the old catalogue through its own engine, from a copy: an engine writes to what it opens.
 * How many rows there are. Throws `StartError` if that cannot be done.
 */
export async function takeCatalogue(places: Places, engine: DatabaseEngine): Promise<number> {
  copyForEngine(places, engine.file);
  const port = await freePort();
  const logs = join(places.path, 'logs');
  makeFolder(logs);
  const command = engine.command({ port, folder: places.engine });
  const child = startChild(
    binaryChild({ ...command, name: 'earlier-catalogue', environment: {}, cwd: places.engine, logs }),
  );
  try {
    await child.readyWhen(() => acceptsConnections(port));
    for (const end of ['', '-wal', '-shm']) rmSync(`${places.newCatalogue}${end}`, { force: true });
    return await takeRows(oldTableAt(port), places.newCatalogue, systemClock.now());
  } finally {
    await child.stop(STOP_GRACE_MS);
  }
}

/** An engine of a run that was killed a moment ago may still be writing. */
const TRIES = 3;

function copyForEngine(places: Places, file: string): void {
  const parts = [file, `${file}-wal`, `${file}-journal`];
  const state = () => parts.map((name) => stateOf(join(places.path, name))).join();
  for (let tries = 1; ; tries++) {
    const before = state();
    rmSync(places.engine, { recursive: true, force: true });
    mkdirSync(places.engine, { recursive: true, mode: 0o700 });
    for (const name of parts.filter((part) => existsSync(join(places.path, part))))
      copyFileSync(join(places.path, name), join(places.engine, name), constants.COPYFILE_FICLONE);
    if (state() === before) break;
    if (tries === TRIES) {
      throw new FolderError(`Something still writes to ${join(places.path, file)}: end it first.`);
    }
  }
  const damage = findDamage(join(places.engine, file));
  if (damage !== undefined)
    throw new FolderError(
      `The data folder ${places.path} is damaged: ${join(places.path, file)} is not intact ` +
        `(${damage}). "${rebuildCommand(places)}" takes the folder over and rebuilds the ` +
        'catalogue from the objects.',
    );
}

function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '-' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}
