import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Adapters, assemble, type Composition } from './assembly.ts';
import { addressFilter } from './platform/address-filter.ts';
import { awsSettings } from './platform/aws-settings.ts';
import { createDynamoCatalogue } from './platform/catalogue/dynamo.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, type Environment, type ExportBucketConfig, parseConfig } from './platform/config.ts';
import { notFound } from './platform/errors.ts';
import { createS3Files, PART_MS } from './platform/files/s3.ts';
import { createFileKeys } from './platform/keys/file.ts';
import { connectKms } from './platform/keys/kms-client.ts';
import { createLog, type Log, lineWriter } from './platform/log.ts';
import { createEmfMeter } from './platform/metrics/emf.ts';
import { createS3Objects } from './platform/objects/s3.ts';
import { connectS3 } from './platform/objects/s3-client.ts';
import { createEventBridge } from './platform/outgoing/eventbridge.ts';
import { createOutgoing } from './platform/outgoing/https.ts';
import { sentApart } from './platform/queue/apart.ts';
import { createSqsQueue } from './platform/queue/sqs.ts';
import { createStoreClock, noteAnswers } from './platform/time/store-clock.ts';
import { createSystemTime, systemFiles } from './platform/time/system-time.ts';
import { watchClock } from './service/clocks/watch.ts';
import { EMF_NAMESPACE, emfNames } from './service/figures/emf-names.ts';

/** Name of the key that a single machine's key file starts with. */
export const LOCAL_KEY_ID = 'local';

/**
 * An installation on AWS, or on what stands for it. Its clients take region, credentials and
 * endpoints from the SDK's own environment variables. No part does I/O before it is used.
 */
export function compose(config: Config): Composition {
  const write = lineWriter(process.stdout);
  const log = createLog({ level: config.logLevel, clock: systemClock, write });
  const dimensions = { Installation: config.table };
  const emf = createEmfMeter({ namespace: EMF_NAMESPACE, dimensions, clock: systemClock, names: emfNames, write });
  const client = new SQSClient(awsSettings());
  const queueAt = (queueUrl: string) => createSqsQueue({ client, queueUrl, log, random: Math.random });
  const queue = sentApart(queueAt(config.queueUrl), queueAt(config.notifyQueueUrl ?? config.queueUrl));
  const stores = { ...composeCatalogue(config, log), ...composeStores(config), ...composeKeys(config) };
  const owner = { id: `table ${config.table}`, what: `the installation with the table ${config.table}` };
  const { allow, allowHttp } = config.webhooks;
  const outgoing = createOutgoing({ addresses: addressFilter(allow), allowHttp });
  const { eventBus: bus } = config;
  const eventSinks = bus === undefined ? [] : [createEventBridge({ bus, random: Math.random })];
  const out = { queue, outgoing, eventSinks, meter: emf, emf };
  return assemble({ ...stores, ...out, clock: systemClock, log, owner }, config);
}

/** The catalogue, and the watch over the clock that listens to what its answers say. */
function composeCatalogue({ table }: Config, log: Log): Pick<Adapters, 'catalogue' | 'clockWatch'> {
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

/**
 * The stores of the regions, and the buckets that accounts may export to or import from. One client
 * for each region of AWS: a bucket answers requests, and takes signatures, of its own region alone.
 * Those for files have time for a whole part.
 */
function composeStores(config: Config): Pick<Adapters, 'objects' | 'files' | 'exportBuckets' | 'importBuckets'> {
  const { regions, publicS3Endpoint: publicEndpoint } = config;
  const clientOf = clientsOf(config);
  const partClientOf = clientsOf(config, PART_MS);
  const random = Math.random;
  const storesOf = (bucket: string, awsRegion: string | undefined) => {
    const signing = { clock: systemClock, ...(publicEndpoint !== undefined && { publicEndpoint }) };
    const objects = createS3Objects({ client: clientOf(awsRegion), bucket, random, ...signing });
    const { signGet } = objects;
    return { objects, files: createS3Files({ client: partClientOf(awsRegion), bucket, signGet, random }) };
  };
  const stores = new Map(regions.map(({ id, bucket, awsRegion }) => [id, storesOf(bucket, awsRegion)] as const));
  const storesIn = (regionId: string) => {
    const found = stores.get(regionId);
    if (found === undefined) throw notFound('Region', regionId);
    return found;
  };
  const awsRegions = new Map(regions.map(({ id, awsRegion }) => [id, awsRegion] as const));
  const withFiles = <Open extends ExportBucketConfig>(open: Open) => ({
    ...open,
    files: storesOf(open.bucket, awsRegions.get(open.region)).files,
  });
  return {
    objects: (regionId) => storesIn(regionId).objects,
    files: (regionId) => storesIn(regionId).files,
    exportBuckets: config.exportBuckets.map(withFiles),
    importBuckets: config.importBuckets.map(withFiles),
  };
}

function clientsOf({ s3Endpoint: endpoint, s3PathStyle: pathStyle }: Config, requestMs?: number) {
  const clients = new Map<string | undefined, ReturnType<typeof connectS3>>();
  return (region: string | undefined) => {
    const client = clients.get(region) ?? connectS3({ region, endpoint, pathStyle }, requestMs);
    clients.set(region, client);
    return client;
  };
}

function composeKeys({ keys: source, regions, awsRegion }: Config): Pick<Adapters, 'keys' | 'defaultKeyId'> {
  if (source.kind === 'file') return { keys: createFileKeys({ path: source.path }), defaultKeyId: LOCAL_KEY_ID };
  const awsRegionOf = (regionId: string) => regions.find(({ id }) => id === regionId)?.awsRegion ?? awsRegion;
  return { keys: connectKms(Math.random, awsRegionOf), defaultKeyId: source.keyId };
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
