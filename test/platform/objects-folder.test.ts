import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { signedBy } from '../../src/platform/objects/folder/url.ts';
import { fetchSigned } from '../support/http.ts';
import { serveObjects } from '../support/stores.ts';
import { objectsSuite } from './objects-suite.ts';

const path = await mkdtemp(join(tmpdir(), 'varve-objects-'));
const { objects, urls, close } = await serveObjects(path);
afterAll(async () => {
  await close();
  await rm(path, { recursive: true });
});

objectsSuite({ create: (clock) => ({ objects: { ...objects, ...signedBy(urls, clock) }, request: fetchSigned }) });
