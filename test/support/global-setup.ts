import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { LOOPBACK } from '../../src/local/ports.ts';
import type { RunningEngines } from './engine-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers where the engines of the run are (`EnginePlaces`). */
    readonly enginesUrl: string;
  }
}

/**
 * The engines of the whole run start when a test first asks for them: most files need none, and a
 * run of one such file does not wait for them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let engines: Promise<RunningEngines> | undefined;
  const start = async () => (await import('./engine-servers.ts')).startEngines();
  const desk = createServer((_, response) => {
    engines ??= start();
    engines.then(
      ({ places }) => response.end(JSON.stringify(places)),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  });
  desk.listen(0, LOOPBACK);
  await once(desk, 'listening');
  project.provide('enginesUrl', `http://${LOOPBACK}:${(desk.address() as AddressInfo).port}/`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await (await engines)?.stop();
  };
}
