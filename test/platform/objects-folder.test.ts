import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { serveObject } from '../../src/platform/objects/folder/serve.ts';
import { createGrantUrls, signedBy } from '../../src/platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../src/platform/objects/folder.ts';
import { fetchSigned } from '../support/http.ts';
import { objectsSuite } from './objects-suite.ts';

const secret = randomBytes(32);
const path = await mkdtemp(join(tmpdir(), 'varve-objects-'));
let objects: FolderObjects;
const server: Server = createServer((request, response) => {
  serveObject({ objects, urls, clock: { now: () => Date.now() } }, request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const urls = createGrantUrls(`http://127.0.0.1:${(server.address() as AddressInfo).port}/objects`, secret);
objects = await openFolderObjects({ path, urls, clock: { now: () => Date.now() } });

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(path, { recursive: true });
});

objectsSuite({ create: (clock) => ({ objects: { ...objects, ...signedBy(urls, clock) }, request: fetchSigned }) });
