import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Look, settled, shoot, startBrowser, visit } from './browser.ts';
import { startConsoleServer } from './console-server.ts';
import { createConsoleWorld } from './console-world.ts';

/**
 * Makes the pictures of the console in docs/pictures, of an installation that was used for nine
 * days: `npm run docs:console-pictures`. Ids and dates differ from run to run.
 */
const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/pictures');

const dist = await mkdtemp(join(tmpdir(), 'varve-console-pictures-'));
await promisify(execFile)(process.execPath, [join(ROOT, 'src/console/build.mjs'), dist]);
const world = await createConsoleWorld();
const server = await startConsoleServer({ handle: world.api.invoke, dist });
const browser = await startBrowser();

const disk = world.disks['shop-orders'] ?? '';
const PICTURES: readonly { readonly name: string; readonly path: string; readonly look: Look }[] = [
  { name: 'console-overview', path: '/r/here', look: { theme: 'light' } },
  { name: 'console-time-line', path: `/r/here/disks/${disk}/time-line`, look: { theme: 'light' } },
  { name: 'console-chain', path: `/r/here/chains/${disk}`, look: { theme: 'dark' } },
];
try {
  for (const { name, path, look } of PICTURES) {
    await using visited = await visit(browser, server.linkFor(world.account.key, path), look);
    await settled(visited.page);
    await shoot(visited.page, FOLDER, name);
    process.stdout.write(`docs/pictures/${name}.png\n`);
  }
} finally {
  await browser.close();
  await server[Symbol.asyncDispose]();
  await world.api.close();
  await rm(dist, { recursive: true });
}
