import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { startChild } from '../../src/local/emulator/child.ts';
import { freePort } from '../../src/local/ports.ts';
import { nodeChild } from '../../src/offline/node-child.ts';
import { ROOT } from './build-cli.ts';

/** The functions on emulated services of AWS, as `npm run offline` runs them. */
export interface EmulatedCloud {
  readonly url: string;
  readonly adminKey: string;
  /** Where the object store keeps its files. */
  readonly objects: string;
  /** What the functions run with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;
const SERVERLESS = join(ROOT, 'node_modules/serverless/bin/serverless.js');

/** `environment` is for it and for all that it starts. */
export async function startEmulatedCloud(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<EmulatedCloud> {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const args = [SERVERLESS, 'offline', 'start', '--noSponsor', '--httpPort', `${await freePort()}`];
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('VARVE_'));
  const child = startChild(
    nodeChild({
      name: 'api',
      cwd: ROOT,
      logs,
      args,
      environment: {
        ...(Object.fromEntries(settings) as Record<string, string>),
        ...environment,
        VARVE_OFFLINE_DATA: dataDir,
        SLS_LOG_LEVEL: 'warning', // else a line for each request
      },
    }),
  );
  const endpoint = join(dataDir, 'endpoint.json');
  await child.readyWhen(async () => existsSync(endpoint));
  return {
    url: (JSON.parse(readFileSync(endpoint, 'utf8')) as { url: string }).url,
    adminKey: readFileSync(join(dataDir, 'admin.key'), 'utf8').trim(),
    objects: join(dataDir, 'objects'),
    environment: parseEnv(readFileSync(join(dataDir, 'environment.env'), 'utf8')) as Record<string, string>,
    ended: child.ended,
    stop: () => child.stop(GRACE_MS),
  };
}
