import { VarveError } from '../../platform/errors.ts';
import { type ObjectId, PAGE_FANOUT } from '../blocks/block.ts';
import type { Page } from '../blocks/page.ts';
import type { PageSource } from '../blocks/page-source.ts';
import type { Damage } from './damage.ts';

const NOTHING: Page = { level: 0, children: new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined) };

/** Pages of which a damaged one is told of and then taken for one that leads nowhere, so that a walk sees all that can still be seen. */
export function tolerantPages(pages: PageSource, tell: (damage: Damage) => void): PageSource {
  const told = new Set<ObjectId>();
  return {
    load: async (id) => {
      try {
        return await pages.load(id);
      } catch (error) {
        if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
        if (!told.has(id)) tell({ id, isPage: true, reason: String(error.extra.reason) });
        told.add(id);
        return NOTHING;
      }
    },
    prefetch: (ids) => pages.prefetch(ids),
  };
}
