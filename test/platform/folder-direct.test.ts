import { hash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { NONCE_BYTES, objectPath, stagedPaths } from '../../src/platform/objects/folder/direct.ts';
import { createGrantUrls } from '../../src/platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../src/platform/objects/folder.ts';

const KEY = 'objects/dom-1/abcdef';
const BYTES = Buffer.from('what a client has staged');
const SHA256 = hash('sha256', BYTES, 'hex');
const HEAD = { sizeBytes: BYTES.length, sha256: SHA256 };
const urls = createGrantUrls('http://127.0.0.1:1/objects', randomBytes(32));

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'varve-direct-'));
});
afterEach(() => rm(path, { recursive: true }));

const open = (): Promise<FolderObjects> => openFolderObjects({ path, urls, clock: systemClock });
const incoming = () => readdir(join(path, 'incoming'));
const place = () => objectPath(path, KEY);

/** As a client does it, beside the server. */
async function stageBeside(bytes = BYTES, sha256 = SHA256): Promise<void> {
  const paths = stagedPaths(path, { key: KEY, sha256 }, randomBytes(NONCE_BYTES).toString('hex'));
  await writeFile(paths.part, bytes, { flag: 'wx' });
  await rename(paths.part, paths.path);
}

describe('what a client stages in the folder', () => {
  it('is seen by a HEAD and a list, and becomes durable like any upload', async () => {
    const objects = await open();
    await stageBeside();
    expect(await objects.head(KEY)).toEqual(HEAD);
    expect(await objects.get(KEY)).toEqual(BYTES);
    expect((await objects.list('objects/', { limit: 10 })).keys.map(({ key }) => key)).toEqual([KEY]);
    await objects.persist([KEY]);
    expect(await incoming()).toEqual([]);
    expect(await readFile(place())).toEqual(BYTES);
    expect(await objects.head(KEY)).toEqual(HEAD);
  });

  it('is seen by a read alone, as when it takes the place of one that was lost', async () => {
    const objects = await open();
    expect(await objects.get(KEY)).toBeUndefined();
    await stageBeside();
    expect(await objects.get(KEY)).toEqual(BYTES);
    await objects.remove([KEY]);
    await stageBeside();
    expect((await objects.read(KEY))?.bytes).toEqual(BYTES);
  });

  it('is found by a list alone, so that an upload that nobody commits is swept', async () => {
    const objects = await open();
    await stageBeside();
    expect((await objects.list('objects/', { limit: 10 })).keys).toHaveLength(1);
    await objects.remove([KEY]);
    expect(await incoming()).toEqual([]);
  });

  it('takes the place of no object, and of nothing that was staged before', async () => {
    const objects = await open();
    const other = Buffer.from('what lies there');
    await objects.put(KEY, other);
    await stageBeside();
    await objects.list('objects/', { limit: 10 });
    expect(await incoming()).toEqual([]);
    expect(await objects.get(KEY)).toEqual(other);

    await objects.remove([KEY]);
    await objects.stage(KEY, other, { sha256: hash('sha256', other, 'hex'), when: 'absent' });
    await stageBeside();
    await objects.list('objects/', { limit: 10 });
    expect(await incoming()).toHaveLength(1);
    await objects.persist([KEY]);
    expect(await readFile(place())).toEqual(other);
  });

  it('is taken once if two clients stage the same', async () => {
    const objects = await open();
    await Promise.all([stageBeside(), stageBeside()]);
    expect(await Promise.all([objects.head(KEY), objects.head(KEY)])).toEqual([HEAD, HEAD]);
    expect(await incoming()).toHaveLength(1);
  });

  it('before a start is read before it counts: a power cut may have left other bytes', async () => {
    await open();
    await stageBeside(Buffer.alloc(BYTES.length));
    expect(await (await open()).head(KEY)).toBeUndefined();
    expect(await incoming()).toEqual([]);
    await stageBeside();
    expect(await (await open()).head(KEY)).toEqual(HEAD);
  });

  it('in part stays while it may be written, also across a start, and then goes', async () => {
    await open();
    const { part } = stagedPaths(path, { key: KEY, sha256: SHA256 }, 'ab'.repeat(NONCE_BYTES));
    await writeFile(part, 'half');
    const again = await open();
    await again.head(KEY);
    expect(await incoming()).toHaveLength(1);
    const longAgo = Date.now() / 1000 - 3_601;
    await utimes(part, longAgo, longAgo);
    await again.head(KEY);
    expect(await incoming()).toEqual([]);
  });

  it('can vanish at any moment', async () => {
    const objects = await open();
    const stop = new AbortController();
    const vanishing = (async () => {
      while (!stop.signal.aborted) {
        await stageBeside().catch(() => undefined);
        for (const name of await incoming()) await rm(join(path, 'incoming', name), { force: true });
      }
    })();
    for (let i = 0; i < 50; i++) {
      const head = await objects.head(KEY);
      expect([undefined, HEAD]).toContainEqual(head);
      await objects.persist([KEY]);
      await objects.remove([KEY]);
    }
    stop.abort();
    await vanishing;
  });
});
