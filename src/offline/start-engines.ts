import { existsSync } from 'node:fs';
import { binaryChild, type Child, type ChildSpec, startChild } from '../local/emulator/child.ts';
import { chooseDatabase, DATABASES, type DatabaseName } from '../local/emulator/dynamodb.ts';
import { LOCAL_KEY_ID } from '../local/names.ts';
import { acceptsConnections } from '../local/ports.ts';
import { StartError } from '../local/start-error.ts';
import { systemClock } from '../platform/clock.ts';
import { createKeyFile } from '../platform/keys/file.ts';
import { choosePorts, LOCAL_BUCKET, type LocalEnvironment, localEnvironment, type Ports } from './environment.ts';
import type { OfflineFolder } from './folder.ts';
import { entryPath, nodeChild } from './node-child.ts';
import type { Template } from './template.ts';

/** The emulated services of AWS, each in a process of its own. */
export interface Engines {
  /** The configuration that functions run with on them. */
  readonly environment: LocalEnvironment;
  /** What the developer should know. */
  readonly warnings: readonly string[];
  /** Resolves when one ends by itself. */
  readonly failed: Promise<{ readonly name: string; readonly how: string }>;
}

export interface EnginesOptions {
  /** The checked-out project. */
  readonly root: string;
  readonly folder: OfflineFolder;
  readonly template: Template;
  /** The name of a DynamoDB engine; empty for what the platform has. */
  readonly database: string;
  /** That the engines must not take. */
  readonly otherPorts: readonly number[];
}

/**
 * Starts DynamoDB, S3 and SQS on free ports of the loopback address, with the table, an
 * administrator's key and the keys of encrypted disks. They end with this process. Throws
 * `StartError`.
 */
export async function startEngines(options: EnginesOptions): Promise<Engines> {
  const { folder, template, otherPorts } = options;
  const database = chooseDatabase(databaseNamed(options.database));
  const ports = await choosePorts(...otherPorts);
  const environment = localEnvironment({ ports, template, keyFile: folder.keys });
  if (!existsSync(folder.keys)) await createKeyFile({ path: folder.keys }, LOCAL_KEY_ID);
  const dynamodb = startChild(
    binaryChild({
      ...common(options, 'dynamodb'),
      environment: {},
      ...database.command({ port: ports.dynamodb, folder: folder.path }),
    }),
  );
  const s3 = startChild(s3Child(options, ports, environment));
  const queue = startChild(queueChild(options, ports));
  // The AWS SDK takes long to load: the engines start meanwhile.
  const { prepareDatabase } = await import('./database.ts');
  await dynamodb.readyWhen(() => acceptsConnections(ports.dynamodb));
  await prepareDatabase({ environment, template, adminKey: folder.adminKey, clock: systemClock });
  await s3.readyWhen(() => acceptsConnections(ports.s3));
  await queue.readyWhen(() => acceptsConnections(ports.queue));
  const warnings = database.warning === undefined ? [] : [database.warning];
  return { environment, warnings, failed: firstEnd([dynamodb, s3, queue]) };
}

function databaseNamed(text: string): DatabaseName | undefined {
  const name = DATABASES.find((one) => one === text);
  if (name === undefined && text !== '')
    throw new StartError(`VARVE_OFFLINE_DATABASE must be ${DATABASES.join(' or ')}, not ${text}.`);
  return name;
}

function common({ root, folder }: EnginesOptions, name: string) {
  return { name, cwd: root, logs: folder.logs };
}

function s3Child(options: EnginesOptions, ports: Ports, environment: LocalEnvironment): ChildSpec {
  const { folder } = options;
  return nodeChild({
    ...common(options, 's3'),
    args: [entryPath('engines/s3-main.ts')],
    environment: {
      ...environment,
      VARVE_LOCAL_PORT: `${ports.s3}`,
      VARVE_LOCAL_OBJECTS: folder.objects,
      VARVE_LOCAL_INCOMING: folder.incoming,
      VARVE_LOCAL_BUCKETS: LOCAL_BUCKET,
    },
  });
}

function queueChild(options: EnginesOptions, ports: Ports): ChildSpec {
  return nodeChild({
    ...common(options, 'queue'),
    args: [entryPath('engines/queue-main.ts')],
    environment: {
      VARVE_LOCAL_PORT: `${ports.queue}`,
      VARVE_LOCAL_QUEUES: JSON.stringify(options.template.queues),
    },
  });
}

function firstEnd(children: readonly Child[]): Engines['failed'] {
  return Promise.race(children.map(async ({ name, ended }) => ({ name, how: await ended })));
}
