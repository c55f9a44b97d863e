import type { ServerResponse } from 'node:http';
import { work } from '../../background/worker.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Upkeep } from '../../platform/config.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { createLog } from '../../platform/log.ts';
import { createHandler } from '../../service/api/handler.ts';
import { answerOperator } from '../../service/money/operator.ts';
import { watchOwner } from '../elsewhere/watch-owner.ts';
import { withReserve } from '../elsewhere/with-reserve.ts';
import { createBackups, noBackups } from '../keep/backups.ts';
import { bucketFinding } from '../keep/doctor/bucket-finding.ts';
import { lookInside } from '../keep/doctor/look-inside.ts';
import { startKeeper } from '../keep/keeper.ts';
import { watchEarlierFiles } from './earlier-files-watch.ts';
import { graphqlRoute } from './graphql-route.ts';
import { startHttpServer } from './http-server.ts';
import { createJudgeThread } from './judge.ts';
import type { Listening } from './listening.ts';
import { watchMoved } from './moved-watch.ts';
import { operatorRoute } from './operator-route.ts';
import { objectsRoute, regionsRoute } from './own-objects.ts';
import { type Elsewhere, openParts } from './parts.ts';
import type { RegionPlace } from './region-places.ts';
import { startRounds } from './rounds.ts';

export interface ServerOptions {
  /** A folder that is this process's alone: closed to other users, and locked. */
  readonly folder: string;
  readonly listening: Listening;
  readonly settings: Upkeep;
  /** IANA name, for the schedules of policies. */
  readonly timeZone: string;
  /** Opens the calls of the operator. */
  readonly operatorSecret: string;
  /** Absent: the objects are in the folder. */
  readonly elsewhere?: ServedElsewhere;
  /** Besides the first. */
  readonly regions?: readonly RegionPlace[];
  /** Of the disks, if it is not that of one machine. */
  readonly region?: string;
  /** Kept free on the disk of the folder: below it no block is taken in. */
  readonly reserveBytes?: number;
  readonly writeLog: (line: string) => void;
}

export interface ServedElsewhere extends Elsewhere {
  /** For people: `s3://…`. */
  readonly at: string;
  /** Of this start, as the owner's object has it. */
  readonly run: string;
}

/** The whole service in this process, behind one port. */
export interface LocalServer {
  readonly origin: string;
  /** Resolves when nothing more can be acknowledged: the process must end, and start again. */
  readonly lost: Promise<Error>;
  /** Reads the files of TLS once more. */
  reload(): void;
  /** What is under way may end, within the grace. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 4_000;
/** What a message may take before it is sent again for the rest. */
const WORK_MS = 60_000;

export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const { folder, listening, settings, timeZone, operatorSecret } = options;
  const log = createLog({ level: settings.logLevel, clock: systemClock, write: options.writeLog });
  const http = await startHttpServer(listening, log);
  const objectsUrl = `${http.origin}/objects`;
  const hasRoom = () => freeBytes(folder) >= (options.reserveBytes ?? RESERVE_BYTES);
  const elsewhere = options.elsewhere && {
    ...options.elsewhere,
    objects: withReserve(options.elsewhere.objects, hasRoom),
  };
  const judge = createJudgeThread();
  const parts = await openParts({
    folder,
    objectsUrl,
    settings,
    timeZone,
    judge: judge.judge,
    log,
    regions: options.regions ?? [],
    regionsUrl: `${http.origin}/regions`,
    hasRoom,
    ...(elsewhere && { elsewhere }),
    ...(options.region !== undefined && { region: options.region }),
  }).catch(async (error: unknown) => {
    await http.stop(0);
    throw error;
  });
  const { composition, catalogue, own, queue } = parts;
  const { service } = composition;
  const health = async () => ({
    ...(await lookInside(catalogue, composition.clockWatch, parts.readOnly.why())),
    ...(elsewhere && { bucket: await bucketFinding(elsewhere) }),
  });
  const backups = own
    ? createBackups({ folder, catalogue, objects: own.objects, clock: systemClock, log })
    : noBackups(elsewhere?.at ?? '');
  const operatorCalls = { account: (event: object) => answerOperator(service, event), backup: backups.call, health };
  http.serve({
    graphql: graphqlRoute(createHandler(service, log)),
    ...(own && { objects: objectsRoute({ ...own, hasRoom }) }),
    regions: regionsRoute(parts.regions),
    operator: operatorRoute(operatorCalls, operatorSecret),
    healthz: (_, response) => tellReady(response),
    readyz: (_, response) => tellReady(response),
  });
  const owner = elsewhere && watchOwner({ ...elsewhere, log });
  const lost = owner === undefined ? parts.lost : Promise.race([parts.lost, owner.lost]);
  const keeper = startKeeper({ ...parts, folder, clock: systemClock, log });
  queue.start(async (message) => {
    // The ledger remembers what is not worked on.
    if (parts.readOnly.why() === undefined) await work(composition, message, systemClock.now() + WORK_MS);
  });
  const rounds = startRounds(composition, parts);
  const moved = watchMoved({ folder, catalogue, region: options.region, log });
  const earlierFiles = watchEarlierFiles({ folder, catalogue, log });
  return {
    origin: http.origin,
    lost,
    reload: http.reload,
    // From the outside in: what is under way still finds what it needs.
    stop: async () => {
      earlierFiles.stop();
      moved.stop();
      await http.stop(STOP_GRACE_MS);
      await Promise.all([
        rounds.stop(),
        queue.stop(),
        keeper.stop(),
        backups.stop(),
        owner?.stop(),
        ...parts.regions.map((region) => region.stop()),
      ]);
      await judge.close();
      await catalogue.close();
      keeper.noteCleanEnd();
    },
  };
}

async function tellReady(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end('ok\n');
}
