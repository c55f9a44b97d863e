import type { ObjectId } from '../../src/engine/blocks/block.ts';
import type { Page } from '../../src/engine/blocks/page.ts';
import type { PageSource } from '../../src/engine/blocks/page-source.ts';
import type { NewPage } from '../../src/engine/blocks/page-store.ts';

/** Pages in a map; `loaded` counts what was read. */
export interface MemoryPages extends PageSource {
  readonly loaded: Set<ObjectId>;
  save(pages: readonly NewPage[]): void;
}

export function createMemoryPages(): MemoryPages {
  const pages = new Map<ObjectId, Page>();
  const loaded = new Set<ObjectId>();
  return {
    loaded,
    save: (made) => {
      for (const { id, page } of made) pages.set(id, page);
    },
    load: async (id) => {
      const page = pages.get(id);
      if (page === undefined) throw new Error(`no page ${id}`);
      loaded.add(id);
      return page;
    },
    prefetch: async (ids) => {
      for (const id of ids) if (!pages.has(id)) throw new Error(`no page ${id} to prefetch`);
    },
  };
}
