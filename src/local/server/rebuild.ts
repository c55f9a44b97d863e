import { join } from 'node:path';
import { DatabaseError } from '../../platform/catalogue/sqlite/connection.ts';
import { findDamage } from '../../platform/catalogue/sqlite/integrity.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/config.ts';
import { createLog } from '../../platform/log.ts';
import type { RebuildOptions, RebuildReport } from '../../service/manifests/rebuild.ts';
import { regionIn } from '../../service/manifests/regions.ts';
import { addressOf, choosePlace } from '../elsewhere/choose-place.ts';
import type { Bucket } from '../elsewhere/open-bucket.ts';
import { isOfEarlier, type Marker, readMarker } from '../folder/marker.ts';
import { type DataFolder, openDataFolder } from '../folder/open.ts';
import { newestCopy } from '../keep/newest-copy.ts';
import { forgetDamage } from '../keep/notes.ts';
import { LOCAL_REGION } from '../names.ts';
import { FolderError, StartError } from '../start-error.ts';
import { openLogFile } from './log-file.ts';
import { ownSettings } from './own-settings.ts';
import { type Elsewhere, openParts, type Parts } from './parts.ts';
import { chooseRegions } from './region-places.ts';

export interface FolderRebuild {
  readonly dataDir: string;
  readonly withoutKeys: boolean;
  /** Where the objects are, for a new data folder: `s3://…`. */
  readonly objects?: string | undefined;
  /** The bucket may be another installation's, which does not use it any more. */
  readonly takeOver: boolean;
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
  const marker = readMarker(path);
  const bucket = await bucketOf(rebuild, marker);
  if (isOfEarlier(marker)) {
    const { takeOver } = await import('../earlier/take-over.ts');
    await takeOver({ path, catalogue: 'REBUILD', tell: rebuild.tell });
  }
  const folder = openDataFolder({ path, opening: 'rescue', withoutKeys, elsewhere: bucket !== undefined });
  const log = openLogFile(join(folder.logs, 'rebuild.log'));
  try {
    const elsewhere = bucket && (await useBucket(folder, bucket));
    const parts = await openStores(rebuild, { folder, elsewhere, write: log.write });
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
      await Promise.all(parts.regions.map((one) => one.stop()));
    }
  } finally {
    log.close();
    folder.unlock();
  }
}

async function bucketOf(
  { dataDir: path, objects, takeOver, environment }: FolderRebuild,
  marker: Marker | undefined,
): Promise<Bucket | undefined> {
  const wanted = objects === undefined ? undefined : addressOf(objects, environment);
  const place = choosePlace({ path, marker, wanted });
  if (place === undefined) return undefined;
  const bucket = await (await buckets()).findBucket(place);
  const { owner } = bucket.look;
  if (!takeOver && !isOwned(bucket, marker?.id)) {
    const whose = typeof owner === 'object' ? ` (it belongs to ${owner.what}, since ${owner.since})` : '';
    throw new StartError(
      `${bucket.at} is not known to be this data folder's${whose}: if no other installation uses it any more, add ` +
        "--take-over. Two would delete each other's objects.",
    );
  }
  return bucket;
}

/** With the SDK, which takes its time to load: only where it is needed. */
const buckets = () => import('../elsewhere/open-bucket.ts');

function isOwned({ look: { owner } }: Bucket, id: string | undefined): boolean {
  return typeof owner === 'object' && owner.id === id;
}

/** From now on the bucket is this installation's, and its disks are where they were. */
async function useBucket(folder: DataFolder, bucket: Bucket): Promise<Elsewhere> {
  const { newInstallationId, ownerOf, requireOwn, takeOver } = await buckets();
  const { at, objects, files } = bucket;
  const { region, id = newInstallationId() } = folder.marker();
  folder.setPlace({ at, id });
  const found = region ?? (await regionIn(objects));
  if (found !== undefined && found !== LOCAL_REGION && region === undefined) folder.setRegion(found);
  if (isOwned(bucket, id)) await requireOwn(bucket, id);
  else await takeOver(bucket, ownerOf(folder.path, id));
  return { objects, files, id };
}

interface StoresOptions {
  readonly folder: DataFolder;
  readonly elsewhere: Elsewhere | undefined;
  readonly write: (line: string) => void;
}

async function openStores({ environment }: FolderRebuild, { folder, elsewhere, write }: StoresOptions): Promise<Parts> {
  if (findDamage(folder.catalogue) !== undefined) folder.putAside();
  forgetDamage(folder.path);
  const { settings, timeZone } = ownSettings(environment);
  const log = createLog({ level: settings.logLevel, clock: systemClock, write });
  const marker = folder.marker();
  const { region } = marker;
  const options = {
    regions: chooseRegions({ path: folder.path, marker, wanted: [], environment }),
    folder: folder.path,
    // Nobody gets a URL of this process.
    objectsUrl: 'http://localhost',
    settings,
    timeZone,
    log,
    ...(elsewhere && { elsewhere }),
    ...(region !== undefined && { region }),
  };
  return openParts(options).catch((error: unknown) => {
    throw error instanceof DatabaseError ? new FolderError(error.message) : error;
  });
}
