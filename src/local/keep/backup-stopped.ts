import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, systemClock } from '../../platform/clock.ts';
import { MARKER } from '../folder/marker.ts';
import { openDataFolder } from '../folder/open.ts';
import { StartError } from '../start-error.ts';
import { type BackupReport, backUp } from './backup.ts';
import { whyNoBackup } from './backups.ts';
import { note } from './notes.ts';
import type { RunOptions } from './run-in-thread.ts';
import { openStoppedCatalogue } from './stopped-catalogue.ts';

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
    const catalogue = await openStoppedCatalogue(folder);
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
