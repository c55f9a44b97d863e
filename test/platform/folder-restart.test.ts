import { hash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { encodeSegment, pathOf } from '../../src/platform/objects/folder/layout.ts';
import { createGrantUrls } from '../../src/platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../src/platform/objects/folder.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

const KEY = 'objects/dom-1/abcdef';
const BYTES = Buffer.from('what was uploaded');
const SHA256 = hash('sha256', BYTES, 'hex');
const urls = createGrantUrls('http://127.0.0.1:1/objects', randomBytes(32));

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'varve-folder-'));
});
afterEach(() => rm(path, { recursive: true }));

const open = (): Promise<FolderObjects> => openFolderObjects({ path, urls, clock: systemClock });
const stage = (objects: FolderObjects, key = KEY, bytes: Buffer = BYTES) =>
  objects.stage(key, bytes, { sha256: hash('sha256', bytes, 'hex'), when: 'absent' });
const incoming = () => readdir(join(path, 'incoming'));

describe('a folder that is opened again', () => {
  it('has what came in, and lets it be persisted', async () => {
    await stage(await open());
    const again = await open();
    expect(await again.head(KEY)).toEqual({ sizeBytes: BYTES.length, sha256: SHA256 });
    await again.persist([KEY]);
    expect(await incoming()).toEqual([]);
    expect(await readFile(pathOf(join(path, 'objects'), KEY))).toEqual(BYTES);
    expect(await (await open()).head(KEY)).toEqual({ sizeBytes: BYTES.length, sha256: SHA256 });
  });

  it.each([
    ['cut off', BYTES.subarray(3)],
    ['empty, as after a power cut', Buffer.alloc(0)],
    ['other bytes of the same length', Buffer.alloc(BYTES.length)],
  ])('forgets an upload whose file is %s', async (_, bytes) => {
    await stage(await open());
    const [name = ''] = await incoming();
    await writeFile(join(path, 'incoming', name), bytes);
    const again = await open();
    expect([await again.head(KEY), await again.get(KEY)]).toEqual([undefined, undefined]);
    await again.persist([KEY]);
    expect(await incoming()).toEqual([]);
    expect(await again.get(KEY)).toBeUndefined();
    expect(await stage(again)).toBe('STORED');
  });

  it('deletes what an upload that was cut off has left, and touches nothing that it does not know', async () => {
    await open();
    await writeFile(join(path, 'incoming', '7.part'), 'half');
    await writeFile(join(path, 'incoming', 'notes.txt'), 'of somebody');
    await open();
    expect(await incoming()).toEqual(['notes.txt']);
  });
});

describe('what is made durable', () => {
  const keys = Array.from({ length: 20 }, (_, at) => `objects/dom-1/${String(at).padStart(2, '0')}-removed`);

  it('may be removed meanwhile: then there is nothing', async () => {
    const objects = await open();
    for (const key of keys) await stage(objects, key);
    await Promise.all([objects.persist(keys), objects.persist(keys), objects.remove(keys)]);
    expect(await incoming()).toEqual([]);
    expect((await objects.list('', { limit: 100 })).keys).toEqual([]);
  });

  it('may be put again meanwhile: then that is there', async () => {
    const objects = await open();
    for (const key of keys) await stage(objects, key);
    await Promise.all([objects.persist(keys), ...keys.map((key) => objects.put(key, BYTES))]);
    expect(await incoming()).toEqual([]);
    expect(await Promise.all(keys.map((key) => objects.get(key)))).toEqual(keys.map(() => BYTES));
  });
});

