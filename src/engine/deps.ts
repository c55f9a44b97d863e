import type { Catalogue, Write } from '../platform/catalogue/port.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { ObjectStore } from '../platform/objects/port.ts';
import type { Queue } from '../platform/queue/port.ts';
import type { ClockTrust } from '../platform/time/clock-trust.ts';
import type { Judge } from './blocks/judge.ts';
import { createPageStore, type PageCache, type PageStore } from './blocks/page-store.ts';

/** What the engine needs from outside. */
export interface EngineDeps {
  readonly catalogue: Catalogue;
  /** The object store of a region; throws for a region that this installation does not have. */
  readonly objects: (regionId: string) => ObjectStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly trust: ClockTrust;
  readonly ids: Ids;
  /** In [0, 1): spreads rows that would otherwise be hot. */
  readonly random: () => number;
  readonly pageCache: PageCache;
  /** Of everything that is read back in the background. */
  readonly judge: Judge;
  readonly limits: EngineLimits;
  /** Writes for the transaction that finds or closes a damage. By default nobody is told. */
  readonly tellDamage?: TellDamage;
}

/** UNUSED: nothing needs the object any more. */
export type DamageChange = 'FOUND' | 'REPLACED' | 'UNUSED';
export type TellDamage = (damage: DamagedObject, change: DamageChange) => readonly Write[];

export interface DamagedObject {
  readonly accountId: string;
  readonly regionId: string;
  readonly domainId: string;
  readonly objectId: string;
  readonly reason: string;
  readonly isPage: boolean;
}

/** Sizes at which work is cut; tests make them small to reach every path. */
export interface EngineLimits {
  /**
   * Distinct objects a ledger step: one transaction of 100 writes, with room for the entry's and
   * the counter's.
   */
  readonly stepObjects: number;
  /**
   * Changed places that a commit looks at one by one; what a larger trim drops is left to the
   * worker.
   */
  readonly plannedPlaces: number;
  /** Blocks and pages that a preview visits; more take longer than a call may. */
  readonly previewRefs: number;
  /** Changed places of one step of a copy; at most as many as a commit may have. */
  readonly copyBlocks: number;
}

/** A full commit changes 1024 blocks and at most as many pages at each of a few heights. */
export const ENGINE_LIMITS: EngineLimits = {
  stepObjects: 90,
  plannedPlaces: 4096,
  previewRefs: 400_000,
  copyBlocks: 1024,
};

export interface Domain {
  readonly domainId: string;
  readonly regionId: string;
}

export function pagesOf(deps: EngineDeps, domain: Domain): PageStore {
  return createPageStore(deps.objects(domain.regionId), domain.domainId, deps.pageCache);
}
