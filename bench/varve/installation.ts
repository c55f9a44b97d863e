import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ending } from '../ending.ts';
import type { Run } from '../process/program.ts';
import { type Api, openApi } from './api.ts';
import { ROOT } from './build-cli.ts';
import { type Cli, createCli } from './cli.ts';
import { type EmulatedCloud, startEmulatedCloud } from './emulated-cloud.ts';
import { type StoreAccess, storeAccess } from './store-access.ts';

/** An installation of its own on the emulated cloud, empty at first, and the ways to it. */
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
  const cloud = await startEmulatedCloud(dataDir, extra);
  let stopping = false;
  const stop = ending.before(async () => {
    stopping = true;
    await cloud.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  failLoudly(cloud, dataDir, () => stopping);
  const api = openApi({ url: cloud.url, apiKey: cloud.adminKey }, ending.signal);
  await api.openSnapshotService();
  return {
    dataDir,
    objectsDir: cloud.objects,
    store: storeAccess(cloud.environment),
    environment: cloud.environment,
    cli: createCli({ root: ROOT, dataDir, run, environment: extra ?? {} }),
    api,
    stop: async () => {
      api.close();
      await stop();
    },
  };
}

/** A part that ends by itself would else show as a refused connection somewhere. */
function failLoudly(cloud: EmulatedCloud, dataDir: string, expected: () => boolean): void {
  void cloud.ended.then((how) => {
    if (!expected()) console.error(`The emulated cloud of ${dataDir} ended (${how}).`);
  });
}