describe('uploads', () => {
  it('of one key at the same time: one is stored, and the others change nothing', async () => {
    const objects = await open();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => stage(objects)));
    expect(outcomes.filter((outcome) => outcome === 'STORED')).toHaveLength(1);
    expect(outcomes.every((outcome) => outcome === 'STORED' || outcome === 'UNDER_WAY')).toBe(true);
  });

  it('never replace what is there, persisted or not', async () => {
    const objects = await open();
    await stage(objects);
    const other = Buffer.from('something else');
    expect(await stage(objects, KEY, other)).toBe('OTHERWISE');
    await objects.persist([KEY]);
    expect(await stage(objects, KEY, other)).toBe('OTHERWISE');
    expect(await objects.get(KEY)).toEqual(BYTES);
  });

  it('never replace what the service puts at the same time', async () => {
    const objects = await open();
    const page = Buffer.from('a page');
    const large = Buffer.alloc(16 * 1024 * 1024); // takes its time
    const keys = Array.from({ length: 10 }, (_, at) => `objects/dom-1/${at}`);
    for (const key of keys) await Promise.all([objects.put(key, page), stage(objects, key, large)]);
    for (const key of keys) expect(await objects.head(key)).toMatchObject({ sizeBytes: page.length });
  });

  it('replace exactly the bytes that their condition names', async () => {
    const objects = await open();
    await objects.put(KEY, Buffer.from('rotten'));
    const { etag = '' } = (await objects.read(KEY)) ?? {};
    const upload = { sha256: SHA256, when: { etag } };
    expect(await objects.stage('objects/dom-1/none', BYTES, upload)).toBe('MISSING');
    expect(await objects.stage(KEY, BYTES, upload)).toBe('STORED');
    expect(await objects.stage(KEY, BYTES, upload)).toBe('OTHERWISE');
    await objects.persist([KEY]);
    expect(await objects.get(KEY)).toEqual(BYTES);
  });
});

describe('persist', () => {
  it('of the same uploads by many at once moves each, once', async () => {
    const objects = await open();
    const keys = Array.from({ length: 40 }, (_, at) => `objects/dom-1/${at}`);
    await Promise.all(keys.map((key) => stage(objects, key, Buffer.from(key))));
    await Promise.all(Array.from({ length: 6 }, (_, at) => objects.persist(keys.slice(at * 5))));
    expect(await incoming()).toHaveLength(0);
    for (const key of keys) expect((await objects.get(key))?.toString()).toBe(key);
  });

  describe('hides an upload at no moment', () => {
    const keys = Array.from({ length: 100 }, (_, at) => `objects/dom-1/${100 + at}`);
    const other = Buffer.from('something else');

    /** Looks at all uploads again and again, from before they are persisted until they are. */
    const meanwhile = async (look: (objects: FolderObjects, key: string) => Promise<void>) => {
      const objects = await open();
      await Promise.all(keys.map((key) => stage(objects, key)));
      let isDone = false;
      const looking = keys.map(async (key) => {
        while (!isDone) await look(objects, key);
      });
      const done = objects.persist(keys).finally(() => (isDone = true));
      await Promise.all([done, ...looking]);
    };

    it('from who reads it', () =>
      meanwhile(async (objects, key) => {
        expect(await objects.get(key)).toEqual(BYTES);
      }));

    it('from an upload that must not replace it', () =>
      meanwhile(async (objects, key) => {
        expect(await stage(objects, key, other)).toBe('OTHERWISE');
      }));

    it('from a listing', () =>
      meanwhile(async (objects, key) => {
        const { keys: found } = await objects.list(key, { limit: 1 });
        expect(found).toMatchObject([{ key, sizeBytes: BYTES.length }]);
      }));
  });

  it('fails for what cannot be moved, and for nothing else', async () => {
    const objects = await open();
    const [good, bad] = ['objects/dom-1/good', 'objects/dom-1/bad'];
    await stage(objects, good);
    await stage(objects, bad);
    await mkdir(pathOf(join(path, 'objects'), bad), { recursive: true }); // in the way of the file
    const [first, second] = await Promise.allSettled([objects.persist([good]), objects.persist([bad])]);
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'rejected']);
    expect(await objects.get(good)).toEqual(BYTES);
    expect(await incoming()).toEqual([]);
  });
});

describe('a key and its path', () => {
  const key = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 4 });

  it('no two keys share one, and none leads out of the folder', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        const [left, right] = [a, b].map((segments) => segments.join('/'));
        const [at, other] = [pathOf('/data', left ?? ''), pathOf('/data', right ?? '')];
        expect(at === other).toBe(left === right);
        expect(at.startsWith('/data/')).toBe(true);
      }),
      { ...FUZZ_SEED },
    );
  });

  it.each(['', '.', '..', '...', '.hidden', 'a/b', 'a\0b', '%', '='])(
    '%j is a name that a file can have',
    (segment) => {
      const name = encodeSegment(segment);
      expect(name).not.toMatch(/[/\0]|^\.{0,2}$|^=/);
    },
  );
});
