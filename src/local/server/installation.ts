import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/config.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { writeDurably } from '../../platform/durable-file.ts';
import { socketOrigin } from '../../platform/http-address.ts';
import { STAGING_FORMAT } from '../../platform/objects/folder/direct.ts';
import { isReachableSocket } from '../../platform/socket-path.ts';
import { addressOf, choosePlace } from '../elsewhere/choose-place.ts';
import type { Bucket } from '../elsewhere/open-bucket.ts';
import { adviceOn, findEarlierFiles } from '../folder/earlier-files.ts';
import { elsewhereOf, isOfEarlier, readMarker } from '../folder/marker.ts';
import { adviceOnCopies } from '../folder/migrated.ts';
import { asStartError, type DataFolder, openDataFolder } from '../folder/open.ts';
import { isFull, mib } from '../folder/space.ts';
import { adviceOnMoved, readNotes } from '../keep/notes.ts';
import { metricsTokenOf } from '../metrics-token.ts';
import { claimPort } from '../ports.ts';
import { type Listening, ownSocket, readTls, runtimeDirOf, socketOf } from './listening.ts';
import { openLogFile } from './log-file.ts';
import { ownSettings } from './own-settings.ts';
import { chooseRegions } from './region-places.ts';
import { type LocalServer, type ServedElsewhere, startServer } from './server.ts';

/** Varve running on this machine, in this process. */
export interface Installation {
  readonly url: string;
  readonly folder: DataFolder;
  readonly logFile: string;
  /** What its user should know. */
  readonly warnings: readonly string[];
  /** Resolves with a sentence when nothing more can be acknowledged, and the process must end. */
  readonly lost: Promise<string>;
  /** Reads the files of TLS once more. */
  reload(): void;
  stop(): Promise<void>;
}

/** Where it is to listen; a socket lies in the data folder. */
export type Where = Exclude<Listening, { kind: 'socket' }> | { readonly kind: 'socket' };

export interface InstallationOptions {
  readonly dataDir: string;
  readonly where: Where;
  /** Lost keys are replaced. */
  readonly withoutKeys: boolean;
  /** Where the objects are to be, as the operator says it: `s3://…`. */
  readonly objects?: string | undefined;
  /** Further regions, as the operator says them: `name=folder`, `name=s3://…`. */
  readonly regions?: readonly string[];
  readonly environment: Environment;
  /** What is done before the start, for the person at the terminal. */
  readonly tell: (line: string) => void;
}

/** A run that was killed a moment ago may still hold the port. */
const PORT_PATIENCE_MS = 3_000;

/** Throws `StartError` with one sentence for the person at the terminal. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { dataDir: path, where, withoutKeys, environment } = options;
  const settings = ownSettings(environment);
  const marker = readMarker(path);
  // A first start that cannot listen makes no folder.
  if (marker === undefined) await requireListening(where);
  const wanted = options.objects === undefined ? undefined : addressOf(options.objects, environment);
  const place = choosePlace({ path, marker, wanted });
  const regions = chooseRegions({ path, marker, wanted: options.regions ?? [], environment });
  const bucket = place && (await (await elsewhere()).findBucket(place));
  if (isOfEarlier(marker)) {
    const { takeOver } = await import('../earlier/take-over.ts');
    await takeOver({ path, catalogue: 'READ', tell: options.tell });
  }
  const folder = openDataFolder({ path, opening: 'make', withoutKeys, elsewhere: bucket !== undefined });
  const logFile = join(folder.logs, 'varve.log');
  const log = openLogFile(logFile);
  try {
    await requireListening(where);
    const objects = bucket && (await useBucket(folder, bucket));
    const { region } = folder.marker();
    const listening = listeningIn(path, where, environment);
    const operatorSecret = randomBytes(32).toString('hex');
    const metricsToken = metricsTokenOf(path, environment);
    const server = await startServer({
      folder: path,
      listening,
      ...settings,
      operatorSecret,
      metricsToken,
      regions,
      ...(objects && { elsewhere: objects }),
      ...(region !== undefined && { region }),
      writeLog: log.write,
    });
    if (regions.length > 0) folder.setRegions(regions.map(({ name, at }) => ({ name, at })));
    folder.markComplete();
    writeDurably(folder.operatorKey, `${operatorSecret}\n`);
    writeEndpoint(folder, server, listening);
    return {
      url: `${server.origin}/graphql`,
      folder,
      logFile,
      warnings: [...warnings(folder), ...(bucket?.warnings ?? [])],
      lost: server.lost.then((error) => whyLost(folder, error)),
      reload: server.reload,
      stop: async () => {
        for (const file of [folder.endpoint, folder.operatorKey]) rmSync(file, { force: true });
        await server.stop();
        log.close();
        folder.unlock();
      },
    };
  } catch (error) {
    log.close();
    folder.unlock();
    throw asStartError(folder, error);
  }
}

/** With the SDK, which takes a tenth of a second to load: only where it is needed. */
const elsewhere = () => import('../elsewhere/open-bucket.ts');

