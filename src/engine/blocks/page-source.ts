import type { ObjectId } from './block.ts';
import type { Page } from './page.ts';

/**
 * Where the pure tree code gets pages from. Pages are immutable, so answers may be cached for ever.
 */
export interface PageSource {
  /** Throws `ObjectDamaged` when the page is missing or wrong. */
  load(id: ObjectId): Promise<Page>;
  /** Loads the pages side by side, so that following `load`s answer at once. */
  prefetch(ids: readonly ObjectId[]): Promise<void>;
}
