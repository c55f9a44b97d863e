import { join } from 'node:path';
import { DatabaseError } from '../../platform/catalogue/sqlite/connection.ts';
import { findDamage } from '../../platform/catalogue/sqlite/integrity.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/config.ts';
import { createLog } from '../../platform/log.ts';
import type { RebuildOptions, RebuildReport } from '../../service/manifests/rebuild.ts';
import { isOfEarlier, readMarker } from '../folder/marker.ts';
import { type DataFolder, openDataFolder } from '../folder/open.ts';
import { newestCopy } from '../keep/newest-copy.ts';
import { forgetDamage } from '../keep/notes.ts';
import { StartError } from '../start-error.ts';
import { openLogFile } from './log-file.ts';
import { ownSettings } from './own-settings.ts';
import { openParts, type Parts } from './parts.ts';

export interface FolderRebuild {
  readonly dataDir: string;
  readonly withoutKeys: boolean;
  readonly environment: Environment;
  readonly options: RebuildOptions;
  readonly signal: AbortSignal;
  /** What is done before, for the operator. */
  readonly tell: (line: string) => void;
}

/** One step of a rebuild: after it, it may be stopped. */
const STEP_MS = 2_000;

/**
 * Rebuilds the catalogue of a data folder from its objects. Throws `StartError` with one sentence
 * for the operator. Killed or stopped, it goes on with the next call.
 */
export async function rebuildFolder(rebuild: FolderRebuild): Promise<RebuildReport> {
  const { dataDir: path, withoutKeys, options, signal } = rebuild;
  if (isOfEarlier(readMarker(path))) {
    const { takeOver } = await import('../earlier/take-over.ts');
    await takeOver({ path, catalogue: 'REBUILD', tell: rebuild.tell });
  }
  const folder = openDataFolder({ path, opening: 'rescue', withoutKeys });
  const log = openLogFile(join(folder.logs, 'rebuild.log'));
  try {
    const parts = await openStores(rebuild, folder, log.write);
    const copy = newestCopy({ folder: path, copies: parts.copies, log: parts.composition.log });
    try {
      for (;;) {
        signal.throwIfAborted();
        const report = await parts.composition.rebuild(options, systemClock.now() + STEP_MS, copy.newest);
        if (!report.finished) continue;
        folder.markRebuilt();
        return report;
      }
    } finally {
      copy.close();
      await parts.catalogue.close();
    }
  } finally {
    log.close();
    folder.unlock();
  }
}

async function openStores(
  { environment }: FolderRebuild,
  folder: DataFolder,
  write: (line: string) => void,
): Promise<Parts> {
  if (findDamage(folder.catalogue) !== undefined) folder.putAside();
  forgetDamage(folder.path);
  const { settings, timeZone } = ownSettings(environment);
  const log = createLog({ level: settings.logLevel, clock: systemClock, write });
  // Nobody gets a URL of this process.
  const open = () => openParts({ folder: folder.path, objectsUrl: 'http://localhost', settings, timeZone, log });
  return open().catch((error: unknown) => {
    throw error instanceof DatabaseError ? new StartError(error.message) : error;
  });
}
