import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DATABASES, type DatabaseName } from './dynamodb.ts';
import { StartError } from './start-error.ts';

export interface LocalOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Absent: what this platform has. */
  readonly database?: DatabaseName;
}

export const DEFAULT_PORT = 4100;
export const DEFAULT_DATA_DIR = '.varve';

export function parseLocalOptions(args: readonly string[], cwd: string): LocalOptions {
  const { data, port, database } = values(args);
  if (data === '') throw new StartError('--data needs a folder.');
  return {
    dataDir: resolve(cwd, data),
    port: parsePort(port),
    ...(database === undefined ? {} : { database: parseDatabase(database) }),
  };
}

function values(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: DEFAULT_DATA_DIR },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        database: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message} (options: --data DIR, --port PORT, --database NAME).`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) throw new StartError('--port must be a number from 1 to 65535.');
  return port;
}

function parseDatabase(text: string): DatabaseName {
  const name = DATABASES.find((candidate) => candidate === text);
  if (name === undefined) throw new StartError(`--database must be ${DATABASES.join(' or ')}.`);
  return name;
}
