import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createPageCache } from './engine/blocks/page-store.ts';
import { ENGINE_LIMITS, type EngineDeps } from './engine/deps.ts';
import { createLedgerWorker, type LedgerWorker } from './engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from './engine/reclaim/reclaim.ts';
import { createReclaimer, type Reclaimer } from './engine/reclaim/reclaimer.ts';
import { createContents } from './engine/tree/contents.ts';
import { createVersionTree } from './engine/tree/version-tree.ts';
import { awsSettings } from './platform/aws-settings.ts';
import { createDynamoCatalogue } from './platform/catalogue/dynamo.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { type Config, type Environment, type KeySource, parseConfig, type ScrubPace } from './platform/config.ts';
import { notFound } from './platform/errors.ts';
import { createIds } from './platform/ids.ts';
import { createFileKeys } from './platform/keys/file.ts';
import { connectKms } from './platform/keys/kms-client.ts';
import { createLog, type Log, lineWriter } from './platform/log.ts';
import type { ObjectStore } from './platform/objects/port.ts';
import { createS3Objects } from './platform/objects/s3.ts';
import type { Queue } from './platform/queue/port.ts';
import { createSqsQueue } from './platform/queue/sqs.ts';
import { createStoreClock, noteAnswers } from './platform/time/store-clock.ts';
import { createSystemTime, systemFiles } from './platform/time/system-time.ts';
import { type ClockWatch, watchClock } from './service/clocks/watch.ts';
import { describeWith } from './service/manifests/describe.ts';
import { type RebuildOptions, type RebuildReport, rebuild } from './service/manifests/rebuild.ts';
import { RENEW_AFTER_MS } from './service/model/leases/rules.ts';
import type { NewBlocksPace } from './service/scrubs/new-blocks.ts';
import type { ScrubDeps } from './service/scrubs/run.ts';
import type { Service } from './service/service.ts';

/**
 * The parts of one installation, put together from its configuration. No part does I/O before it is
 * used.
 */
export interface Composition {
  /** What the API's use cases work with. */
  readonly service: Service;
  readonly worker: LedgerWorker;
  readonly reclaimer: Reclaimer;
  /** For the operator who has lost the catalogue. */
  readonly rebuild: (options: RebuildOptions, until: number) => Promise<RebuildReport>;
  readonly scrubs: ScrubDeps;
  readonly scrubPace: ScrubPace;
  readonly newBlocksPace: NewBlocksPace;
  readonly expiredGraceMs: number;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly log: Log;
}

/** Name of the key that a single machine's key file starts with. */
export const LOCAL_KEY_ID = 'local';

/** Uploads without a commit are rare, and a listing of a million keys costs half a cent. */
const ORPHAN_SEARCH_EVERY_MS = 24 * 3600_000;

/** AWS clients take region, credentials and endpoints from the SDK's own environment variables. */
export function compose(config: Config): Composition {
  const log = createLog({ level: config.logLevel, clock: systemClock, write: lineWriter(process.stdout) });
  const { catalogue, clockWatch } = composeCatalogue(config, log);
  const engine: EngineDeps = {
    catalogue,
    objects: composeObjects(config),
    queue: createSqsQueue({
      client: new SQSClient(awsSettings()),
      queueUrl: config.queueUrl,
      log,
      random: Math.random,
    }),
    clock: systemClock,
    trust: clockWatch.trust,
    ids: createIds(systemClock),
    random: Math.random,
    pageCache: createPageCache(),
    limits: ENGINE_LIMITS,
  };
  const [first, ...others] = config.regions.map(({ id }) => id);
  const service: Service = {
    catalogue: engine.catalogue,
    clock: engine.clock,
    trust: engine.trust,
    ids: engine.ids,
    random: randomBytes,
    ...composeKeys(config.keys),
    regions: [first as string, ...others],
    timeZoneOf: (region) => config.regions.find(({ id }) => id === region)?.timeZone ?? 'UTC',
    tree: createVersionTree(engine),
    contents: createContents(engine),
    objects: engine.objects,
    reclaimGraceMs: config.reclaimGraceMs,
    leaseRenewAfterMs: RENEW_AFTER_MS,
    queue: engine.queue,
  };
  const reclaimer = createReclaimer(engine, {
    ...RECLAIM_TIMES,
    graceMs: config.reclaimGraceMs,
    searchEveryMs: ORPHAN_SEARCH_EVERY_MS,
  });
  const regions = service.regions;
  const worker = createLedgerWorker(engine, describeWith({ catalogue: engine.catalogue, regions }));
  return {
    service,
    worker,
    rebuild: (wanted, until) => rebuild({ engine, regions, random: randomBytes }, wanted, until),
    reclaimer,
    scrubs: { service, engine },
    scrubPace: config.scrubPace,
    newBlocksPace: { bytesPerDay: config.readBackBytesPerDay },
    expiredGraceMs: config.expiredGraceMs,
    queue: engine.queue,
    clock: engine.clock,
    clockWatch,
    log,
  };
}

/** The catalogue, and the watch over the clock that listens to what its answers say. */
function composeCatalogue(
  { table }: Config,
  log: Log,
): Pick<Composition, 'clockWatch'> & Pick<EngineDeps, 'catalogue'> {
  const elapsedMs = () => performance.now();
  const storeClock = createStoreClock(elapsedMs);
  const client = new DynamoDBClient(awsSettings());
  noteAnswers(client, storeClock);
  const document = DynamoDBDocumentClient.from(client);
  const catalogue = createDynamoCatalogue({ client: document, tableName: table, random: Math.random });
  const system = createSystemTime(systemFiles, elapsedMs);
  const storeNow = () => storeClock.now();
  return { catalogue, clockWatch: watchClock({ catalogue, clock: systemClock, log, system, storeNow, elapsedMs }) };
}

function composeObjects(config: Config): EngineDeps['objects'] {
  const client = new S3Client({
    ...awsSettings(),
    forcePathStyle: config.s3PathStyle,
    ...(config.s3Endpoint === undefined ? {} : { endpoint: config.s3Endpoint }),
  });
  const stores = new Map<string, ObjectStore>(
    config.regions.map(({ id, bucket }) => [
      id,
      createS3Objects({
        client,
        bucket,
        ...(config.publicS3Endpoint === undefined ? {} : { publicEndpoint: config.publicS3Endpoint }),
        clock: systemClock,
        random: Math.random,
      }),
    ]),
  );
  return (regionId) => {
    const store = stores.get(regionId);
    if (store === undefined) throw notFound('Region', regionId);
    return store;
  };
}

function composeKeys(source: KeySource): Pick<Service, 'keys' | 'defaultKeyId'> {
  if (source.kind === 'file') return { keys: createFileKeys({ path: source.path }), defaultKeyId: LOCAL_KEY_ID };
  return { keys: connectKms(Math.random), defaultKeyId: source.keyId };
}

/**
 * Composes at the first call and keeps it: what a function's later invocations in the same process
 * share.
 */
export function composeOnce(environment: Environment): () => Composition {
  let composition: Composition | undefined;
  return () => {
    composition ??= compose(parseConfig(environment));
    return composition;
  };
}
