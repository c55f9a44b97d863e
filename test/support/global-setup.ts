import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { LOOPBACK } from '../../src/local/ports.ts';
import type { EnginePlaces, RunningEngines } from './engine-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers what the whole run shares: see `Shared`. */
    readonly sharedUrl: string;
  }
}

/** What the whole run shares, by its path below `sharedUrl`. Made when a test first asks for it. */
export interface Shared {
  readonly engines: EnginePlaces;
  /** dist/cli is built of the sources under test. */
  readonly cli: 'built';
}

/**
 * Most files need no engines and no CLI, and a run of one such file does not wait for them: each is
 * made when a test first asks.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let engines: Promise<RunningEngines> | undefined;
  let cli: Promise<'built'> | undefined;
  const made: { readonly [Name in keyof Shared]: () => Promise<Shared[Name]> } = {
    engines: async () => {
      engines ??= import('./engine-servers.ts').then(({ startEngines }) => startEngines());
      return (await engines).places;
    },
    cli: () => {
      cli ??= buildCli();
      return cli;
    },
  };
  const server = createServer(({ url }, response) => {
    made[url?.slice(1) as keyof Shared]().then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  project.provide('sharedUrl', `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`);

  return async () => {
    server.closeAllConnections();
    server.close();
    await (await engines)?.stop();
  };
}

async function buildCli(): Promise<'built'> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../src/cli/build.mjs')]);
  return 'built';
}
