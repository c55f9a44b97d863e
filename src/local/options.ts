import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from './start-error.ts';

export interface LocalOptions {
  readonly dataDir: string;
  readonly port: number;
}

export const DEFAULT_PORT = 4100;
export const DEFAULT_DATA_DIR = '.varve';

export function parseLocalOptions(args: readonly string[], cwd: string): LocalOptions {
  const { data, port } = values(args);
  if (data === '') throw new StartError('--data needs a folder.');
  return { dataDir: resolve(cwd, data), port: parsePort(port) };
}

function values(args: readonly string[]): { data: string; port: string } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: DEFAULT_DATA_DIR },
        port: { type: 'string', default: String(DEFAULT_PORT) },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message} (options: --data DIR, --port PORT).`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) throw new StartError('--port must be a number from 1 to 65535.');
  return port;
}
