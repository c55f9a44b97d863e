import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isoTime, systemClock } from '../../platform/clock.ts';
import type { FileStore } from '../../platform/files/port.ts';
import { createS3Files, PART_MS } from '../../platform/files/s3.ts';
import { OWNER_KEY, type Owner, writeOwner } from '../../platform/objects/owner.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { createS3Objects } from '../../platform/objects/s3.ts';
import { printS3Address, type S3Address } from '../../platform/objects/s3-address.ts';
import { connectS3 } from '../../platform/objects/s3-client.ts';
import { StartError } from '../start-error.ts';
import { claimBucket, proveConditions, whyForeign } from './claim.ts';
import { asStartError, type Look, lookAtBucket, placeName } from './look.ts';

/** A bucket that was looked at. Nothing in it has changed yet. */
export interface Bucket {
  readonly address: S3Address;
  /** As the data folder remembers it. */
  readonly at: string;
  readonly objects: ObjectStore;
  readonly files: FileStore;
  readonly look: Look;
  /** What its operator should know. */
  readonly warnings: readonly string[];
}

/** More than an NTP client lets pass; the store itself refuses a quarter of an hour. */
const SKEW_MS = 60_000;

export function connectObjects(address: S3Address): ObjectStore {
  return createS3Objects({
    client: connectS3(address),
    bucket: address.bucket,
    clock: systemClock,
    random: Math.random,
  });
}

function connectFiles(address: S3Address, { signGet }: ObjectStore): FileStore {
  const client = connectS3(address, PART_MS);
  return createS3Files({ client, bucket: address.bucket, signGet, random: Math.random });
}

/** Throws `StartError` if it cannot be used. */
export async function findBucket(address: S3Address): Promise<Bucket> {
  const objects = connectObjects(address);
  const look = await lookAtBucket(objects, address, systemClock.now);
  const { aheadMs = 0 } = look;
  const skew =
    `The clock of this machine is ${Math.round(Math.abs(aheadMs) / 1000)} s ` +
    `${aheadMs > 0 ? 'ahead of' : 'behind'} that of the object store: set it right, or URLs are refused.`;
  const warnings = Math.abs(aheadMs) > SKEW_MS ? [skew] : [];
  return { address, at: printS3Address(address), objects, files: connectFiles(address, objects), look, warnings };
}

export const newInstallationId = (): string => randomUUID();

/** Of a data folder, as other installations read it. */
export function ownerOf(folder: string, id: string): Owner {
  return { id, what: `${folder} on ${hostname()}`, since: isoTime(systemClock.now()) };
}

/**
 * For an installation whose objects are in the bucket already. Throws `StartError` if it is not the
 * bucket that it was.
 */
export async function requireOwn({ objects, address, look: { owner } }: Bucket, id: string): Promise<void> {
  if (owner === undefined) {
    throw new StartError(
      `The ${placeName(address)} has no ${OWNER_KEY}, so it is not the one with the objects of this ` +
        'data folder, or it was emptied: name the right one, or see "varve rebuild --take-over".',
    );
  }
  if (owner === 'unreadable' || owner.id !== id) throw new StartError(whyForeign(address, owner));
  await proveConditions(objects, address);
}

/** For an installation that has no objects yet. `remember` is done before anything is written. */
export async function takeEmpty(bucket: Bucket, owner: Owner, remember: () => void): Promise<void> {
  const { objects, address, look } = bucket;
  const isOwn = typeof look.owner === 'object' && look.owner.id === owner.id;
  if (look.owner !== undefined && !isOwn) throw new StartError(whyForeign(address, look.owner));
  if (!look.isEmpty && !isOwn) {
    throw new StartError(
      `The ${placeName(address)} is not empty, and the data folder is new: choose an empty bucket. ` +
        'If it holds the objects of a lost installation, "npx varve rebuild --from-bucket --objects" rebuilds its ' +
        'catalogue.',
    );
  }
  remember();
  await claimBucket(objects, address, owner);
  try {
    await proveConditions(objects, address);
  } catch (error) {
    if (look.owner === undefined) await objects.remove([OWNER_KEY]).catch(() => undefined);
    throw error;
  }
}

/** Of two servers on copies of one data folder, the later one stays. Answers the run. */
export async function noteRun({ objects, address }: Bucket, owner: Owner): Promise<string> {
  const run = randomUUID();
  try {
    await objects.put(OWNER_KEY, writeOwner({ ...owner, run }));
    return run;
  } catch (error) {
    throw asStartError(error, address);
  }
}

/** Whoever had the bucket before notices, and ends. */
export async function takeOver({ objects, address }: Bucket, owner: Owner): Promise<void> {
  try {
    await objects.put(OWNER_KEY, writeOwner(owner));
    await proveConditions(objects, address);
  } catch (error) {
    throw asStartError(error, address);
  }
}
