import { VarveError } from '../../platform/errors.ts';
import { type ObjectId, PAGE_FANOUT } from '../blocks/block.ts';
import type { Page } from '../blocks/page.ts';
import type { PageSource } from '../blocks/page-source.ts';
import type { Damage } from './damage.ts';

const NOTHING: Page = { level: 0, children: new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined) };

/**
 * Pages of which a damaged one is reported, and counts as one that leads nowhere: so a walk sees
 * all that can still be seen.
 */
export function tolerantPages(pages: PageSource, onDamage: (damage: Damage) => void): PageSource {
  const reported = new Set<ObjectId>();
  return {
    load: async (id) => {
      try {
        return await pages.load(id);
      } catch (error) {
        if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
        if (!reported.has(id)) onDamage({ id, isPage: true, reason: String(error.extra.reason) });
        reported.add(id);
        return NOTHING;
      }
    },
    prefetch: (ids) => pages.prefetch(ids),
  };
}
