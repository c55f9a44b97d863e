import { put } from '../../platform/catalogue/port.ts';
import { COUNT_SHARDS } from '../books/object-rows.ts';
import { domainCountEntity, orphanSearchEntity } from '../books/rows.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import { findOrphans, type ReclaimTimes, reclaim } from './reclaim.ts';

/** The janitor's round over all domains: what has died goes, and each time another stretch is searched for orphans. */
export interface Reclaimer {
  sweep(until: number): Promise<ReclaimRound>;
}

export interface ReclaimRound {
  readonly tombstoned: number;
  readonly freedObjects: number;
  readonly freedBytes: number;
  readonly orphans: number;
}

export interface ReclaimOptions extends ReclaimTimes {
  /** How long a finished search for orphans rests before the next one begins: listings cost money. */
  readonly searchEveryMs: number;
}

const DOMAINS_PAGE = 100;

export function createReclaimer(deps: EngineDeps, options: ReclaimOptions): Reclaimer {
  return {
    sweep: async (until) => {
      const round = { tombstoned: 0, freedObjects: 0, freedBytes: 0, orphans: 0 };
      for await (const domain of domains(deps)) {
        const freed = await reclaim(deps, options, domain, until);
        round.tombstoned += freed.tombstoned;
        round.freedObjects += freed.freedObjects;
        round.freedBytes += freed.freedBytes;
        round.orphans += await searchOn(deps, options, domain);
        if (deps.clock.now() >= until) break;
      }
      return round;
    },
  };
}

/** Every domain that ever had an object, once. */
async function* domains(deps: EngineDeps): AsyncGenerator<Domain> {
  const seen = new Set<string>();
  for (let shard = 0; shard < COUNT_SHARDS; shard++) {
    let after: { domainId: string } | undefined;
    for (let more = true; more; ) {
      const query = { index: 'byShard' as const, partition: { shard }, limit: DOMAINS_PAGE, ...(after && { after }) };
      const page = await deps.catalogue.list(domainCountEntity, query);
      for (const { domainId, regionId } of page.rows) {
        if (!seen.has(domainId)) yield { domainId, regionId };
        seen.add(domainId);
      }
      const last = page.rows.at(-1);
      more = page.more && last !== undefined;
      after = last && { domainId: last.domainId };
    }
  }
}

async function searchOn(deps: EngineDeps, options: ReclaimOptions, domain: Domain): Promise<number> {
  const { domainId } = domain;
  const search = await deps.catalogue.get(orphanSearchEntity, { domainId });
  const now = deps.clock.now();
  const resting = search !== undefined && search.after === undefined && now - search.touchedAt < options.searchEveryMs;
  if (resting) return 0;
  const { found, next } = await findOrphans(deps, options, domain, search?.after);
  const row = { domainId, touchedAt: now, ...(next !== undefined && { after: next }) };
  await deps.catalogue.transact([put(orphanSearchEntity, row, 'any')]);
  return found;
}
