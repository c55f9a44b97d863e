import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acceptsConnections, claimPort, freePort, LOOPBACK } from '../local/ports.ts';
import { systemClock } from '../platform/clock.ts';
import { writeDurably } from '../platform/durable-file.ts';
import { LOCAL_AWS_ACCOUNT, LOCAL_AWS_REGION } from './aws-names.ts';
import { type LocalEnvironment, withoutOwnCloud } from './environment.ts';
import { type OfflineFolder, openOfflineFolder } from './folder.ts';
import { guardFunctions } from './function-guard.ts';
import { limitHttpServers } from './limit-http-servers.ts';
import { type Engines, startEngines } from './start-engines.ts';
import { readTemplate } from './template.ts';
import { watchFunctions } from './watch.ts';

export interface OfflineOptions {
  /** The checked-out project. */
  readonly root: string;
  readonly dataDir: string;
  /** The name of a DynamoDB engine; empty for what the platform has. */
  readonly database: string;
  /** Where the API is to listen. */
  readonly httpPort: number;
  /** Where the functions are called; left out, any free port. */
  readonly lambdaPort: number | undefined;
  readonly tell: (line: string) => void;
}

/** What serverless-offline and its event source need to know. */
export interface Offline {
  /** The functions' own configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where `dist/` with the handlers is. */
  readonly codeDir: string;
  readonly lambdaPort: number;
  readonly sqs: Readonly<Record<string, string | true>>;
}

/**
 * Starts the engines and builds the functions, all for this process: everything ends with it. The
 * rest is serverless-offline's. Throws `StartError`.
 */
export async function goOffline(options: OfflineOptions): Promise<Offline> {
  const { root, dataDir, httpPort, tell } = options;
  process.umask(0o077); // of the engines, too
  const folder = openOfflineFolder(resolve(root, dataDir));
  await claimPort(httpPort, 0);
  const lambdaPort = options.lambdaPort ?? (await freePort(httpPort));
  const template = readTemplate(root);
  const engines = startEngines({
    root,
    folder,
    template,
    database: options.database,
    otherPorts: [httpPort, lambdaPort],
  });
  const onRebuild = (errors: readonly string[]) => {
    for (const error of errors) tell(error);
    tell(errors.length === 0 ? 'The functions are built again.' : 'The last build stays.');
  };
  const [{ environment, warnings, failed }] = await Promise.all([
    engines,
    watchFunctions({ root, codeDir: folder.code, onRebuild }),
  ]);
  const secret = randomBytes(32).toString('hex');
  guardFunctions({ port: lambdaPort, secret });
  limitHttpServers();
  takeOver(process.env, environment);
  process.setSourceMapsEnabled(true);
  endWith(failed, folder, tell);
  const functions = `http://${LOOPBACK}:${lambdaPort}/2015-03-31/functions/${template.functionPrefix}`;
  void announce({ folder, environment, functions, httpPort, secret, warnings, tell });
  return { environment, codeDir: folder.code, lambdaPort, sqs: eventSource(environment) };
}

/** The functions run in this process, with its environment. */
function takeOver(own: NodeJS.ProcessEnv, environment: LocalEnvironment): void {
  const kept = withoutOwnCloud(own);
  for (const name of Object.keys(own)) if (!(name in kept)) delete own[name];
  Object.assign(own, environment);
}

function eventSource(environment: LocalEnvironment): Offline['sqs'] {
  return {
    endpoint: environment.AWS_ENDPOINT_URL_SQS,
    region: LOCAL_AWS_REGION,
    accountId: LOCAL_AWS_ACCOUNT,
    accessKeyId: environment.AWS_ACCESS_KEY_ID,
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    // Without it, each message is worked on in a thread of its own.
    useInProcess: true,
  };
}

function endWith(failed: Engines['failed'], folder: OfflineFolder, tell: (line: string) => void): void {
  process.once('exit', () => {
    for (const file of [folder.endpoint, folder.operatorKey, folder.environment]) rmSync(file, { force: true });
  });
  void failed.then(({ name, how }) => {
    tell(`${name} ended by itself (${how}), so all ends. Its log: ${folder.logs}/${name}.log`);
    process.exit(1);
  });
}

interface Ready {
  readonly folder: OfflineFolder;
  readonly environment: LocalEnvironment;
  readonly functions: string;
  readonly httpPort: number;
  readonly secret: string;
  readonly warnings: readonly string[];
  readonly tell: (line: string) => void;
}

/** As soon as the API answers. The files are what `varve --data` looks for. */
async function announce({ folder, environment, functions, httpPort, secret, warnings, tell }: Ready): Promise<void> {
  while (!(await answers(httpPort))) await sleep(100);
  const url = `http://${LOOPBACK}:${httpPort}/graphql`;
  const startedAt = new Date(systemClock.now()).toISOString();
  const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'`);
  writeDurably(folder.environment, `${lines.join('\n')}\n`);
  writeDurably(folder.operatorKey, `${secret}\n`);
  writeDurably(folder.endpoint, `${JSON.stringify({ url, functions, pid: process.pid, startedAt })}\n`);
  const key = readFileSync(folder.adminKey, 'utf8').trim();
  tell(
    [
      'The functions answer, on emulators of DynamoDB, S3 and SQS.',
      '',
      `  export VARVE_ENDPOINT=${url}`,
      `  export VARVE_API_KEY=${key}`,
      `  export VARVE_KEY_FILE=${folder.keys}`,
      '',
      `A change of a source is answered a moment later. What runs with it: ${folder.environment}`,
      `This is no place for data: nothing is flushed, and ${folder.path} may be deleted. varve server is one.`,
      ...warnings,
    ].join('\n'),
  );
}

/** Asks the API something small, which also loads its code before the first caller comes. */
async function answers(port: number): Promise<boolean> {
  if (!(await acceptsConnections(port))) return false;
  try {
    const answer = await fetch(`http://${LOOPBACK}:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    await answer.arrayBuffer();
    return answer.status < 500;
  } catch {
    return false;
  }
}
