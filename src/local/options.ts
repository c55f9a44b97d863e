import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DATABASES, type DatabaseName } from './dynamodb.ts';
import { StartError } from './start-error.ts';

export interface LocalOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Absent: the data folder's own, or what this platform has. */
  readonly database?: DatabaseName;
  /** Lost keys are made anew. */
  readonly withoutKeys?: boolean;
}

export const DEFAULT_PORT = 4100;
export const DEFAULT_DATA_DIR = '.varve';

const OPTIONS = '--data DIR, --port PORT, --database NAME, --without-keys, --help';
export const USAGE = `Usage: npm start -- [options]

Runs the whole service on this machine, until Ctrl-C.

  --data DIR        Where its data is, or is to be (default ${DEFAULT_DATA_DIR}).
  --port PORT       Where the API listens, on the loopback address (default ${DEFAULT_PORT}).
  --database NAME   ${DATABASES.join(' or ')}; left out, the one of the data folder, or what this platform has.
  --without-keys    Start though the keys of encrypted disks (keys.json) are lost: what is encrypted stays unreadable.
  --help            Show this.

docs/operations.md tells more.`;

export function parseLocalOptions(args: readonly string[], cwd: string): LocalOptions {
  const { data, port, database, 'without-keys': withoutKeys } = values(args);
  if (data === '') throw new StartError('--data needs a folder.');
  return {
    dataDir: resolve(cwd, data),
    port: parsePort(port),
    withoutKeys,
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
        'without-keys': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message} (options: ${OPTIONS}).`);
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
