import type { Catalogue } from '../platform/catalogue/port.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { ObjectStore } from '../platform/objects/port.ts';
import type { Queue } from '../platform/queue/port.ts';
import { createPageStore, type PageCache, type PageStore } from './page-store.ts';

/** What the engine needs from outside. */
export interface EngineDeps {
  readonly catalogue: Catalogue;
  /** The object store of a region; throws for a region that this installation does not have. */
  readonly objects: (regionId: string) => ObjectStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly ids: Ids;
  /** In [0, 1): spreads rows that would otherwise be hot. */
  readonly random: () => number;
  readonly pageCache: PageCache;
}

export interface Domain {
  readonly domainId: string;
  readonly regionId: string;
}

export function pagesOf(deps: EngineDeps, domain: Domain): PageStore {
  return createPageStore(deps.objects(domain.regionId), domain.domainId, deps.pageCache);
}
