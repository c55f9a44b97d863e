import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Clock } from '../platform/clock.ts';
import { type DataFolder, type Opening, openDataFolder } from './data-folder.ts';
import { chooseDatabase, DATABASES, type DatabaseEngine, type DatabaseName } from './dynamodb.ts';
import { freeBytes, mib, RESERVE_BYTES } from './folder/space.ts';
import { readMarker } from './marker.ts';
import type { LocalOptions } from './options.ts';
import { claimPort } from './ports.ts';
import { type Stack, startStack } from './stack.ts';
import { writeBeside } from './write-beside.ts';

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
  const { dataDir: path, opening = 'make', withoutKeys = false } = options;
  const database = chooseDatabase(options.database ?? databaseOf(path));
  const folder = openDataFolder({ path, database, opening, withoutKeys });
  try {
    await claimPort(options.port, PORT_PATIENCE_MS);
    const { root, port, clock } = options;
    const secret = randomBytes(32).toString('hex');
    const stack = await startStack({ root, folder, database, port, clock, secret });
    folder.markComplete();
    // What is being rebuilt is for nobody yet: they would see a part of it, and write beside it.
    if (opening === 'make') {
      writeBeside(folder.operatorKey, `${secret}\n`);
      writeEndpoint(folder, stack, clock.now());
    }
    return {
      url: stack.url,
      folder,
      warnings: warnings(folder, database),
      environment: stack.environment,
      failed: stack.failed,
      invoke: stack.invoke,
      stop: async () => {
        for (const file of [folder.endpoint, folder.operatorKey]) rmSync(file, { force: true });
        await stack.stop();
        folder.unlock();
      },
    };
  } catch (error) {
    folder.unlock();
    throw error;
  }
}

/** A folder goes on with the engine that it was made with. */
function databaseOf(path: string): DatabaseName | undefined {
  const made = readMarker(path)?.database;
  return DATABASES.find((name) => name === made);
}

function warnings({ path }: DataFolder, { warning }: DatabaseEngine): string[] {
  const free = freeBytes(path);
  const low =
    `Only ${mib(free)} are free on the disk of the data folder: below ${mib(RESERVE_BYTES)} no new blocks are taken in; ` +
    'reading and deleting go on.';
  return [...(warning === undefined ? [] : [warning]), ...(free < RESERVE_BYTES ? [low] : [])];
}

/**
 * Where clients on this machine find the API, and its operator the functions. Left behind by a run
 * that was killed; `pid` tells.
 */
function writeEndpoint(folder: DataFolder, { url, functions }: Stack, now: number): void {
  const endpoint = { url, functions, pid: process.pid, startedAt: new Date(now).toISOString() };
  writeBeside(folder.endpoint, `${JSON.stringify(endpoint)}\n`);
}
