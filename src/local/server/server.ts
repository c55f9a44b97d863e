import { answerOperatorOf } from '../../background/operator.ts';
import { work } from '../../background/worker.ts';
import type { Judge } from '../../engine/blocks/judge.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Upkeep } from '../../platform/config.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { createLog, type Log } from '../../platform/log.ts';
import { createRegistry, type Registry } from '../../platform/metrics/meter.ts';
import { ownWebFiles, type WebFiles } from '../../platform/program/web-files.ts';
import { createEntrance } from '../../service/api/entrance.ts';
import { withGraphiql } from '../../service/api/graphiql.ts';
import { createPages } from '../../web/pages.ts';
import { watchOwner } from '../elsewhere/watch-owner.ts';
import { withReserve } from '../elsewhere/with-reserve.ts';
import { createBackups, noBackups } from '../keep/backups.ts';
import { bucketFinding } from '../keep/doctor/bucket-finding.ts';
import { lookInside } from '../keep/doctor/look-inside.ts';
import { startKeeper } from '../keep/keeper.ts';
import type { MetricsToken } from '../metrics-token.ts';
import { watchEarlierFiles } from './earlier-files-watch.ts';
import { graphqlRoute } from './graphql-route.ts';
import { type LocalHttpServer, startHttpServer } from './http-server.ts';
import { createJudgeThread } from './judge.ts';
import type { Listening } from './listening.ts';
import { STARTING_ROUTES, startMonitoring } from './monitoring.ts';
import { watchMoved } from './moved-watch.ts';
import { operatorRoute } from './operator-route.ts';
import { objectsRoute, regionsRoute } from './own-objects.ts';
import { type Elsewhere, openParts, type Parts } from './parts.ts';
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
  /** Opens `/metrics`. Absent: there is none. */
  readonly metricsToken?: MetricsToken;
  /** Kept free on the disk of the folder: below it no block is taken in. */
  readonly reserveBytes?: number;
  /** The console and GraphiQL. Left out: those of this program. */
  readonly web?: WebFiles;
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
  const { folder, listening, settings, operatorSecret, metricsToken } = options;
  const log = createLog({ level: settings.logLevel, clock: systemClock, write: options.writeLog });
  const { web = ownWebFiles() } = options;
  const { graphiql = true } = settings;
  const http = await startHttpServer(listening, log, STARTING_ROUTES, createPages(web, { graphiql }));
  const { reserveBytes = RESERVE_BYTES } = options;
  const hasRoom = () => freeBytes(folder) >= reserveBytes;
  const registry = createRegistry();
  const elsewhere = options.elsewhere && {
    ...options.elsewhere,
    objects: withReserve(options.elsewhere.objects, hasRoom),
  };
  const judge = createJudgeThread();
  const parts = await openServed({ ...options, elsewhere }, { http, judge: judge.judge, registry, log, hasRoom });
  const { composition, catalogue, own, queue } = parts;
  const { service } = composition;
  const health = async () => ({
    ...(await lookInside(catalogue, composition.clockWatch, parts.readOnly.why())),
    ...(elsewhere && { bucket: await bucketFinding(elsewhere) }),
  });
  const backups = own
    ? createBackups({ folder, catalogue, objects: own.objects, clock: systemClock, log })
    : noBackups(elsewhere?.at ?? '');
  const { origin } = http;
  const monitoring = startMonitoring(parts, { origin, folder, registry, reserveBytes, hasRoom, metricsToken });
  const operatorCalls = {
    account: (event: object) => answerOperatorOf(composition, event),
    backup: backups.call,
    health,
    metrics: monitoring.call,
  };
  const { graphql, session } = createEntrance(service, log);
  http.serve({
    graphql: graphqlRoute(withGraphiql(graphql, graphiql)),
    console: graphqlRoute(session),
    ...(own && { objects: objectsRoute({ ...own, hasRoom }) }),
    regions: regionsRoute(parts.regions),
    operator: operatorRoute(operatorCalls, operatorSecret),
    ...monitoring.routes,
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
        monitoring.stop(),
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

interface ServedBy {
  readonly http: LocalHttpServer;
  readonly judge: Judge;
  readonly registry: Registry;
  readonly log: Log;
  readonly hasRoom: () => boolean;
}

/** Takes no more connections if the stores cannot be opened. */
async function openServed(
  { folder, settings, timeZone, regions = [], region, elsewhere }: Omit<ServerOptions, 'elsewhere'> & Served,
  { http, judge, registry, log, hasRoom }: ServedBy,
): Promise<Parts> {
  return openParts({
    folder,
    objectsUrl: `${http.origin}/objects`,
    settings,
    timeZone,
    judge,
    meter: registry,
    log,
    regions,
    regionsUrl: `${http.origin}/regions`,
    hasRoom,
    ...(elsewhere && { elsewhere }),
    ...(region !== undefined && { region }),
  }).catch(async (error: unknown) => {
    await http.stop(0);
    throw error;
  });
}

interface Served {
  readonly elsewhere: ServedElsewhere | undefined;
}
