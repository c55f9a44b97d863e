import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, systemClock } from '../../platform/clock.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { writeDurably } from '../../platform/durable-file.ts';
import type { Log } from '../../platform/log.ts';
import { createGrantUrls } from '../../platform/objects/folder/url.ts';
import { openFolderObjects } from '../../platform/objects/folder.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { regionIn } from '../../service/manifests/regions.ts';
import { addressOf } from '../elsewhere/choose-place.ts';
import { watchOwner } from '../elsewhere/watch-owner.ts';
import { withReserve } from '../elsewhere/with-reserve.ts';
import { makeWritable, probeWriting } from '../folder/file-system.ts';
import { lockFolder } from '../folder/lock.ts';
import { makePrivate } from '../folder/private.ts';
import { closePlace } from '../keep/own-place.ts';
import { StartError } from '../start-error.ts';
import type { OwnObjects } from './own-objects.ts';
import type { RegionPlace } from './region-places.ts';

/** The objects of one more region, and what keeps them this installation's. */
export interface OpenRegion {
  readonly name: string;
  readonly objects: ObjectStore;
  /** Where this process keeps them itself, and answers for them. */
  readonly own?: OwnObjects;
  /** Resolves when nothing more can be acknowledged. */
  readonly lost: Promise<Error>;
  stop(): Promise<void>;
}

export interface RegionDeps {
  /** The data folder. */
  readonly folder: string;
  /** Tells this installation from others. */
  readonly mark: string;
  /** What URLs of its objects begin with, and what signs them. */
  readonly url: string;
  readonly urlSecret: Uint8Array;
  /** Whether the catalogue has room for what comes in. */
  readonly hasRoom: () => boolean;
  readonly log: Log;
}

/** Throws `StartError` if the place is not this region's. */
export function openRegion(place: RegionPlace, deps: RegionDeps): Promise<OpenRegion> {
  return place.at.startsWith('s3://') ? openBucket(place, deps) : openFolder(place, deps);
}

async function openFolder({ name, at, isNew }: RegionPlace, deps: RegionDeps): Promise<OpenRegion> {
  makeWritable(at);
  requireRegion({ name, at, isNew }, deps.mark);
  closePlace(at, { withKeys: false });
  makePrivate(at);
  probeWriting(at);
  const lock = lockFolder(at);
  const urls = createGrantUrls(`${deps.url}/${name}`, deps.urlSecret);
  const objects = await openFolderObjects({ path: at, urls, clock: systemClock });
  writeDurably(join(at, MARKER), `${JSON.stringify({ format: 1, region: name, installation: deps.mark })}\n`);
  const hasRoom = () => deps.hasRoom() && freeBytes(at) >= RESERVE_BYTES;
  return {
    name,
    objects,
    own: { objects, urls, hasRoom },
    lost: objects.lost,
    stop: async () => lock.release(),
  };
}

const MARKER = 'varve-region.json';
const OF_A_START = /^(lock|lock-journal|lost\+found|\.probe-.*|varve-region\.json\.new)$/;

/** Two installations in one place would free each other's objects. */
function requireRegion({ name, at, isNew }: RegionPlace, mark: string): void {
  const found = readRegion(at);
  if (found === undefined) {
    const foreign = readdirSync(at).find((entry) => !OF_A_START.test(entry));
    if (foreign !== undefined)
      throw new StartError(`${at} is no place of region ${name}: it holds "${foreign}". Choose an empty folder.`);
    if (!isNew)
      throw new StartError(`${at} does not hold the objects of region ${name}: name its folder with --region.`);
  } else if (found.region !== name || found.installation !== mark) {
    throw new StartError(
      `${at} holds the objects of region ${found.region} of ${found.installation === mark ? 'this' : 'another'} ` +
        'installation: choose another folder.',
    );
  }
}

function readRegion(at: string): { readonly region?: string; readonly installation?: string } | undefined {
  const path = join(at, MARKER);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { region?: string; installation?: string };
  } catch {
    throw new StartError(`${path} is not readable: put it back from a copy.`);
  }
}

async function openBucket({ name, at, isNew }: RegionPlace, deps: RegionDeps): Promise<OpenRegion> {
  // With the SDK, which takes its time to load: only where it is needed.
  const { findBucket, noteRun, ownerOf, requireOwn, takeEmpty } = await import('../elsewhere/open-bucket.ts');
  const bucket = await findBucket(addressOf(at, {}));
  const owner = { ...ownerOf(deps.folder, deps.mark), since: isoTime(systemClock.now()) };
  if (isNew) await takeEmpty(bucket, owner, () => undefined);
  else await requireOwn(bucket, deps.mark);
  const found = await regionIn(bucket.objects);
  if (found !== undefined && found !== name)
    throw new StartError(`${at} holds the objects of region ${found}, and not of ${name}.`);
  const run = await noteRun(bucket, owner);
  const watch = watchOwner({ objects: bucket.objects, id: deps.mark, run, log: deps.log });
  return { name, objects: withReserve(bucket.objects, deps.hasRoom), lost: watch.lost, stop: watch.stop };
}
