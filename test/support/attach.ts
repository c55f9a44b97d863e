import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AttachEvent } from '../../src/attach/events.ts';
import type { AttachLimits } from '../../src/attach/limits.ts';
import { type Attachment, openAttached } from '../../src/attach/open/open.ts';
import type { AttachOptions } from '../../src/attach/open/opening.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { Device } from '../../src/nbd/device.ts';
import { createLog } from '../../src/platform/log.ts';
import { createTestApi, type TestAccount, type TestApi, type TestApiOptions } from './api.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import type { HttpServer } from './http.ts';
import { openFilesBelow } from './open-files.ts';

export const never = new AbortController().signal;

/** Small bounds, so that a few megabytes meet them. */
export const SMALL: Partial<AttachLimits> = {
  memoryBlocks: 44,
  heldBlocks: 8,
  uploads: 4,
  fetches: 8,
  readAheadBlocks: 4,
  leafMaps: 2,
  generationBytes: 2 * 1024 * 1024,
  writeBackMs: 200,
};

export interface Attached extends Attachment {
  readonly events: AttachEvent[];
  /** Lines of the log. */
  readonly log: string[];
  /** Ends it as a kill would: nothing is flushed, the lease stays, the journal is left. */
  kill(): Promise<void>;
}

/**
 * Attachments of an API over real engines, reached through a proxy that makes trouble when told to.
 */
export interface AttachHarness {
  readonly api: TestApi;
  readonly account: TestAccount;
  readonly server: HttpServer;
  readonly proxy: FaultyProxy;
  readonly folder: string;
  createDisk(sizeBytes?: number, also?: object): Promise<string>;
  attach(id: string, options?: Partial<AttachOptions>): Promise<Attached>;
  close(): Promise<void>;
}

const CREATE = 'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id } } }';

export async function createAttachHarness(options: TestApiOptions = {}): Promise<AttachHarness> {
  const api = await createTestApi(options);
  const account = await api.createAccount();
  const server = await api.startHttp();
  const proxy = await startFaultyProxy(server.url);
  const folder = await mkdtemp(join(tmpdir(), 'varve-attach-'));
  const open = new Set<() => Promise<void>>();
  return {
    api,
    account,
    server,
    proxy,
    folder,
    createDisk: async (sizeBytes = 8 * BLOCK_BYTES, also = {}) => {
      const input = { sizeBytes, ...also };
      return (await account.call(CREATE, { input })).createDisk.disk.id;
    },
    attach: async (id, options = {}) => {
      const killed = new AbortController();
      const events: AttachEvent[] = [];
      const log: string[] = [];
      const attachment = await openAttached({
        id,
        endpoint: { url: `${proxy.url}/graphql`, apiKey: account.key },
        keyFile: api.keyFile,
        readOnly: false,
        durability: 'remote',
        holder: 'test-host',
        steal: false,
        stateFolder: join(folder, 'state'),
        versionsFolder: join(folder, 'versions'),
        cacheFolder: join(folder, 'cache'),
        limits: SMALL,
        onEvent: (event) => events.push(event),
        log: createLog({ level: 'debug', clock: api.clock, write: (line) => log.push(line) }),
        signal: killed.signal,
        ...options,
      });
      const end = async () => {
        open.delete(end);
        killed.abort(new Error('killed'));
        await attachment.device.close().catch(() => undefined);
      };
      open.add(end);
      const kill = async () => {
        await end();
        await disown(join(folder, 'state', id));
      };
      return { ...attachment, events, log, kill };
    },
    close: async () => {
      for (const end of open) await end();
      expect(await openFilesBelow(folder)).toEqual([]);
      await proxy.close();
      await server.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Journals of this very process look as if another one had written them, which is dead. */
async function disown(diskFolder: string): Promise<void> {
  for (const name of await readdir(diskFolder).catch(() => [])) {
    if (name.startsWith('journal-'))
      await writeFile(join(diskFolder, name, 'owner.json'), await asOfAnother(join(diskFolder, name, 'owner.json')));
  }
}

async function asOfAnother(path: string): Promise<string> {
  return JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), begun: 'before' });
}

export async function readAll(device: Device, offset: number, length: number): Promise<Buffer> {
  const { chunks, release } = await device.read(offset, length, never);
  const bytes = Buffer.concat(chunks);
  release();
  return bytes;
}

export async function createSnapshot(account: TestAccount, diskId: string): Promise<string> {
  const text = 'mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) { snapshot { id } } }';
  return (await account.call(text, { input: { diskId, clientToken: randomUUID() } })).createSnapshot.snapshot.id;
}
