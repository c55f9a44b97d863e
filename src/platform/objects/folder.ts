import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { mapBounded } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import { VarveError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { copyThrough, damaged } from './copy-through.ts';
import { createCopyThreads } from './folder/copy-threads.ts';
import { syncFile, syncFolder } from './folder/durable-moves.ts';
import { createEarlySyncs } from './folder/early-syncs.ts';
import { type Incoming, openIncoming } from './folder/incoming.ts';
import { pathOf } from './folder/layout.ts';
import { describe, keysBelow } from './folder/listing.ts';
import { missing } from './folder/missing.ts';
import { createPersister, type Persister, throwAsNoSpace } from './folder/persister.ts';
import { createPlaces, type Places } from './folder/places.ts';
import { openRemoved } from './folder/removed.ts';
import { statNow } from './folder/stat-now.ts';
import { type GrantUrls, signedBy, type Upload } from './folder/url.ts';
import type { ObjectFile, ObjectHead, ObjectStore } from './port.ts';

/**
 * Objects as files in a folder, one each, for the one process that has the folder's lock. Uploads
 * come into `incoming`, where they are seen like any object. {@link ObjectStore.persist} moves them
 * to their places in `objects`, durably. Clients of the folder's owner may stage there as well: see
 * folder/direct.ts. Theirs are seen by those who look for what is not there otherwise.
 */
export interface FolderObjects extends ObjectStore {
  /**
   * What a holder of a signed URL has sent; the caller has checked its SHA-256. Seen at once, not
   * yet durable. Where the condition does not hold, nothing changes.
   */
  stage(key: string, bytes: Uint8Array, upload: Pick<Upload, 'sha256' | 'when'>): Promise<Staging>;
  /**
   * Until the returned function is called, the file of an object that is removed goes into the
   * folder {@link REMOVED} beside `objects`. To everybody else it is gone. A new start drops it.
   */
  holdRemoved(): () => Promise<void>;
  /** Resolves when nothing more can be acknowledged, and the process must end. */
  readonly lost: Promise<Error>;
}

/** `UNDER_WAY`: another upload of the same key is not done yet. */
export type Staging = 'STORED' | 'OTHERWISE' | 'MISSING' | 'UNDER_WAY';

export interface FolderObjectsOptions {
  readonly path: string;
  readonly urls: GrantUrls;
  readonly clock: Clock;
  /** Makes the bytes of a copy durable. Default: `fdatasync`. */
  readonly syncCopy?: (path: string) => Promise<void>;
}

/** Where files of removed objects lie while somebody copies the folder. */
export const REMOVED = 'removed';

const REMOVALS_AT_ONCE = 16;
/** Known checksums of objects in their places: 10 MB at most. */
const KNOWN_SUMS = 50_000;

export async function openFolderObjects(options: FolderObjectsOptions): Promise<FolderObjects> {
  const { path, urls, clock, syncCopy = syncFile } = options;
  const root = join(path, 'objects');
  makeFolder(root);
  await syncFolder(path);
  const removed = await openRemoved(join(path, REMOVED));
  const isInPlace = (key: string) => statNow(pathOf(root, key)) !== undefined;
  const incoming = await openIncoming(join(path, 'incoming'), { clock, isInPlace });
  const places = createPlaces(root, incoming);
  const staging = new Map<string, { isOvertaken: boolean }>();
  const overtake = (key: string) => {
    const upload = staging.get(key);
    if (upload !== undefined) upload.isOvertaken = true;
  };
  const sums = new LRUCache<string, string>({ max: KNOWN_SUMS });
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  const noteSum = (key: string, sha256: string) => sums.set(key, sha256);
  const persister = createPersister({ root, incoming, places, lose, noteSum, overtake });

  const stage: FolderObjects['stage'] = async (key, bytes, { sha256, when }) => {
    if (staging.has(key)) return 'UNDER_WAY';
    const upload = { isOvertaken: false };
    staging.set(key, upload);
    try {
      const there = await places.sum(key);
      if (when === 'absent' && there !== undefined) return 'OTHERWISE';
      if (when !== 'absent' && there === undefined) return 'MISSING';
      if (when !== 'absent' && etagOf(there ?? '') !== when.etag) return 'OTHERWISE';
      const isStored = await incoming.add({ key, bytes, sha256 }, () => !upload.isOvertaken).catch(throwAsNoSpace);
      return isStored ? 'STORED' : 'OTHERWISE';
    } finally {
      staging.delete(key);
    }
  };

  return {
    lost,
    holdRemoved: removed.hold,
    stage,
    put: (key, bytes) => persister.put(key, bytes),
    putNew: putNewBy(stage, persister),
    ...copies({ places, incoming, sums, overtake, syncCopy }),
    persist: (keys) => persister.persist(keys),

    read: async (key) => {
      const bytes = await places.bytes(key);
      if (bytes === undefined) return undefined;
      const sha256 = sums.get(key);
      return {
        bytes,
        ...(sha256 !== undefined && { sha256 }),
        // Only uploads ask for it.
        get etag() {
          return etagOf(hash('sha256', bytes, 'hex'));
        },
      };
    },

    get: places.bytes,

    head: headOf({ places, incoming, sums }),

    async remove(keys) {
      await mapBounded(keys, REMOVALS_AT_ONCE, async (key) => {
        await incoming.drop(key);
        sums.delete(key);
        await removed.remove(places.of(key), key);
      });
    },

    async list(prefix, { after = '', limit }) {
      const keys: string[] = [];
      await incoming.takeIn();
      for await (const key of keysBelow(root, { prefix, after }, incoming.keys())) {
        keys.push(key);
        if (keys.length > limit) break;
      }
      return { keys: await describe(keys.slice(0, limit), places.stat), more: keys.length > limit };
    },

    ...signedBy(urls, clock),
  };
}

/** One process has the folder: an upload of the same key is of this process. */
function putNewBy(stage: FolderObjects['stage'], { persist }: Persister): ObjectStore['putNew'] {
  return async (key, bytes) => {
    const staged = await stage(key, bytes, { sha256: hash('sha256', bytes, 'hex'), when: 'absent' });
    if (staged === 'UNDER_WAY') throw new VarveError('Throttled', 'The key is being uploaded.', { retryAfterMs: 100 });
    await persist([key]);
    return staged === 'STORED';
  };
}

/** Of one that nothing is known of, what clients have staged is taken in first. */
function headOf({ places, incoming, sums }: HeadParts): ObjectStore['head'] {
  const stagedHead = async (key: string): Promise<ObjectHead | undefined> => {
    const { staged } = await places.now(key);
    return staged && { sizeBytes: staged.sizeBytes, sha256: staged.sha256 };
  };
  return async (key) => {
    const staged = await stagedHead(key);
    if (staged !== undefined) return staged;
    if (!sums.has(key)) {
      await incoming.takeIn();
      const takenIn = await stagedHead(key);
      if (takenIn !== undefined) return takenIn;
    }
    const found = await stat(places.of(key)).catch(missing);
    // It may have gone, and have been staged again meanwhile.
    if (found === undefined) return stagedHead(key);
    // One that this process has not seen come in is read: no row names it, and few ask for those.
    const sha256 = sums.get(key) ?? (await places.sum(key));
    if (sha256 === undefined) return undefined;
    sums.set(key, sha256);
    return { sizeBytes: found.size, sha256 };
  };
}

/** How objects come in from other stores, and how other folders get at them here. */
function copies({ places, incoming, sums, overtake, syncCopy }: CopyParts): Pick<ObjectStore, 'copyFrom' | 'withFile'> {
  const copyFile = createCopyThreads();
  const sync = createEarlySyncs(syncCopy);
  const takeFile = async (from: string, to: string, { path, sha256: expected }: ObjectFile) => {
    overtake(to);
    const copied = await copyFile({ from: path, expected, ...incoming.targetOf(to) }).catch(throwAsNoSpace);
    if (copied.outcome === 'MISSING') return undefined;
    if (copied.outcome === 'OTHERWISE') throw damaged(from);
    if (copied.outcome === 'COPIED') {
      const { path: written, sizeBytes, sha256 } = copied;
      await incoming.adopt({ key: to, path: written, sizeBytes, sha256, synced: sync(written) });
    }
    return copied;
  };
  const put = async (to: string, bytes: Buffer, sha256: string) => {
    overtake(to);
    await incoming.add({ key: to, bytes, sha256, sync }, () => true).catch(throwAsNoSpace);
  };
  return {
    copyFrom: async (source, from, to) => {
      const through = () => copyThrough(source, from, (bytes, sha256) => put(to, bytes, sha256));
      if (source.withFile === undefined) return through();
      const copied = await source.withFile(from, (file) => takeFile(from, to, file));
      if (copied?.outcome !== 'COPIED') return copied && through();
      return { sizeBytes: copied.sizeBytes, sha256: copied.sha256 };
    },
    withFile: (key, use) => places.look(key, (path) => use({ path, sha256: sums.get(key) })),
  };
}

interface CopyParts extends HeadParts {
  readonly syncCopy: (path: string) => Promise<void>;
  readonly overtake: (key: string) => void;
}

interface HeadParts {
  readonly places: Places;
  readonly incoming: Incoming;
  readonly sums: LRUCache<string, string>;
}

const etagOf = (sha256: string) => `"${sha256}"`;
