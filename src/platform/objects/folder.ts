import { hash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { mapBounded } from '../bounded.ts';
import type { Clock } from '../clock.ts';
import { NoSpaceError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import {
  createDurableMoves,
  type DurableMoves,
  FolderSyncError,
  type Move,
  syncFolder,
} from './folder/durable-moves.ts';
import { openIncoming, type Staged } from './folder/incoming.ts';
import { pathOf } from './folder/layout.ts';
import { describe, keysBelow } from './folder/listing.ts';
import { type GrantUrls, signedBy, type Upload } from './folder/url.ts';
import type { ObjectHead, ObjectStore } from './port.ts';

/**
 * Objects as files in a folder, one each, for the one process that has the folder's lock. Uploads
 * come into `incoming`, where they are seen like any object. {@link ObjectStore.persist} moves them
 * to their places in `objects`, durably.
 */
export interface FolderObjects extends ObjectStore {
  /**
   * What a holder of a signed URL has sent; the caller has checked its SHA-256. Seen at once, not
   * yet durable. Where the condition does not hold, nothing changes.
   */
  stage(key: string, bytes: Uint8Array, upload: Pick<Upload, 'sha256' | 'when'>): Promise<Staging>;
  /** Resolves when nothing more can be acknowledged, and the process must end. */
  readonly lost: Promise<Error>;
}

/** `UNDER_WAY`: another upload of the same key is not done yet. */
export type Staging = 'STORED' | 'OTHERWISE' | 'MISSING' | 'UNDER_WAY';

export interface FolderObjectsOptions {
  readonly path: string;
  readonly urls: GrantUrls;
  readonly clock: Clock;
}

const REMOVALS_AT_ONCE = 16;
/** Known checksums of objects in their places: 10 MB at most. */
const KNOWN_SUMS = 50_000;

export async function openFolderObjects({ path, urls, clock }: FolderObjectsOptions): Promise<FolderObjects> {
  const root = join(path, 'objects');
  makeFolder(root);
  await syncFolder(path);
  const incoming = await openIncoming(join(path, 'incoming'));
  const staging = new Set<string>();
  const sums = new LRUCache<string, string>({ max: KNOWN_SUMS });
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  const place = (key: string) => pathOf(root, key);

  const move = moveOrDrop(createDurableMoves(root), lose);
  /** What is staged goes before what is in its place: it is newer. A move meanwhile is followed. */
  const whereIs = async (key: string): Promise<{ path: string; staged?: Staged }> => {
    const staged = await incoming.get(key);
    return staged === undefined ? { path: place(key) } : { path: staged.path, staged };
  };

  const bytesAt = async (key: string): Promise<Buffer | undefined> => {
    for (let again = true; ; again = false) {
      const at = await whereIs(key);
      const bytes = await readFile(at.path).catch(missing);
      if (bytes !== undefined || at.staged === undefined || !again) return bytes;
    }
  };
  /** As the file is now: what the disk has damaged is not what was uploaded. */
  const sumAt = async (key: string): Promise<string | undefined> => {
    const bytes = await bytesAt(key);
    return bytes && hash('sha256', bytes, 'hex');
  };

  return {
    lost,
    async stage(key, bytes, { sha256, when }) {
      if (staging.has(key)) return 'UNDER_WAY';
      staging.add(key);
      try {
        const there = await sumAt(key);
        if (when === 'absent' && there !== undefined) return 'OTHERWISE';
        if (when !== 'absent' && there === undefined) return 'MISSING';
        if (when !== 'absent' && etagOf(there ?? '') !== when.etag) return 'OTHERWISE';
        await incoming.add(key, bytes, sha256).catch(throwAsNoSpace);
        return 'STORED';
      } finally {
        staging.delete(key);
      }
    },

    async put(key, bytes) {
      const from = await incoming.write(bytes).catch(throwAsNoSpace);
      await move([{ from, to: place(key) }]);
      sums.set(key, hash('sha256', bytes, 'hex'));
      await incoming.drop(key);
    },

    async persist(keys) {
      const found = await mapBounded([...new Set(keys)], REMOVALS_AT_ONCE, (key) => incoming.get(key));
      const staged = found.filter((one) => one !== undefined);
      await move(staged.map((one) => ({ from: one.path, to: place(one.key) })));
      for (const one of staged) {
        sums.set(one.key, one.sha256);
        incoming.forget(one);
      }
    },

    read: async (key) => {
      const bytes = await bytesAt(key);
      return bytes && { bytes, etag: etagOf(hash('sha256', bytes, 'hex')) };
    },

    get: bytesAt,

    async head(key): Promise<ObjectHead | undefined> {
      const { staged } = await whereIs(key);
      if (staged !== undefined) return { sizeBytes: staged.sizeBytes, sha256: staged.sha256 };
      const found = await stat(place(key)).catch(missing);
      if (found === undefined) return undefined;
      const sha256 = sums.get(key) ?? (await sumOf(place(key)));
      if (sha256 === undefined) return undefined;
      sums.set(key, sha256);
      return { sizeBytes: found.size, sha256 };
    },

    async remove(keys) {
      await mapBounded(keys, REMOVALS_AT_ONCE, async (key) => {
        await incoming.drop(key);
        sums.delete(key);
        await rm(place(key), { force: true });
      });
    },

    async list(prefix, { after = '', limit }) {
      const keys: string[] = [];
      for await (const key of keysBelow(root, { prefix, after }, incoming.keys())) {
        keys.push(key);
        if (keys.length > limit) break;
      }
      const paths = new Map(
        await mapBounded(keys.slice(0, limit), 1, async (key) => [key, (await whereIs(key)).path] as const),
      );
      return {
        keys: await describe(keys.slice(0, limit), (key) => paths.get(key) ?? place(key)),
        more: keys.length > limit,
      };
    },

    ...signedBy(urls, clock),
  };
}

/** What could not be made durable is deleted: nobody may take it for an object. */
function moveOrDrop(moves: DurableMoves, lose: (error: Error) => void) {
  return async (wanted: readonly Move[]): Promise<void> => {
    try {
      await moves.move(wanted);
    } catch (error) {
      if (error instanceof FolderSyncError) lose(error);
      await mapBounded(wanted, REMOVALS_AT_ONCE, ({ from }) => rm(from, { force: true }));
      throw asNoSpace(error);
    }
  };
}

const etagOf = (sha256: string) => `"${sha256}"`;

/**
 * Of an object whose checksum this process has not seen: it was put by an earlier one, and no row
 * names it. Commits ask for few of those.
 */
async function sumOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(missing);
  return bytes && hash('sha256', bytes, 'hex');
}

function missing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}

function throwAsNoSpace(error: unknown): never {
  throw asNoSpace(error);
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

function asNoSpace(error: unknown): unknown {
  if (!FULL.has((error as NodeJS.ErrnoException).code)) return error;
  return new NoSpaceError('The folder of the objects has no space left.', { cause: error });
}
