import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Clock } from '../platform/clock.ts';
import { type DataFolder, type Opening, openDataFolder } from './data-folder.ts';
import { chooseDatabase } from './dynamodb.ts';
import type { LocalOptions } from './options.ts';
import { claimPort } from './ports.ts';
import { type Stack, startStack } from './stack.ts';

/** Varve running on this machine. */
export interface Local {
  readonly url: string;
  readonly folder: DataFolder;
  /** What its user should know. */
  readonly warnings: readonly string[];
  readonly environment: Stack['environment'];
  readonly failed: Stack['failed'];
  readonly invoke: Stack['invoke'];
  stop(): Promise<void>;
}

export interface StartOptions extends LocalOptions {
  readonly root: string;
  readonly clock: Clock;
  readonly opening?: Opening;
}

/** A run that was killed a moment ago still holds the port while its processes find out. */
const PORT_PATIENCE_MS = 3_000;

export async function startLocal(options: StartOptions): Promise<Local> {
  const database = chooseDatabase(options.database);
  const folder = openDataFolder(options.dataDir, database, options.opening);
  try {
    await claimPort(options.port, PORT_PATIENCE_MS);
    const stack = await startStack({ root: options.root, folder, database, port: options.port, clock: options.clock });
    folder.markComplete();
    writeEndpoint(folder, stack, options.clock.now());
    return {
      url: stack.url,
      folder,
      warnings: database.warning === undefined ? [] : [database.warning],
      environment: stack.environment,
      failed: stack.failed,
      invoke: stack.invoke,
      stop: async () => {
        rmSync(folder.endpoint, { force: true });
        await stack.stop();
        folder.unlock();
      },
    };
  } catch (error) {
    folder.unlock();
    throw error;
  }
}

/** Where clients on this machine find the API, and its operator the functions. Left behind by a run that was killed; `pid` tells. */
function writeEndpoint(folder: DataFolder, { url, functions }: Stack, now: number): void {
  const beside = `${folder.endpoint}.new`;
  const endpoint = { url, functions, pid: process.pid, startedAt: new Date(now).toISOString() };
  writeFileSync(beside, `${JSON.stringify(endpoint)}\n`);
  renameSync(beside, folder.endpoint);
}
