import { hash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/platform/clock.ts';
import type { ObjectStore, PutCondition, PutGrant } from '../../src/platform/objects/port.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { createMemoryObjects, type SignedRequest } from '../support/memory-objects.ts';

export interface ObjectsUnderTest {
  readonly objects: ObjectStore;
  /** What a holder of a signed URL can do, without any credential. */
  readonly request: SignedRequest;
}

export interface SuiteOptions {
  /** The store's idea of now; signing goes by `clock`. */
  readonly create: (clock: Clock) => ObjectsUnderTest;
}

const contentOf = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, sha256: hash('sha256', bytes, 'hex') });
/** Of bytes that no test has. */
const OTHER_ETAG = '"00000000000000000000000000000000"';
const IF_ABSENT: PutGrant = { ttlSeconds: 60, when: 'absent' };
const noise = (length: number) => Buffer.alloc(length, 'noise ');

/** The promises of the object store's port. */
export function objectsSuite({ create }: SuiteOptions): void {
  const clock = { now: () => Date.now() };
  const { objects, request } = create(clock);
  const freshPrefix = () => `suite/${randomUUID()}/`;
  const freshKey = () => `${freshPrefix()}object`;

  describe('objects', () => {
    test.each([0, 1, 4096, 512 * 1024 + 36])('%i bytes come back as they were put', async (length) => {
      const key = freshKey();
      const bytes = noise(length);
      await objects.put(key, bytes);
      expect((await objects.get(key))?.equals(bytes)).toBe(true);
      expect(await objects.head(key)).toEqual(contentOf(bytes));
    });

    test('a key may hold characters that URLs and signatures treat in their own ways', async () => {
      const prefix = freshPrefix();
      const key = `${prefix}a b+c=ü~(1)!*%41;?#`;
      await objects.put(key, Buffer.from('odd'));
      expect((await objects.get(key))?.toString()).toBe('odd');
      expect((await objects.list(prefix, { limit: 2 })).keys.map((entry) => entry.key)).toEqual([key]);
      await objects.remove([key]);
      expect(await objects.head(key)).toBeUndefined();
    });

    test('what is put as new replaces nothing, and says so', async () => {
      const key = freshKey();
      expect(await objects.putNew(key, Buffer.from('first'))).toBe(true);
      expect(await objects.putNew(key, Buffer.from('second'))).toBe(false);
      expect((await objects.get(key))?.toString()).toBe('first');
      await objects.remove([key]);
      expect(await objects.putNew(key, Buffer.from('third'))).toBe(true);
      expect(await objects.head(key)).toEqual(contentOf(Buffer.from('third')));
    });

    test('of many that put the same key as new at the same time, one does', async () => {
      const key = freshKey();
      const texts = Array.from({ length: 4 }, (_, at) => `text ${at}`);
      const put = await Promise.allSettled(texts.map((text) => objects.putNew(key, Buffer.from(text))));
      const winners = texts.filter((_, at) => {
        const one = put[at];
        return one?.status === 'fulfilled' && one.value;
      });
      expect(winners).toEqual([(await objects.get(key))?.toString()]);
    });

    test('a second put is harmless and seen at once', async () => {
      const key = freshKey();
      await objects.put(key, Buffer.from('one'));
      await objects.put(key, Buffer.from('one'));
      expect((await objects.get(key))?.toString()).toBe('one');
      await objects.put(key, Buffer.from('other'));
      expect((await objects.get(key))?.toString()).toBe('other');
      expect(await objects.head(key)).toEqual(contentOf(Buffer.from('other')));
    });

    test('many calls at once do not mix', async () => {
      const prefix = freshPrefix();
      const keys = Array.from({ length: 40 }, (_, i) => `${prefix}${i}`);
      await Promise.all(keys.map((key) => objects.put(key, Buffer.from(key))));
      const found = await Promise.all(keys.map((key) => objects.get(key)));
      expect(found.map((bytes) => bytes?.toString())).toEqual(keys);
    });

    test('a missing key is undefined', async () => {
      expect(await objects.get(freshKey())).toBeUndefined();
      expect(await objects.head(freshKey())).toBeUndefined();
    });
  });

  describe('copy', () => {
    test('takes an object over under another key, as it is stored', async () => {
      const [from, to] = [freshKey(), freshKey()];
      const bytes = noise(4096);
      await objects.put(from, bytes);
      expect(await objects.copyFrom(objects, from, to)).toEqual(contentOf(bytes));
      expect((await objects.get(to))?.equals(bytes)).toBe(true);
      expect(await objects.head(to)).toEqual(contentOf(bytes));
      expect((await objects.get(from))?.equals(bytes)).toBe(true);
    });

    test('of many objects, some longer than any block, keeps each as it is', async () => {
      const pairs = Array.from({ length: 20 }, (_, at) => {
        return { from: freshKey(), to: freshKey(), bytes: noise(at % 5 === 0 ? 600_000 : 1000 + at) };
      });
      for (const { from, bytes } of pairs) await objects.put(from, bytes);
      await Promise.all(pairs.map(({ from, to }) => objects.copyFrom(objects, from, to)));
      await objects.persist(pairs.map(({ to }) => to));
      for (const { to, bytes } of pairs) expect((await objects.get(to))?.equals(bytes)).toBe(true);
    });

    test('from a store of another kind, and again, is the same', async () => {
      const other = createMemoryObjects(clock);
      const [from, to] = [freshKey(), freshKey()];
      const bytes = noise(4096);
      await other.put(from, bytes);
      for (const _ of ['first', 'again']) expect(await objects.copyFrom(other, from, to)).toEqual(contentOf(bytes));
      expect((await objects.get(to))?.equals(bytes)).toBe(true);
    });

    test('of a missing object is undefined, and leaves nothing', async () => {
      const to = freshKey();
      expect(await objects.copyFrom(objects, freshKey(), to)).toBeUndefined();
      expect(await objects.copyFrom(createMemoryObjects(clock), freshKey(), to)).toBeUndefined();
      expect(await objects.head(to)).toBeUndefined();
    });

    test('of bytes other than those that were stored is refused, and leaves nothing', async () => {
      const other = createMemoryObjects(clock);
      const [from, to] = [freshKey(), freshKey()];
      await other.put(from, noise(4096));
      const damaged = { ...other, read: async () => ({ bytes: noise(40), etag: '', ...contentOf(noise(4096)) }) };
      await expect(objects.copyFrom(damaged, from, to)).rejects.toMatchObject({ code: 'ObjectDamaged' });
      expect(await objects.head(to)).toBeUndefined();
    });
  });

  describe('remove', () => {
    test('takes the named keys and leaves the others', async () => {
      const prefix = freshPrefix();
      await Promise.all(['a', 'b', 'c'].map((name) => objects.put(prefix + name, Buffer.from(name))));
      await objects.remove([`${prefix}a`, `${prefix}c`, `${prefix}never`]);
      expect(await objects.get(`${prefix}a`)).toBeUndefined();
      expect(await objects.get(`${prefix}c`)).toBeUndefined();
      expect((await objects.get(`${prefix}b`))?.toString()).toBe('b');
    });

    test('of nothing and of missing keys succeeds', async () => {
      await objects.remove([]);
      await objects.remove([freshKey()]);
    });

    test('takes a thousand keys at a time', async () => {
      const prefix = freshPrefix();
      await objects.put(`${prefix}999`, Buffer.from('last'));
      await objects.remove(Array.from({ length: 1000 }, (_, i) => `${prefix}${i}`));
      expect(await objects.get(`${prefix}999`)).toBeUndefined();
    });
  });

  describe('list', () => {
    test('tells key, size and time', async () => {
      const prefix = freshPrefix();
      const before = Date.now();
      await objects.put(`${prefix}one`, noise(123));
      const { keys, more } = await objects.list(prefix, { limit: 10 });
      expect(more).toBe(false);
      expect(keys).toEqual([{ key: `${prefix}one`, sizeBytes: 123, modifiedAt: expect.any(Number) }]);
      // not another unit, nor another time zone
      expect(Math.abs((keys[0]?.modifiedAt ?? 0) - before)).toBeLessThan(60_000);
    });

    test('of a prefix without objects is empty', async () => {
      expect(await objects.list(freshPrefix(), { limit: 1000 })).toEqual({ keys: [], more: false });
    });

    test('in pages of any size gives all keys once, in order', async () => {
      const prefix = freshPrefix();
      // sorts just behind the prefix
      await objects.put(`${prefix.slice(0, -1)}0`, Buffer.from('a neighbour'));
      const names = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{1,4}$/), { minLength: 1, maxLength: 12 });
      const present = new Set<string>();
      await fc.assert(
        fc.asyncProperty(names, fc.integer({ min: 1, max: 20 }), async (added, limit) => {
          for (const name of added) present.add(name);
          await Promise.all(added.map((name) => objects.put(prefix + name, Buffer.from(name))));
          expect(await listAll(objects, prefix, limit)).toEqual([...present].sort().map((name) => prefix + name));
        }),
        { numRuns: 8, ...FUZZ_SEED },
      );
    });
  });

  describe('signed GET', () => {
    test('gives the bytes to whoever holds the URL', async () => {
      const key = freshKey();
      await objects.put(key, Buffer.from('for you'));
      const answer = await request('GET', await objects.signGet(key, 60));
      expect(answer.status).toBe(200);
      expect(answer.body.toString()).toBe('for you');
    });

    test('of a missing key gives 404', async () => {
      expect((await request('GET', await objects.signGet(freshKey(), 60))).status).toBe(404);
    });

    test('is for its own key alone', async () => {
      const prefix = freshPrefix();
      await Promise.all(['aa', 'bb'].map((name) => objects.put(prefix + name, Buffer.from(name))));
      const url = await objects.signGet(`${prefix}aa`, 60);
      expect((await request('GET', url.replace(/aa(?=\?)/, 'bb'))).status).toBe(403);
    });

    test('is not for PUT', async () => {
      const key = freshKey();
      const url = await objects.signGet(key, 60);
      expect((await request('PUT', url, { body: Buffer.from('no') })).status).toBe(403);
      expect(await objects.get(key)).toBeUndefined();
    });

    test('ends', async () => {
      const key = freshKey();
      let ahead = -120_000;
      const moved = create({ now: () => Date.now() + ahead });
      await moved.objects.put(key, Buffer.from('late'));
      const url = await moved.objects.signGet(key, 60);
      ahead = 0;
      expect((await moved.request('GET', url)).status).toBe(403);
    });
  });

  describe('signed PUT', () => {
    const bytes = Buffer.from('exactly these bytes');

    test('takes the bytes that were announced', async () => {
      const key = freshKey();
      const { url, headers } = await objects.signPut(key, contentOf(bytes), IF_ABSENT);
      expect((await request('PUT', url, { headers, body: bytes })).status).toBe(200);
      expect((await objects.get(key))?.equals(bytes)).toBe(true);
      expect(await objects.head(key)).toEqual(contentOf(bytes));
    });

    const other = Buffer.from('exactly those bytes');
    const checksum = { 'x-amz-checksum-sha256': hash('sha256', other, 'base64') };
    test.each<[string, Buffer, Record<string, string> | undefined]>([
      ['another length', Buffer.concat([bytes, bytes]), undefined],
      ['fewer bytes', bytes.subarray(1), undefined],
      ["another checksum's header", other, checksum],
      ['no checksum header', bytes, {}],
    ])('refuses %s', async (_, body, changed) => {
      const key = freshKey();
      const { url, headers } = await objects.signPut(key, contentOf(bytes), IF_ABSENT);
      const sent = changed
        ? { ...without(headers, 'x-amz-checksum-sha256'), ...changed }
        : without(headers, 'content-length');
      expect((await request('PUT', url, { headers: sent, body })).status).toBe(403);
      expect(await objects.get(key)).toBeUndefined();
    });

    test('refuses bytes that do not have the checksum', async () => {
      const key = freshKey();
      const { url, headers } = await objects.signPut(key, contentOf(bytes), IF_ABSENT);
      expect((await request('PUT', url, { headers, body: other })).status).toBe(400);
      expect(await objects.get(key)).toBeUndefined();
    });

    const putIf = async (key: string, when: PutCondition, body = bytes) => {
      const { url, headers } = await objects.signPut(key, contentOf(body), { ttlSeconds: 60, when });
      return (await request('PUT', url, { headers, body })).status;
    };
    const theirs = Buffer.from('what lies there already');
    const etagOf = async (key: string) => (await objects.read(key))?.etag ?? '';

    test('replaces nothing, unless it names the bytes that lie there', async () => {
      const key = freshKey();
      await objects.put(key, theirs);
      const etag = await etagOf(key);
      expect(await putIf(key, 'absent')).toBe(412);
      expect(await putIf(key, { etag: OTHER_ETAG })).toBe(412);
      expect((await objects.get(key))?.equals(theirs)).toBe(true);
      expect(await putIf(key, { etag })).toBe(200);
      expect((await objects.get(key))?.equals(bytes)).toBe(true);
      expect(await putIf(key, { etag }, theirs)).toBe(412);
      expect((await objects.get(key))?.equals(bytes)).toBe(true);
    });

    test('that names bytes is for nothing where there are none', async () => {
      const key = freshKey();
      expect(await putIf(key, { etag: OTHER_ETAG })).toBe(404);
      expect(await objects.get(key)).toBeUndefined();
    });

    test('may be used again, and then changes nothing', async () => {
      const key = freshKey();
      const { url, headers } = await objects.signPut(key, contentOf(bytes), IF_ABSENT);
      const statuses: number[] = [];
      for (let time = 0; time < 2; time++) statuses.push((await request('PUT', url, { headers, body: bytes })).status);
      expect(statuses).toEqual([200, 412]);
    });

    test('of many at once that may replace nothing, one is taken', async () => {
      const key = freshKey();
      const bodies = Array.from({ length: 8 }, (_, at) => Buffer.from(`upload number ${at}`));
      const statuses = await Promise.all(bodies.map((body) => putIf(key, 'absent', body)));
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 412 || status === 409)).toHaveLength(7);
      expect((await objects.get(key))?.equals(bodies[statuses.indexOf(200)] ?? bytes)).toBe(true);
    });

    test.each<PutCondition>(['absent', { etag: OTHER_ETAG }])(
      'is refused without the header of its condition, %o',
      async (when) => {
        const key = freshKey();
        const { url, headers } = await objects.signPut(key, contentOf(bytes), { ttlSeconds: 60, when });
        const sent = without(without(headers, 'if-none-match'), 'if-match');
        expect((await request('PUT', url, { headers: sent, body: bytes })).status).toBe(403);
        const other = { ...sent, ...(when === 'absent' ? { 'if-none-match': '"a"' } : { 'if-match': '*' }) };
        expect((await request('PUT', url, { headers: other, body: bytes })).status).toBe(403);
        expect(await objects.get(key)).toBeUndefined();
      },
    );

    test('bytes that were read are named by an etag that changes with them', async () => {
      const key = freshKey();
      expect(await objects.read(key)).toBeUndefined();
      await objects.put(key, bytes);
      const first = await objects.read(key);
      expect(first?.bytes.equals(bytes)).toBe(true);
      await objects.put(key, bytes);
      expect(await etagOf(key)).toBe(first?.etag);
      await objects.put(key, theirs);
      expect(await etagOf(key)).not.toBe(first?.etag);
    });

    test('is not for GET', async () => {
      const key = freshKey();
      await objects.put(key, bytes);
      const { url } = await objects.signPut(key, contentOf(bytes), IF_ABSENT);
      expect((await request('GET', url)).status).toBe(403);
    });
  });
}

async function listAll(objects: ObjectStore, prefix: string, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (let more = true; more; ) {
    const after = found.at(-1);
    const page = await objects.list(prefix, { limit, ...(after === undefined ? {} : { after }) });
    expect(page.keys.length).toBeLessThanOrEqual(limit);
    found.push(...page.keys.map((entry) => entry.key));
    more = page.more;
  }
  return found;
}

function without(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}
