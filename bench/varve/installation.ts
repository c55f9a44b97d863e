import { mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Local, startLocal } from '../../src/local/local.ts';
import { freePort } from '../../src/local/ports.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Ending } from '../ending.ts';
import type { Run } from '../process/program.ts';
import { type Api, openApi } from './api.ts';
import { ROOT } from './build-cli.ts';
import { type Cli, createCli } from './cli.ts';
import { type StoreAccess, storeAccess } from './store-access.ts';

/** A single-machine installation of its own, empty at first, and the ways to it. */
export interface Installation {
  readonly dataDir: string;
  /** Where the object store keeps its files. */
  readonly objectsDir: string;
  readonly store: StoreAccess;
  /** What its functions run with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly cli: Cli;
  readonly api: Api;
  /** Ends and removes it. */
  stop(): Promise<void>;
}

export interface InstallOptions {
  readonly folder: string;
  readonly run: Run;
  readonly ending: Ending;
  /** Preloaded into every Node process of the installation and into the CLI. */
  readonly preload?: { readonly module: string; readonly environment: Readonly<Record<string, string>> };
}

export async function install({ folder, run, ending, preload }: InstallOptions): Promise<Installation> {
  const dataDir = join(folder, 'varve');
  mkdirSync(folder, { recursive: true });
  const extra = preload && { ...preload.environment, NODE_OPTIONS: `--import=${preload.module}` };
  const local = await withEnvironment(extra ?? {}, async () =>
    startLocal({ dataDir, port: await freePort(), root: ROOT, clock: systemClock }),
  );
  let stopping = false;
  const stop = ending.before(async () => {
    stopping = true;
    await local.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  failLoudly(local, () => stopping);
  const apiKey = readFileSync(local.folder.adminKey, 'utf8').trim();
  const api = openApi({ url: local.url, apiKey }, ending.signal);
  await api.openSnapshotService();
  return {
    dataDir,
    objectsDir: local.folder.objects,
    store: storeAccess(local.environment),
    environment: local.environment,
    cli: createCli({ root: ROOT, dataDir, run, environment: extra ?? {} }),
    api,
    stop: async () => {
      api.close();
      await stop();
    },
  };
}

/** Children take the environment of this process over when they are started. */
async function withEnvironment<T>(extra: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, extra);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(extra)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

/** A part that ends by itself would else show as a refused connection somewhere. */
function failLoudly(local: Local, expected: () => boolean): void {
  void local.failed.then(({ name, how }) => {
    if (!expected()) console.error(`${name} of ${local.folder.path} ended (${how}).`);
  });
}
