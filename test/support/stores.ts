import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createDynamoCatalogue } from '../../src/platform/catalogue/dynamo.ts';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { openSqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createFolderFiles, type FolderFiles } from '../../src/platform/files/folder.ts';
import type { FileStore } from '../../src/platform/files/port.ts';
import { createS3Files } from '../../src/platform/files/s3.ts';
import { serveObject } from '../../src/platform/objects/folder/serve.ts';
import { createGrantUrls, type GrantUrls, signedBy } from '../../src/platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../src/platform/objects/folder.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import { createS3Client, createTestBucket, createTestTable } from './engines.ts';

/** An empty catalogue and a store of objects, which nobody else uses. */
export interface TestStores {
  readonly catalogue: Catalogue;
  readonly objects: ObjectStore;
  readonly files: FileStore;
  /** Where the objects are: `createTestStores(bucket)` has them beside an empty catalogue. */
  readonly bucket: string;
  close(): Promise<void>;
}

/**
 * Those of one machine, or with VARVE_TEST_STORES=cloud those of the cloud on local engines. Signed
 * URLs are checked against the real time, so the stores keep to it.
 */
export function createTestStores(bucket?: string): Promise<TestStores> {
  return process.env.VARVE_TEST_STORES === 'cloud' ? cloudStores(bucket) : embeddedStores(bucket);
}

async function cloudStores(known: string | undefined): Promise<TestStores> {
  const { client, tableName } = await createTestTable();
  const s3 = await createS3Client();
  const bucket = known ?? (await createTestBucket());
  const objects = createS3Objects({ client: s3, bucket, clock: systemClock, random: Math.random });
  return {
    catalogue: createDynamoCatalogue({ client, tableName, random: Math.random }),
    objects,
    files: createS3Files({ client: s3, bucket, signGet: objects.signGet, random: Math.random }),
    bucket,
    close: async () => {
      client.destroy();
      s3.destroy();
    },
  };
}

/** Of this test file. Others of it may go on with objects of stores that are closed. */
const folders = new Set<string>();
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function embeddedStores(known: string | undefined): Promise<TestStores> {
  const folder = await mkdtemp(join(tmpdir(), 'varve-stores-'));
  folders.add(folder);
  const bucket = known ?? join(folder, 'objects');
  await mkdir(bucket, { recursive: true });
  const catalogue = await openSqliteCatalogue(join(folder, 'catalogue.sqlite'));
  const { objects, files, close } = await serveObjects(bucket);
  return {
    catalogue,
    objects,
    files,
    bucket,
    close: async () => {
      await close();
      await catalogue.close();
    },
  };
}

export interface ServedObjects {
  readonly objects: FolderObjects;
  readonly files: FolderFiles;
  readonly urls: GrantUrls;
  close(): Promise<void>;
}

/** A folder of objects behind a port of its own, as their process serves them. */
export async function serveObjects(path: string): Promise<ServedObjects> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const urls = createGrantUrls(`http://127.0.0.1:${port}/objects`, randomBytes(32));
  const objects = await openFolderObjects({ path, urls, clock: systemClock });
  const { signGet } = signedBy(urls, systemClock);
  const files = createFolderFiles({ path, signGet, hasRoom: () => true });
  server.on('request', (request, response) => {
    serveObject({ objects, files, urls, clock: systemClock, hasRoom: () => true }, request, response).catch(() =>
      response.destroy(),
    );
  });
  return {
    objects,
    files,
    urls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
