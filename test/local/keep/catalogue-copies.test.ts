import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogueCopies } from '../../../src/local/keep/catalogue-copies.ts';
import { copyId, headKey, instantOf, partKey, toForget } from '../../../src/local/keep/copy-form.ts';
import { createFileKeys, createKeyFile } from '../../../src/platform/keys/file.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-30T00:30:00Z');
const SIGNAL = new AbortController().signal;

let folder: string;
let file: string;
let now = START;
let objects: ReturnType<typeof createMemoryObjects>;
const keyFile = () => join(folder, 'keys.json');
const copiesWith = (path: string) =>
  catalogueCopies({ objects, keys: createFileKeys({ path }), keyId: 'local', clock: { now: () => now } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'varve-copies-'));
  file = join(folder, 'database');
  writeFileSync(file, randomBytes(5 * 1024 * 1024 + 17));
  await createKeyFile({ path: keyFile() }, 'local');
  await createKeyFile({ path: join(folder, 'other.json') }, 'local');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  now = START;
  objects = createMemoryObjects({ now: () => now });
});

describe('a copy of the catalogue', () => {
  it('comes back bit for bit, and tells nothing to those without the key', async () => {
    const copies = copiesWith(keyFile());
    const { id, parts } = await copies.add(file, SIGNAL);
    expect(parts).toBe(3);
    const back = join(folder, `back-${id}`);
    await copies.read(id, back);
    expect(readFileSync(back).equals(readFileSync(file))).toBe(true);
    await expect(copiesWith(join(folder, 'other.json')).read(id, `${back}-other`)).rejects.toThrow('damaged');
  });

  it('is nothing without its head, which is written last', async () => {
    const copies = copiesWith(keyFile());
    const { id } = await copies.add(file, SIGNAL);
    await objects.remove([headKey(id)]);
    expect(await copies.list()).toEqual([]);
    await copies.thin();
    expect((await objects.list('catalogue-copies/', { limit: 10 })).keys).toEqual([]);
  });

  it.each([
    ['changed', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 100), Buffer.from([0]), bytes.subarray(101)])],
    ['cut', (bytes: Buffer) => bytes.subarray(0, 50)],
  ])('is refused if a part of it is %s', async (_, change) => {
    const copies = copiesWith(keyFile());
    const { id } = await copies.add(file, SIGNAL);
    const part = (await objects.get(partKey(id, 1))) as Buffer;
    part[100] = 1;
    await objects.put(partKey(id, 1), change(part));
    await expect(copies.read(id, join(folder, `bad-${_}`))).rejects.toThrow('not as it was written');
  });

  it('is refused if parts are exchanged, with those of another copy too', async () => {
    const copies = copiesWith(keyFile());
    const first = await copies.add(file, SIGNAL);
    now += HOUR_MS;
    const second = await copies.add(file, SIGNAL);
    await objects.put(partKey(second.id, 0), (await objects.get(partKey(first.id, 0))) as Buffer);
    await expect(copies.read(second.id, join(folder, 'mixed'))).rejects.toThrow('not as it was written');
    await objects.put(partKey(first.id, 0), (await objects.get(partKey(first.id, 1))) as Buffer);
    await expect(copies.read(first.id, join(folder, 'swapped'))).rejects.toThrow('not as it was written');
  });
});

describe('which copies are kept', () => {
  it('the newest of the last 24 hours and of the last 7 days', () => {
    const ids = Array.from({ length: 24 * 10 }, (_, hour) => copyId(START + hour * HOUR_MS));
    const gone = new Set(toForget(ids));
    const kept = ids.filter((id) => !gone.has(id));
    expect(kept).toHaveLength(24 + 6);
    expect(kept.slice(-24)).toEqual(ids.slice(-24));
    const days = new Set(kept.map((id) => id.slice(0, 8)));
    expect(days.size).toBe(7);
  });

  it('an instant is in its id', () => {
    expect(instantOf(copyId(START + 123))).toBe(START + 123);
  });
});
