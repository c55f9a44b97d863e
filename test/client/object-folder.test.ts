import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchBlock } from '../../src/client/download/fetch-block.ts';
import { BRIEF, Patience } from '../../src/client/flow/patience.ts';
import { Slots } from '../../src/client/flow/slots.ts';
import type { MappedBlock } from '../../src/client/service/datapath.ts';
import type { Http, HttpRequest } from '../../src/client/service/http.ts';
import { fileOf, type ObjectFolder, stagingOf } from '../../src/client/service/object-folder.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import { WorkerPool } from '../../src/client/threads/worker-pool.ts';
import { BlockUploader, type BlockUploaderParts } from '../../src/client/upload/block-uploader.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { temporaryFolder } from '../local/running.ts';

const ORIGIN = 'http://127.0.0.1:4100';
const PLAIN = Buffer.alloc(BLOCK_BYTES, 'what lies in a block ');
const ID = blockIdOf(PLAIN);
const STORED = encodeObject(PLAIN, { id: ID });
const KEY = `objects/dom-1/${ID}`;
const URL_OF_IT = `${ORIGIN}/objects/${KEY}?until=1&signature=abc`;
const BLOCK = { index: 0, id: ID, url: URL_OF_IT } as MappedBlock;
const signal = new AbortController().signal;

let data: ReturnType<typeof temporaryFolder>;
let folder: ObjectFolder;
let slots: Slots;
let pool: WorkerPool;
/** What went over HTTP, to a store that has every object and takes all. */
let requests: string[];

beforeEach(() => {
  data = temporaryFolder();
  folder = { origin: ORIGIN, dataDir: data.path };
  mkdirSync(join(data.path, 'incoming'));
  slots = new Slots(2);
  pool = new WorkerPool({ memory: slots.memory });
  requests = [];
});
afterEach(async () => {
  await pool.close();
  data[Symbol.dispose]();
});

function transferIn(objectFolder: ObjectFolder) {
  const http: Http = {
    patience: new Patience(BRIEF),
    objectFolder,
    request: async ({ method, into }: HttpRequest) => {
      requests.push(method);
      into?.set(STORED);
      return { status: 200, headers: {}, body: into?.subarray(0, STORED.length) ?? Buffer.alloc(0) };
    },
    close: () => undefined,
  };
  return createObjectTransfer(http, signal);
}

function keep(bytes: Uint8Array): string {
  const path = fileOf(folder, { url: URL_OF_IT }) ?? '';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

describe('a client in the folder reads', () => {
  const fetch = async () => {
    const parts = { datapath: {} as never, transfer: transferIn(folder), slots, pool, source: 'd-1' };
    const storedBytes = await fetchBlock(parts, BLOCK, 0);
    await pool.run('decode', { slot: 0, id: ID, storedBytes, sealed: false });
    return Buffer.from(slots.view(0).subarray(0, BLOCK_BYTES));
  };

  it('an object from its file', async () => {
    keep(STORED);
    expect((await fetch()).equals(PLAIN)).toBe(true);
    expect(requests).toEqual([]);
  });

  it('one that is not in its place, or is none, by its URL', async () => {
    expect((await fetch()).equals(PLAIN)).toBe(true);
    keep(Buffer.alloc(2 * BLOCK_BYTES));
    expect((await fetch()).equals(PLAIN)).toBe(true);
    expect(requests).toEqual(['GET', 'GET']);
  });

  it.each([
    ['changed', Buffer.from(STORED).fill(7, STORED.length - 9)],
    ['cut off', STORED.subarray(0, 30)],
    ['empty', Buffer.alloc(0)],
  ])('no block whose file is %s', async (_, bytes) => {
    keep(bytes);
    await expect(fetch()).rejects.toMatchObject({ code: 'ObjectDamaged' });
  });
});

describe('a client in the folder stages', () => {
  const upload = (headers: readonly { name: string; value: string }[], objectFolder = folder) => {
    const parts = {
      datapath: { prepareUpload: async () => [{ id: ID, state: 'UPLOAD', url: URL_OF_IT, headers }] },
      transfer: transferIn(objectFolder),
      pool,
      target: 'd-1',
      memory: slots,
      signal,
    };
    slots.view(0).set(PLAIN);
    return new BlockUploader(parts as unknown as BlockUploaderParts).upload(ID, 0);
  };
  const staged = () => readdirSync(join(data.path, 'incoming'));
  const absent = [{ name: 'if-none-match', value: '*' }];

  it('an object under a name that says what it is', async () => {
    expect(await upload(absent)).toEqual({ sentBytes: STORED.length });
    expect(requests).toEqual([]);
    const [name = ''] = staged();
    expect(name).toMatch(new RegExp(`^x[0-9a-f]{16}-${hash('sha256', STORED, 'hex')}-objects%2Fdom-1%2F${ID}$`));
    expect(readFileSync(join(data.path, 'incoming', name)).equals(STORED)).toBe(true);
  });

  it('none that takes the place of another: that goes by its URL', async () => {
    await upload([{ name: 'if-match', value: '"abc"' }]);
    expect([requests, staged()]).toEqual([['PUT'], []]);
  });

  it('none where it cannot: that goes by its URL, and nothing is left', async () => {
    await upload(absent, { ...folder, dataDir: join(data.path, 'gone') });
    expect(requests).toEqual(['PUT']);
    expect(existsSync(join(data.path, 'gone'))).toBe(false);
  });
});

describe('URLs lead into the folder', () => {
  const place = (url: string) => [
    fileOf(folder, { url }),
    stagingOf(folder, { url, headers: { 'if-none-match': '*' } }, 'a'.repeat(64)),
  ];
  it.each([
    ['another port', `http://127.0.0.1:41001/objects/${KEY}`],
    ['another host', `http://127.0.0.1:4100.example/objects/${KEY}`],
    ['another path', `${ORIGIN}/other/${KEY}`],
    ['a key that no object has', `${ORIGIN}/objects/objects/..%2F..%2Fkeys.json%00`],
  ])('not with %s', (_, url) => {
    expect(place(url)).toEqual([undefined, undefined]);
  });

  it('and never out of it', () => {
    const url = `${ORIGIN}/objects/../../keys.json?until=1`;
    expect(fileOf(folder, { url })?.startsWith(`${join(data.path, 'objects')}/`)).toBe(true);
    const far = `${ORIGIN}/objects/..%2F..%2Fkeys.json`;
    expect(fileOf(folder, { url: far })?.startsWith(`${join(data.path, 'objects')}/`)).toBe(true);
  });
});