/** The bucket becomes this installation's at the first start, and later has to be. */
async function useBucket(folder: DataFolder, bucket: Bucket): Promise<ServedElsewhere> {
  const { newInstallationId, noteRun, ownerOf, requireOwn, takeEmpty } = await elsewhere();
  const marker = folder.marker();
  const { at, objects, files } = bucket;
  const { complete, id = newInstallationId() } = marker;
  const remember = () => folder.setPlace({ at, id });
  if (complete) {
    await requireOwn(bucket, id);
    if (marker.objects !== at) remember();
  } else {
    await takeEmpty(bucket, ownerOf(folder.path, id), remember).catch((error: unknown) => {
      folder.setPlace(elsewhereOf(marker));
      throw error;
    });
  }
  return { objects, files, id, at, run: await noteRun(bucket, ownerOf(folder.path, id)) };
}

function listeningIn(folder: string, where: Where, environment: Environment): Listening {
  if (where.kind === 'network') return where;
  if (where.kind === 'socket') return { ...where, path: socketOf(folder, runtimeDirOf(environment)) };
  const socket = ownSocket(folder);
  return isReachableSocket(socket) ? { ...where, socket } : where;
}

async function requireListening(where: Where): Promise<void> {
  if (where.kind === 'loopback') await claimPort(where.port, PORT_PATIENCE_MS);
  if (where.kind === 'network') readTls(where.tls);
}

function warnings({ path, marker }: DataFolder): string[] {
  const earlier = findEarlierFiles(path);
  const moved = adviceOnMoved(readNotes(path), path, systemClock.now());
  const { movingTo } = marker();
  const free = freeBytes(path);
  const low =
    `Only ${mib(free)} are free on the disk of the data folder: below ${mib(RESERVE_BYTES)} ` +
    'no new blocks are taken in; ' +
    'reading and deleting go on.';
  const moving =
    `Moving the objects to ${movingTo} was interrupted: they are where they were. ` +
    `"npx varve server move --to ${movingTo} --data ${path}" goes on.`;
  return [
    ...(free < RESERVE_BYTES ? [low] : []),
    ...(earlier === undefined ? [] : [adviceOn(earlier)]),
    ...(movingTo === undefined ? [] : [moving]),
    ...(moved === undefined ? [] : [moved]),
    ...adviceOnCopies(path),
  ];
}

function whyLost({ path }: DataFolder, { message }: Error): string {
  const full = isFull(path) ? ' The disk of the data folder is full.' : '';
  return (
    `Nothing more can be acknowledged, so Varve ends (${message}).${full} What was ` +
    'acknowledged is there at the next start.'
  );
}

/**
 * Where clients on this machine find the API, and its operator the functions. Left behind by a run
 * that was killed; `pid` tells.
 */
function writeEndpoint(folder: DataFolder, { origin }: LocalServer, listening: Listening): void {
  const socket = listening.kind === 'loopback' ? listening.socket : undefined;
  const endpoint = {
    url: `${origin}/graphql`,
    socket,
    functions: `${socket === undefined ? origin : socketOrigin(socket)}/operator/`,
    staging: folder.marker().objects === undefined ? STAGING_FORMAT : undefined,
    pid: process.pid,
    startedAt: new Date(systemClock.now()).toISOString(),
  };
  writeDurably(folder.endpoint, `${JSON.stringify(endpoint)}\n`);
}
