import { join } from 'node:path';
import { setInterval } from 'node:timers';
import { startConsoleServer } from './console-server.ts';
import { createConsoleWorld } from './console-world.ts';

/**
 * The console with a used installation behind it, to look at while pages are written:
 *
 *     node src/console/build.mjs
 *     node --import ./test/support/without-vitest.mjs test/support/console-dev.ts [port]
 *
 * Prints addresses that sign in. What `build.mjs` makes anew is served at once.
 */
const world = await createConsoleWorld();
const server = await startConsoleServer({
  handle: world.api.invoke,
  dist: join(import.meta.dirname, '../../src/console/dist'),
  port: Number(process.argv[2] ?? 0),
});
const served = {
  origin: server.origin,
  admin: world.account.key,
  viewer: world.viewerKey,
  operator: world.operatorKey,
  newcomer: world.newcomer.key,
  disks: world.disks,
  instances: world.instances,
};
process.stdout.write(`${JSON.stringify(served)}\n`);
for (const key of [world.account.key, world.viewerKey, world.newcomer.key])
  process.stdout.write(`${server.linkFor(key)}\n`);
setInterval(() => void world.round(), 5_000);
