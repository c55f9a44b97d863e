import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from '../../platform/catalogue/sqlite/connection.ts';
import { openSqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { isoTime, systemClock } from '../../platform/clock.ts';
import { MARKER } from '../folder/marker.ts';
import { damagedCatalogue, openDataFolder } from '../folder/open.ts';
import { StartError } from '../start-error.ts';
import { type BackupReport, backUp } from './backup.ts';
import { whyNoBackup } from './backups.ts';
import { note } from './notes.ts';
import type { RunOptions } from './run-in-thread.ts';

export interface StoppedBackup {
  readonly dataDir: string;
  readonly to: string;
  readonly withKeys: boolean;
}

/** Backs up a data folder that no server uses, in this process. Throws `StartError`. */
export async function backUpStopped(
  { dataDir, to, withKeys }: StoppedBackup,
  options: RunOptions,
): Promise<BackupReport> {
  if (!existsSync(join(dataDir, MARKER)))
    throw new StartError(`There is no data folder at ${dataDir}: name it with --data.`);
  const folder = openDataFolder({ path: dataDir, opening: 'make', withoutKeys: true });
  try {
    const { objects } = folder.marker();
    if (objects !== undefined) throw new StartError(whyNoBackup(objects));
    const catalogue = await openSqliteCatalogue(folder.catalogue, { older: 'REFUSE' }).catch((error: unknown) => {
      if (!(error instanceof DatabaseError)) throw error;
      throw error.isDamaged ? damagedCatalogue(folder, error.message) : new StartError(error.message);
    });
    try {
      return await backUp({ folder: dataDir, catalogue, clock: systemClock }, { to, withKeys }, options);
    } finally {
      await catalogue.close();
    }
  } finally {
    folder.unlock();
  }
}

/** For varve doctor. {@link backUpStopped} does not know where its backup is sent. */
export function noteBackup(dataDir: string, to: string): void {
  note(dataDir, (notes) => ({ ...notes, backup: { at: isoTime(systemClock.now()), to } }));
}
