import { randomBytes, webcrypto } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Clock } from '../../platform/clock.ts';
import type { KeyService, KeyUnwrapper } from '../../platform/keys/port.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import {
  COPIES,
  type CopyHead,
  copyId,
  headKey,
  NONCE_BYTES,
  PART_BYTES,
  PART_HEADER,
  partData,
  partKey,
  placeOf,
  readHead,
  toForget,
  writeHead,
} from './copy-form.ts';

export interface CopiesDeps {
  readonly objects: Pick<ObjectStore, 'put' | 'get' | 'list' | 'remove'>;
  readonly keys: KeyService & KeyUnwrapper;
  readonly keyId: string;
  readonly clock: Clock;
}

/** Encrypted copies of the catalogue in the object store. One part at a time is in memory. */
export interface CatalogueCopies {
  /** Adds a copy of the database in a file that nobody writes to. */
  add(path: string, signal: AbortSignal): Promise<CopyHead>;
  /** Removes copies that are no longer kept, and what was begun and never ended. */
  thin(): Promise<void>;
  /** Ids of the copies that are whole, newest first. */
  list(): Promise<string[]>;
  /** Writes a copy to a file. Throws if it is not as it was written, or its key is not at hand. */
  read(id: string, path: string): Promise<void>;
}

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const { subtle } = webcrypto;
const REMOVED_AT_ONCE = 1000;

export function catalogueCopies({ objects, keys, keyId, clock }: CopiesDeps): CatalogueCopies {
  const keysOfCopies = async () => {
    const found: { readonly key: string; readonly id: string; readonly isHead: boolean }[] = [];
    for await (const page of pagesOfKeys(objects as ObjectStore, COPIES)) {
      for (const { key } of page) {
        const place = placeOf(key);
        if (place !== undefined) found.push({ key, ...place });
      }
    }
    return found;
  };

  return {
    async add(path, signal) {
      const wrapped = await keys.generateWrapped(keyId);
      const key = await sealKey(await keys.unwrap(wrapped));
      const file = await open(path, 'r');
      try {
        const { size: sizeBytes } = await file.stat();
        const parts = Math.ceil(sizeBytes / PART_BYTES);
        const head: CopyHead = { id: copyId(clock.now()), key: wrapped, parts, sizeBytes };
        for (let part = 0; part < parts; part++) {
          signal.throwIfAborted();
          const length = Math.min(PART_BYTES, sizeBytes - part * PART_BYTES);
          const { buffer } = await file.read(Buffer.alloc(length), 0, length, part * PART_BYTES);
          await objects.put(partKey(head.id, part), await seal(key, buffer, partData(head, part)));
        }
        await objects.put(headKey(head.id), writeHead(head));
        return head;
      } finally {
        await file.close();
      }
    },

    async thin() {
      const all = await keysOfCopies();
      const whole = new Set(all.filter(({ isHead }) => isHead).map(({ id }) => id));
      const forgotten = new Set(toForget([...whole]));
      const gone = all.filter(({ id }) => !whole.has(id) || forgotten.has(id));
      // Heads first: what has one is whole.
      const ordered = [...gone.filter(({ isHead }) => isHead), ...gone.filter(({ isHead }) => !isHead)];
      for (let at = 0; at < ordered.length; at += REMOVED_AT_ONCE)
        await objects.remove(ordered.slice(at, at + REMOVED_AT_ONCE).map(({ key }) => key));
    },

    async list() {
      const all = await keysOfCopies();
      return all.flatMap(({ id, isHead }) => (isHead ? [id] : [])).reverse();
    },

    async read(id, path) {
      const head = readHead((await objects.get(headKey(id))) ?? Buffer.alloc(0));
      if (head === undefined || head.id !== id) {
        throw new Error(`the head of copy ${id} is not as it was written`);
      }
      const key = await sealKey(await keys.unwrap(head.key));
      const file = await open(path, 'wx', 0o600);
      try {
        let written = 0;
        for (let part = 0; part < head.parts; part++) {
          const sealed = await objects.get(partKey(id, part));
          if (sealed === undefined) throw new Error(`part ${part} of copy ${id} is missing`);
          const bytes = await unseal(key, sealed, partData(head, part));
          written += (await file.write(bytes)).bytesWritten;
        }
        if (written !== head.sizeBytes) {
          throw new Error(`copy ${id} has ${written} bytes, not ${head.sizeBytes}`);
        }
      } finally {
        await file.close();
      }
    },
  };
}

function sealKey(key: Uint8Array) {
  return subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

type SealKey = Awaited<ReturnType<typeof sealKey>>;

async function seal(key: SealKey, bytes: Buffer, additionalData: Buffer): Promise<Buffer> {
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: Buffer.concat([PART_HEADER, additionalData]) },
    key,
    await compress(bytes),
  );
  return Buffer.concat([PART_HEADER, iv, Buffer.from(sealed)]);
}

async function unseal(key: SealKey, bytes: Buffer, additionalData: Buffer): Promise<Buffer> {
  const sealedAt = PART_HEADER.length + NONCE_BYTES;
  if (!bytes.subarray(0, PART_HEADER.length).equals(PART_HEADER)) throw new Error('is no part of a copy');
  const iv = bytes.subarray(PART_HEADER.length, sealedAt);
  const plain = await subtle
    .decrypt(
      { name: 'AES-GCM', iv, additionalData: Buffer.concat([PART_HEADER, additionalData]) },
      key,
      bytes.subarray(sealedAt),
    )
    .catch((cause: unknown) => {
      throw new Error('a part of the copy is not as it was written', { cause });
    });
  return decompress(Buffer.from(plain), { maxOutputLength: PART_BYTES });
}
