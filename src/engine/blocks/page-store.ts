import { LRUCache } from 'lru-cache';
import { mapBounded } from '../../platform/bounded.ts';
import { VarveError } from '../../platform/errors.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { type ObjectId, objectKey } from './block.ts';
import { decodeObject, encodeObject } from './object-form.ts';
import { decodePage, encodePage, type Page, pageId } from './page.ts';
import type { PageSource } from './page-source.ts';

// hides the latency of single GETs; more gains nothing on one connection pool
const PAGES_IN_FLIGHT = 32;
const CACHED_PAGES = 1024; // at about 80 KiB each

/** The pages of one domain: read through a cache, written to the object store. */
export interface PageStore extends PageSource {
  /** Stores pages; they are durable when this resolves. Answers their stored sizes in bytes. */
  save(pages: readonly NewPage[]): Promise<[ObjectId, number][]>;
  /** Puts pages that are in the store into the cache. */
  remember(pages: readonly NewPage[]): void;
}

export interface NewPage {
  readonly id: ObjectId;
  readonly bytes: Buffer;
  readonly page: Page;
}

export type PageCache = LRUCache<string, Page>;

export function createPageCache(pages: number = CACHED_PAGES): PageCache {
  return new LRUCache({ max: pages });
}

export function createPageStore(objects: ObjectStore, domainId: string, cache: PageCache): PageStore {
  const underway = new Map<ObjectId, Promise<Page>>();
  const cacheKey = (id: ObjectId): string => `${domainId}/${id}`;

  const fetchPage = async (id: ObjectId): Promise<Page> => {
    const stored = await objects.get(objectKey(domainId, id));
    if (stored === undefined) {
      throw new VarveError('ObjectDamaged', `page ${id} is missing`, { objectId: id, reason: 'MISSING' });
    }
    const page = decodePage(decodeObject(stored, { id }), id);
    cache.set(cacheKey(id), page);
    return page;
  };

  const load = (id: ObjectId): Promise<Page> => {
    const cached = cache.get(cacheKey(id));
    if (cached !== undefined) return Promise.resolve(cached);
    let pending = underway.get(id);
    if (pending === undefined) {
      pending = fetchPage(id).finally(() => underway.delete(id));
      underway.set(id, pending);
    }
    return pending;
  };

  return {
    load,
    prefetch: async (ids) => {
      const missing = [...new Set(ids)].filter((id) => !cache.has(cacheKey(id)));
      // Who needs a page that cannot be had finds out where it loads it, and knows its place.
      await mapBounded(missing, PAGES_IN_FLIGHT, (id) => load(id).catch(() => undefined));
    },
    save: (pages) =>
      mapBounded(pages, PAGES_IN_FLIGHT, async ({ id, bytes }) => {
        const stored = encodeObject(bytes, { id, compress: false });
        await objects.put(objectKey(domainId, id), stored);
        return [id, stored.length];
      }),
    remember: (pages) => {
      for (const { id, page } of pages) cache.set(cacheKey(id), page);
    },
  };
}

/**
 * These pages as they were made, all others from the store. Until a commit holds references to its
 * pages, reclaim may be at those of them that others had stored before and lost.
 */
export function withPages(pages: PageSource, newPages: readonly NewPage[]): PageSource {
  const byId = new Map(newPages.map(({ id, page }) => [id, page]));
  return {
    load: (id) => {
      const page = byId.get(id);
      return page === undefined ? pages.load(id) : Promise.resolve(page);
    },
    prefetch: (ids) => pages.prefetch(ids.filter((id) => !byId.has(id))),
  };
}

export function newPage(page: Page): NewPage {
  const bytes = encodePage(page);
  return { id: pageId(bytes), bytes, page };
}
