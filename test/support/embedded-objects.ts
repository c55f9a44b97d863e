import { hash } from 'node:crypto';
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stageObject } from '../../src/client/threads/object-file.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { copyThrough } from '../../src/platform/objects/copy-through.ts';
import { NONCE_BYTES, stagedPaths } from '../../src/platform/objects/folder/direct.ts';
import { encodeSegment, pathOf } from '../../src/platform/objects/folder/layout.ts';
import type { FolderObjects } from '../../src/platform/objects/folder.ts';
import { pagesOfKeys } from '../../src/platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { createMemoryObjects, type MemoryObjects } from './memory-objects.ts';
import type { TakesUploads } from './uploads.ts';

/**
 * The objects of one machine, in a folder. `stored` has them in memory too, so that tests can look
 * at all of them at once. The two must never differ. Files get the times of the test's own clock.
 */
export interface EmbeddedObjects extends MemoryObjects, TakesUploads {
  /** Where the folder is not as `stored`. */
  differences(): Promise<string[]>;
  /** From here on it has the objects of another store, and no others. */
  become(other: MemoryObjects, isUpload: (key: string) => boolean): Promise<void>;
}

export interface OpenFolder {
  /** That holds `objects` and `incoming`. */
  readonly path: string;
  readonly objects: FolderObjects;
}

/** `folder` may change its answer: a process ends, and another one opens its folder. */
export function createEmbeddedObjects(folder: () => OpenFolder, clock: Clock): EmbeddedObjects {
  const placeOf = (key: string) => pathOf(join(folder().path, 'objects'), key);
  const setTime = (path: string, epochMs = clock.now()) => utimesSync(path, new Date(epochMs), new Date(epochMs));
  const stored = new StoredFiles({
    write: (key, bytes) => {
      writeFileSync(placeOf(key), bytes);
      setTime(placeOf(key));
    },
    remove: (key) => rmSync(placeOf(key)),
  });
  const store = () => folder().objects;

  const put = async (key: string, bytes: Uint8Array) => {
    await store().put(key, bytes);
    setTime(placeOf(key));
    stored.note(key, bytes);
  };
  const upload = async (key: string, bytes: Uint8Array) => {
    const there = await store().read(key);
    if (there?.bytes.equals(bytes)) return;
    const when = there === undefined ? 'absent' : { etag: there.etag };
    const sha256 = hash('sha256', bytes, 'hex');
    if (when === 'absent' && isByOwner(sha256)) {
      const nonce = sha256.slice(0, 2 * NONCE_BYTES);
      if (!stageObject({ ...stagedPaths(folder().path, { key, sha256 }, nonce), reserveBytes: 0 }, Buffer.from(bytes)))
        throw new Error(`${key} cannot be staged`);
    } else {
      const told = await store().stage(key, bytes, { sha256, when });
      if (told !== 'STORED') throw new Error(`an upload of ${key} is ${told}`);
    }
    setTime(stagedFile(folder().path, key));
    stored.note(key, bytes);
  };
  const remove = async (keys: readonly string[]) => {
    await store().remove(keys);
    for (const key of keys) stored.forget(key);
  };
  return {
    ...createMemoryObjects(clock),
    request: notHere,
    cutPower: notHere,
    copy: notHere,
    stored,
    put,
    copyFrom: (source, from, to) => copyThrough(source, from, (bytes) => put(to, bytes)),
    upload,
    remove,
    persist: (keys) => store().persist(keys),
    get: (key) => store().get(key),
    read: (key) => store().read(key),
    head: (key) => store().head(key),
    list: (prefix, options) => store().list(prefix, options),
    differences: async () => {
      const keys = await keysIn(store());
      const strange = keys.filter((key) => !stored.has(key)).map((key) => `nobody stored ${key}`);
      const others: string[] = [];
      for (const [key, bytes] of stored)
        if ((await store().get(key))?.equals(bytes) !== true) others.push(`${key} is not as it was stored`);
      return [...strange, ...others];
    },
    become: async (other, isUpload) => {
      await remove([...stored.keys()].filter((key) => isUpload(key) || stored.get(key) !== other.stored.get(key)));
      for await (const page of pagesOfKeys(other, ''))
        for (const { key, modifiedAt } of page) {
          const bytes = other.stored.get(key) ?? Buffer.alloc(0);
          if (!stored.has(key)) await (isUpload(key) ? upload : put)(key, bytes);
          stored.share(key, bytes);
          setTime(isUpload(key) ? stagedFile(folder().path, key) : placeOf(key), modifiedAt);
        }
    },
  };
}

/** Half of all come by URLs, and half from a client of the folder's owner. */
const isByOwner = (sha256: string) => Number.parseInt(sha256.slice(-1), 16) % 2 === 0;

function notHere(): never {
  throw new Error('only a store in memory can do that');
}

function stagedFile(folder: string, key: string): string {
  const incoming = join(folder, 'incoming');
  const name = readdirSync(incoming).find((each) => each.endsWith(`-${encodeSegment(key)}`));
  if (name === undefined) throw new Error(`${key} is not staged`);
  return join(incoming, name);
}

async function keysIn(objects: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of pagesOfKeys(objects, '')) keys.push(...page.map(({ key }) => key));
  return keys;
}

interface Files {
  readonly write: (key: string, bytes: Buffer) => void;
  readonly remove: (key: string) => void;
}

/** What a test changes in it, it changes in the files: damage from outside. */
class StoredFiles extends Map<string, Buffer> {
  readonly #files: Files;

  constructor(files: Files) {
    super();
    this.#files = files;
  }

  override set(key: string, bytes: Buffer): this {
    this.#files.write(key, bytes);
    return super.set(key, bytes);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.#files.remove(key);
    return super.delete(key);
  }

  /** The store has it now. */
  note(key: string, bytes: Uint8Array): void {
    super.set(key, Buffer.from(bytes));
  }

  /** As {@link note}, and both share the bytes. */
  share(key: string, bytes: Buffer): void {
    super.set(key, bytes);
  }

  /** The store has it no more. */
  forget(key: string): void {
    super.delete(key);
  }
}
