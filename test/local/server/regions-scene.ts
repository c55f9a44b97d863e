import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../src/local/ports.ts';
import { type Installation, startInstallation } from '../../../src/local/server/installation.ts';
import type { TestAccount, Told } from '../../support/api.ts';

/** An installation in a folder of its own, in this process. */
export interface RegionsScene {
  readonly folder: string;
  /** `varve server`, with these options of `--region`. */
  start(...regions: string[]): Promise<TestAccount>;
  stop(): Promise<void>;
  /** Stops it, and deletes the folder. */
  close(): Promise<void>;
}

export async function regionsScene(): Promise<RegionsScene> {
  const folder = await mkdtemp(join(tmpdir(), 'varve-regions-'));
  let running: Installation | undefined;
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  return {
    folder,
    stop,
    start: async (...regions) => {
      const where = { kind: 'loopback', port: await freePort() } as const;
      const options = { where, withoutKeys: false, environment: {}, tell: () => undefined };
      running = await startInstallation({ ...options, dataDir: join(folder, 'data'), regions });
      return accountOf(running);
    },
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function accountOf({ folder, url }: Installation): Promise<TestAccount> {
  const key = (await readFile(folder.adminKey, 'utf8')).trim();
  const call = async (query: string, variables: object = {}): Promise<Told> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await answer.json()) as { data: Told; errors?: object };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  return { id: 'local', key, call } as unknown as TestAccount;
}
