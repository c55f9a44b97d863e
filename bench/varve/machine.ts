import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../src/client/service/graphql.ts';
import { freePort } from '../../src/local/ports.ts';
import type { Ending } from '../ending.ts';
import type { Run } from '../process/program.ts';
import { type ServerProcess, startServer } from '../process/server.ts';
import { type Api, openApi } from './api.ts';
import { ROOT } from './build-cli.ts';
import { type Cli, createCli } from './cli.ts';

/** `varve server` on a folder, as its users start it, and the ways to it. */
export interface Machine {
  readonly dataDir: string;
  readonly endpoint: Endpoint;
  readonly cli: Cli;
  readonly api: Api;
  readonly process: ServerProcess;
  stop(): Promise<void>;
}

export interface MachineOptions {
  /** Its data, which stay. */
  readonly dataDir: string;
  readonly run: Run;
  readonly ending: Ending;
  /** For the server alone. */
  readonly environment?: Readonly<Record<string, string>>;
}

const LAUNCHER = join(ROOT, 'src/cli/varve.mjs');

/**
 * It runs with the options of its first line, and has started when a call of the API has been
 * answered.
 */
export async function startMachine({ dataDir, run, ending, environment = {} }: MachineOptions): Promise<Machine> {
  const port = await freePort();
  let endpoint: Endpoint | undefined;
  let api: Api | undefined;
  const server = await startServer({
    command: process.execPath,
    args: ['--max-semi-space-size=1', LAUNCHER, 'server', '--json', '--data', dataDir, '--port', `${port}`],
    env: environment,
    ending,
    ready: async (stdout) => {
      if (!stdout.endsWith('\n')) return false;
      const { url, adminKeyFile } = JSON.parse(stdout) as Told;
      endpoint = { url, apiKey: readFileSync(adminKeyFile, 'utf8').trim() };
      api = openApi(endpoint, ending.signal);
      await api.accountId();
      return true;
    },
  });
  return {
    dataDir,
    endpoint: endpoint as Endpoint,
    cli: createCli({ root: ROOT, dataDir, run, environment: {} }),
    api: api as Api,
    process: server,
    stop: async () => {
      api?.close();
      await server.stop();
    },
  };
}

interface Told {
  readonly url: string;
  readonly adminKeyFile: string;
}
