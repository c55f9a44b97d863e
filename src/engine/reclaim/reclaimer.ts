import { put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import { COUNT_SHARDS } from '../books/object-rows.ts';
import { domainCountEntity, type OrphanSearchRow, orphanSearchEntity } from '../books/rows.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import { findOrphans, type ReclaimTimes, reclaim } from './reclaim.ts';
import { redateDead } from './redate-dead.ts';

/**
 * The janitor's round over all domains: what has died goes, and each time another stretch is
 * searched for orphans. Nothing of this while the clock is ahead of what explains it (10.4).
 */
export interface Reclaimer {
  sweep(until: number): Promise<Counts<'tombstoned' | 'freedObjects' | 'freedBytes' | 'orphans'>>;
}

export interface ReclaimOptions extends ReclaimTimes {
  /**
   * How long a finished search for orphans rests before the next one begins: listings cost money.
   */
  readonly searchEveryMs: number;
}

const DOMAINS_PAGE = 100;

export function createReclaimer(deps: EngineDeps, options: ReclaimOptions): Reclaimer {
  return {
    sweep: (until) =>
      sweep(deps.clock, { until, counts: ['tombstoned', 'freedObjects', 'freedBytes', 'orphans'] }, (round) =>
        round.each(domains(deps), async (domain) => {
          const freed = await reclaim(deps, options, domain, until);
          round.count('tombstoned', freed.tombstoned);
          round.count('freedObjects', freed.freedObjects);
          round.count('freedBytes', freed.freedBytes);
          round.count('orphans', await searchOn(deps, options, domain));
        }),
      ),
  };
}

/** Every domain that ever had an object, once. */
async function* domains(deps: EngineDeps): AsyncGenerator<Domain> {
  const seen = new Set<string>();
  for (const shard of shards(COUNT_SHARDS)) {
    const query = { index: 'byShard' as const, partition: { shard }, pageSize: DOMAINS_PAGE };
    for await (const { domainId, regionId } of rowsOf(deps.catalogue, domainCountEntity, query)) {
      if (!seen.has(domainId)) yield { domainId, regionId };
      seen.add(domainId);
    }
  }
}

async function searchOn(deps: EngineDeps, options: ReclaimOptions, domain: Domain): Promise<number> {
  const { domainId } = domain;
  const search = await deps.catalogue.get(orphanSearchEntity, { domainId });
  const now = deps.clock.now();
  if (!deps.trust.mayDeleteByTime(now)) return 0;
  if (search !== undefined && isResting(search, now, options.searchEveryMs)) return 0;
  if (search?.after === undefined) await redateDead(deps, domain);
  const { found, next } = await findOrphans(deps, options, domain, search?.after);
  const row = { domainId, touchedAt: now, ...(next !== undefined && { after: next }) };
  await deps.catalogue.transact([put(orphanSearchEntity, row, 'any')]);
  return found;
}

/** A search that ended while the clock was ahead rests no longer. */
function isResting({ after, touchedAt }: OrphanSearchRow, now: number, everyMs: number): boolean {
  return after === undefined && now - touchedAt < everyMs && !isFromTheFuture(touchedAt, now);
}
