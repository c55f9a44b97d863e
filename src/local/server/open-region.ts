import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, systemClock } from '../../platform/clock.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { writeDurably } from '../../platform/durable-file.ts';
import { createFolderFiles } from '../../platform/files/folder.ts';
import type { FileStore } from '../../platform/files/port.ts';
import type { Log } from '../../platform/log.ts';
import { createGrantUrls, signedBy } from '../../platform/objects/folder/url.ts';
import { openFolderObjects } from '../../platform/objects/folder.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { regionIn } from '../../service/manifests/regions.ts';
import { addressOf } from '../elsewhere/choose-place.ts';
import { watchOwner } from '../elsewhere/watch-owner.ts';
import { withReserve, withRoomForCopies } from '../elsewhere/with-reserve.ts';
import { isOfAStart } from '../folder/contents.ts';
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
  readonly files: FileStore;
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

async function openFolder(place: RegionPlace, deps: RegionDeps): Promise<OpenRegion> {
  const { name, at } = place;
  makeWritable(at);
  requireRegion(place, deps.mark);
  closePlace(at, { withKeys: false });
  makePrivate(at);
  probeWriting(at);
  const lock = lockFolder(at);
  const urls = createGrantUrls(`${deps.url}/${name}`, deps.urlSecret);
  const objects = await openFolderObjects({ path: at, urls, clock: systemClock });
  const mark = { format: 1, region: name, installation: deps.mark };
  writeDurably(join(at, MARKER), `${JSON.stringify(mark)}\n`);
  const hasRoom = () => deps.hasRoom() && freeBytes(at) >= RESERVE_BYTES;
  const files = createFolderFiles({ path: at, signGet: signedBy(urls, systemClock).signGet, hasRoom });
  return {
    name,
    objects: withRoomForCopies(objects, hasRoom),
    files,
    own: { objects, urls, files, hasRoom },
    lost: objects.lost,
    stop: async () => lock.release(),
  };
}

const MARKER = 'varve-region.json';

/** Two installations in one place would free each other's objects. */
function requireRegion(place: RegionPlace, mark: string): void {
  const found = readRegion(place.at);
  const why = found === undefined ? whyNotEmpty(place) : whyOfAnother(found, place.name, mark);
  if (why !== undefined) throw new StartError(`${place.at} ${why}`);
}

function whyNotEmpty({ name, at, isNew }: RegionPlace): string | undefined {
  const foreign = readdirSync(at).find((entry) => !isOfAStart(entry, MARKER));
  if (foreign === undefined && isNew) return undefined;
  return foreign === undefined
    ? `does not hold the objects of region ${name}: name its folder with --region.`
    : `is no place of region ${name}: it holds "${foreign}". Choose an empty folder.`;
}

function whyOfAnother({ region, installation }: MarkedRegion, name: string, mark: string): string | undefined {
  if (region === name && installation === mark) return undefined;
  const whose = installation === mark ? 'this' : 'another';
  return `holds the objects of region ${region} of ${whose} installation: choose another folder.`;
}

interface MarkedRegion {
  readonly region?: string;
  readonly installation?: string;
}

function readRegion(at: string): MarkedRegion | undefined {
  const path = join(at, MARKER);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as MarkedRegion;
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
  const objects = withReserve(bucket.objects, deps.hasRoom);
  return { name, objects, files: bucket.files, lost: watch.lost, stop: watch.stop };
}
