import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Adapters, assemble, type Composition } from '../../assembly.ts';
import { work } from '../../background/worker.ts';
import { openSqliteCatalogue, type SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Upkeep } from '../../platform/config.ts';
import { notFound } from '../../platform/errors.ts';
import { createFileKeys, createKeyFile } from '../../platform/keys/file.ts';
import { createLog, type Log } from '../../platform/log.ts';
import { serveObject } from '../../platform/objects/folder/serve.ts';
import { createGrantUrls } from '../../platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../platform/objects/folder.ts';
import { createInProcessQueue, type InProcessQueue } from '../../platform/queue/in-process.ts';
import { createSystemTime, systemFiles } from '../../platform/time/system-time.ts';
import { answerOperator } from '../../service/accounts/operator.ts';
import { createHandler } from '../../service/api/handler.ts';
import { watchClock } from '../../service/clocks/watch.ts';
import { ensureLocalAdmin } from '../local-admin.ts';
import { LOCAL_KEY_ID, LOCAL_REGION } from '../names.ts';
import { writeBeside } from '../write-beside.ts';
import { graphqlRoute } from './graphql-route.ts';
import { startHttpServer } from './http-server.ts';
import { operatorRoute } from './operator-route.ts';
import { startRounds } from './rounds.ts';

export interface ServerOptions {
  /** A folder that is this process's alone: closed to other users, and locked. */
  readonly folder: string;
  readonly port: number;
  readonly settings: Upkeep;
  /** IANA name, for the schedules of policies. */
  readonly timeZone: string;
  /** Opens the calls of the operator. */
  readonly operatorSecret: string;
  readonly writeLog: (line: string) => void;
}

/** The whole service in this process, behind one port. */
export interface LocalServer {
  readonly origin: string;
  /** Resolves when nothing more can be acknowledged: the process must end, and start again. */
  readonly lost: Promise<Error>;
  /** What is under way may end, within the grace. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 4_000;
/** What a message may take before it is sent again for the rest. */
const WORK_MS = 60_000;

export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const { folder, port, settings, operatorSecret } = options;
  const log = createLog({ level: settings.logLevel, clock: systemClock, write: options.writeLog });
  const catalogue = await openSqliteCatalogue(join(folder, 'catalogue.sqlite'));
  const http = await startHttpServer(port, log);
  const urls = createGrantUrls(`${http.origin}/objects`, await urlSecret(join(folder, 'urls.key')));
  const objects = await openFolderObjects({ path: folder, urls, clock: systemClock });
  const queue = createInProcessQueue({ log });
  const parts = await assembleOn(options, { catalogue, objects, queue, log });
  http.serve({
    graphql: graphqlRoute(createHandler(parts.service, log)),
    objects: (request, response) => serveObject({ objects, urls, clock: systemClock }, request, response),
    operator: operatorRoute({ account: (event) => answerOperator(parts.service, event) }, operatorSecret),
    healthz: (_, response) => tellReady(response),
    readyz: (_, response) => tellReady(response),
  });
  queue.start((message) => work(parts, message, systemClock.now() + WORK_MS));
  const rounds = startRounds(parts);
  return {
    origin: http.origin,
    lost: Promise.race([catalogue.lost, objects.lost]),
    // From the outside in: what is under way still finds what it needs.
    stop: async () => {
      await http.stop(STOP_GRACE_MS);
      await Promise.all([rounds.stop(), queue.stop()]);
      await catalogue.close();
    },
  };
}

interface Stores {
  readonly catalogue: SqliteCatalogue;
  readonly objects: FolderObjects;
  readonly queue: InProcessQueue;
  readonly log: Log;
}

/** The service above its stores, with what a first start makes: keys, and an administrator. */
async function assembleOn(
  { folder, settings, timeZone }: ServerOptions,
  { catalogue, objects, queue, log }: Stores,
): Promise<Composition> {
  const keyFile = join(folder, 'keys.json');
  if (!existsSync(keyFile)) await createKeyFile({ path: keyFile }, LOCAL_KEY_ID);
  const adminKey = join(folder, 'admin.key');
  await ensureLocalAdmin({ catalogue, clock: systemClock, random: randomBytes, keyFile: adminKey });
  const elapsedMs = () => performance.now();
  const system = createSystemTime(systemFiles, elapsedMs);
  // The store is on this machine: its clock is the same one.
  const storeNow = () => undefined;
  const clockWatch = watchClock({ catalogue, clock: systemClock, log, system, storeNow, elapsedMs });
  const adapters: Adapters = {
    catalogue,
    objects: (region) => {
      if (region !== LOCAL_REGION) throw notFound('Region', region);
      return objects;
    },
    queue,
    keys: createFileKeys({ path: keyFile }),
    defaultKeyId: LOCAL_KEY_ID,
    clock: systemClock,
    clockWatch,
    log,
  };
  return assemble(adapters, { ...settings, regions: [{ id: LOCAL_REGION, timeZone }] });
}

const URL_SECRET_BYTES = 32;

/** Kept, so that URLs that were given away outlive a new start. */
async function urlSecret(path: string): Promise<Buffer> {
  const known = await readFile(path).catch(() => undefined);
  if (known?.length === URL_SECRET_BYTES) return known;
  const secret = randomBytes(URL_SECRET_BYTES);
  writeBeside(path, secret);
  return secret;
}

async function tellReady(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end('ok\n');
}
