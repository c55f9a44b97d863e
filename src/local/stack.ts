import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../platform/clock.ts';
import { type EmulatedFunctions, invokeEmulated } from '../platform/functions/emulated.ts';
import { createKeyFile } from '../platform/keys/file.ts';
import { binaryChild, type Child, type ChildSpec, entryPath, nodeChild, startChild } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import type { DatabaseEngine } from './dynamodb.ts';
import { choosePorts, LOCAL_BUCKET, type LocalEnvironment, localEnvironment, type Ports } from './environment.ts';
import { LOCAL_KEY_ID } from './names.ts';
import { acceptsConnections, LOOPBACK } from './ports.ts';
import { StartError } from './start-error.ts';
import { readTemplate, type Template } from './template.ts';

/** The processes of one single-machine installation. */
export interface Stack {
  readonly url: string;
  /** Before the name of a function: where it is called, by Lambda's own API. */
  readonly functions: string;
  /**
   * The configuration that the functions run with, for those who compose parts of their own beside
   * them.
   */
  readonly environment: LocalEnvironment;
  /** Calls a function as its operator does, and answers what it answers. */
  invoke(name: string, event: object): Promise<unknown>;
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
  readonly clock: Clock;
  /** Opens the functions to their operator. */
  readonly secret: string;
}

const STOP_GRACE_MS = 3_000;

export async function startStack(options: StackOptions): Promise<Stack> {
  const { folder } = options;
  const template = readTemplate(options.root);
  const ports = await choosePorts(options.port);
  const environment = localEnvironment({ ports, template, keyFile: folder.keys });
  if (!existsSync(folder.keys)) await createKeyFile({ path: folder.keys }, LOCAL_KEY_ID);
  const children: Child[] = [];
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopAll(children);
  };
  try {
    for (const spec of childSpecs(options, ports, environment, template)) children.push(startChild(spec));
    await whenReady(options, children, { ports, environment, template });
  } catch (error) {
    await stop();
    throw error;
  }
  const functions = `http://${LOOPBACK}:${ports.lambda}/2015-03-31/functions/${template.functionPrefix}`;
  return {
    url: `http://${LOOPBACK}:${options.port}/graphql`,
    functions,
    environment,
    invoke: (name, event) => invoke({ url: functions, secret: options.secret }, name, event),
    failed: new Promise((resolve) => {
      for (const { name, ended } of children) {
        void ended.then((how) => {
          if (!stopping) resolve({ name, how });
        });
      }
    }),
    stop,
  };
}

/** The API last: it is stopped first. */
function childSpecs(
  { root, folder, database, secret }: StackOptions,
  ports: Ports,
  environment: LocalEnvironment,
  template: Template,
): ChildSpec[] {
  const common = { cwd: root, logs: folder.logs };
  return [
    binaryChild({
      ...common,
      name: 'dynamodb',
      environment: {},
      ...database.command({ port: ports.dynamodb, folder: folder.path }),
    }),
    nodeChild({
      ...common,
      name: 's3',
      args: [entryPath('engines/s3-main.ts')],
      environment: {
        ...environment,
        VARVE_LOCAL_PORT: `${ports.s3}`,
        VARVE_LOCAL_OBJECTS: folder.objects,
        VARVE_LOCAL_INCOMING: folder.incoming,
        VARVE_LOCAL_BUCKETS: LOCAL_BUCKET,
      },
    }),
    nodeChild({
      ...common,
      name: 'queue',
      args: [entryPath('engines/queue-main.ts')],
      environment: { VARVE_LOCAL_PORT: `${ports.queue}`, VARVE_LOCAL_QUEUES: JSON.stringify(template.queues) },
    }),
    nodeChild({
      ...common,
      name: 'api',
      args: [entryPath('../../node_modules/serverless/bin/serverless.js'), 'offline', 'start', '--noSponsor'],
      environment: {
        ...environment,
        VARVE_LOCAL_CODE: folder.code,
        VARVE_LOCAL_PORT: `${ports.api}`,
        VARVE_LOCAL_LAMBDA_PORT: `${ports.lambda}`,
        VARVE_LOCAL_OPERATOR_SECRET: secret,
        SLS_LOG_LEVEL: 'warning', // else a line for each request
        AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
      },
    }),
  ];
}

interface Started {
  readonly ports: Ports;
  readonly environment: LocalEnvironment;
  readonly template: Template;
}

async function whenReady({ clock, folder }: StackOptions, children: readonly Child[], started: Started): Promise<void> {
  const { ports, environment, template } = started;
  // The AWS SDK takes long to load: the children start meanwhile.
  const { prepareDatabase } = await import('./database.ts');
  const [dynamodb, s3, queue, api] = children as [Child, Child, Child, Child];
  await dynamodb.readyWhen(() => acceptsConnections(ports.dynamodb));
  await prepareDatabase({ environment, template, adminKey: folder.adminKey, clock });
  await s3.readyWhen(() => acceptsConnections(ports.s3));
  await queue.readyWhen(() => acceptsConnections(ports.queue));
  await api.readyWhen(() => answers(ports.api));
}

/**
 * Who starts the machine for the sake of a function is told what the function refused, without a
 * stack.
 */
async function invoke(functions: EmulatedFunctions, name: string, event: object): Promise<unknown> {
  return invokeEmulated(functions, name, event).catch((error: Error) => {
    throw new StartError(error.message);
  });
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
