import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createKeyFile } from '../platform/keys/file.ts';
import { binaryChild, type Child, entryPath, nodeChild, startChild } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import type { DatabaseEngine } from './dynamodb.ts';
import { LOCAL_AWS_ACCOUNT, LOCAL_AWS_REGION } from './offline-settings.ts';
import { acceptsConnections, freePort, LOOPBACK } from './ports.ts';
import { StartError } from './start-error.ts';
import { ensureTable } from './table.ts';
import { readTemplate } from './template.ts';

/** The processes of one single-machine installation. */
export interface Stack {
  readonly url: string;
  /** The configuration that the functions run with, for those who compose parts of their own beside them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when a child ends by itself. */
  readonly failed: Promise<{ readonly name: string; readonly how: string }>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** The checked-out project. */
  readonly root: string;
  readonly folder: DataFolder;
  readonly database: DatabaseEngine;
  readonly port: number;
}

export const LOCAL_REGION = 'local';
export const LOCAL_KEY_ID = 'local';
export const LOCAL_TABLE = 'varve';
const BUCKET = 'varve-local';
const STOP_GRACE_MS = 3_000;

export async function startStack(options: StackOptions): Promise<Stack> {
  const children: Child[] = [];
  const start = (spec: Parameters<typeof startChild>[0]): Child => {
    const child = startChild(spec);
    children.push(child);
    return child;
  };
  try {
    const environment = await startAll(options, start);
    return {
      url: `http://${LOOPBACK}:${options.port}/graphql`,
      environment,
      failed: Promise.race(children.map(async ({ name, ended }) => ({ name, how: await ended }))),
      stop: () => stopAll(children),
    };
  } catch (error) {
    await stopAll(children);
    throw error;
  }
}

type Start = (spec: Parameters<typeof startChild>[0]) => Child;

async function startAll(options: StackOptions, start: Start): Promise<Record<string, string>> {
  const { root, folder } = options;
  const template = readTemplate(root);
  const common = { cwd: root, logs: folder.logs };
  const credentials = {
    AWS_REGION: LOCAL_AWS_REGION,
    AWS_ACCESS_KEY_ID: `local${randomBytes(8).toString('hex')}`,
    AWS_SECRET_ACCESS_KEY: randomBytes(24).toString('base64url'),
  };
  if (!existsSync(folder.keys)) await createKeyFile({ path: folder.keys }, LOCAL_KEY_ID);

  const dynamoPort = await freePort();
  const dynamo = start(
    binaryChild({
      ...common,
      name: 'dynamodb',
      environment: {},
      ...options.database.command({ port: dynamoPort, folder: folder.path }),
    }),
  );
  const s3 = start(
    nodeChild({
      ...common,
      name: 's3',
      args: [entryPath('engines/s3-main.ts')],
      environment: {
        ...credentials,
        VARVE_LOCAL_OBJECTS: folder.objects,
        VARVE_LOCAL_INCOMING: folder.incoming,
        VARVE_LOCAL_BUCKETS: BUCKET,
      },
    }),
  );
  const queue = start(
    nodeChild({
      ...common,
      name: 'queue',
      args: [entryPath('engines/queue-main.ts')],
      environment: { VARVE_LOCAL_QUEUES: JSON.stringify(template.queues) },
    }),
  );
  const [s3Endpoint, queueEndpoint] = (await Promise.all([portOf(s3), portOf(queue)])).map(
    (port) => `http://${LOOPBACK}:${port}`,
  ) as [string, string];
  const environment = {
    ...credentials,
    AWS_ENDPOINT_URL_DYNAMODB: `http://${LOOPBACK}:${dynamoPort}`,
    AWS_ENDPOINT_URL_S3: s3Endpoint,
    AWS_ENDPOINT_URL_SQS: queueEndpoint,
    VARVE_TABLE: LOCAL_TABLE,
    VARVE_REGIONS: JSON.stringify([{ id: LOCAL_REGION, bucket: BUCKET, timeZone: timeZone() }]),
    VARVE_QUEUE_URL: `${queueEndpoint}/${LOCAL_AWS_ACCOUNT}/${template.workQueue}`,
    VARVE_KEY_FILE: folder.keys,
    VARVE_S3_PATH_STYLE: '1',
  };
  const api = start(await apiChild(options, environment));
  await dynamo.readyWhen(() => acceptsConnections(dynamoPort));
  await makeTable(environment, template);
  await api.readyWhen(() => answers(options.port));
  return environment;
}

async function apiChild({ root, folder, port }: StackOptions, environment: Record<string, string>) {
  return nodeChild({
    cwd: root,
    logs: folder.logs,
    name: 'api',
    args: [entryPath('../../node_modules/serverless/bin/serverless.js'), 'offline', 'start', '--noSponsor'],
    environment: {
      ...environment,
      VARVE_LOCAL_CODE: folder.code,
      VARVE_LOCAL_PORT: `${port}`,
      VARVE_LOCAL_LAMBDA_PORT: `${await freePort()}`,
      SLS_LOG_LEVEL: 'warning', // else a line for each request
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
    },
  });
}

async function makeTable(environment: Stack['environment'], template: ReturnType<typeof readTemplate>): Promise<void> {
  const client = dynamoClient(environment);
  try {
    await ensureTable(client, LOCAL_TABLE, template);
  } finally {
    client.destroy();
  }
}

/** A client of the stack's database for this process, whose own environment says nothing of it. */
export function dynamoClient(environment: Stack['environment']): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: LOCAL_AWS_REGION,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
  });
}

async function portOf(child: Child): Promise<number> {
  const message = (await child.ready()) as { port?: unknown };
  if (typeof message.port !== 'number') throw new StartError(`${child.name} did not say where it listens.`);
  return message.port;
}

/** Asks the API something small, which also loads its code before the first caller comes. */
async function answers(port: number): Promise<boolean> {
  if (!(await acceptsConnections(port))) return false;
  try {
    const answer = await fetch(`http://${LOOPBACK}:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    await answer.arrayBuffer();
    if (answer.status < 500) return true;
  } catch {
    // Not yet.
  }
  await sleep(100);
  return false;
}

/** The API first, so that what is under way still finds the engines below. */
async function stopAll(children: readonly Child[]): Promise<void> {
  const [api, ...engines] = [...children].reverse();
  await api?.stop(STOP_GRACE_MS);
  await Promise.all(engines.map((child) => child.stop(STOP_GRACE_MS)));
}

function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
