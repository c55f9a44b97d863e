import type { Catalogue } from '../../platform/catalogue/port.ts';
import { COUNT_SHARDS } from '../books/object-rows.ts';
import { domainCountEntity, objectEntity } from '../books/rows.ts';
import { ZERO_SHARDS } from './reclaim.ts';

/** What of a domain waits to be freed, and what was freed. */
export interface DomainReclaim {
  readonly waitingObjects: number;
  readonly waitingBytes: number;
  /**
   * When the first and the last of what waits lost its references, epoch ms; absent while nothing
   * waits.
   */
  readonly since?: { readonly first: number; readonly last: number };
  readonly freedObjects: number;
  readonly freedBytes: number;
}

/**
 * From counters and the ends of the index of dead objects: its cost does not follow what there is.
 */
export async function reclaimOf(catalogue: Catalogue, domainId: string): Promise<DomainReclaim> {
  const { rows } = await catalogue.list(domainCountEntity, { partition: { domainId }, limit: COUNT_SHARDS });
  const total = (name: 'deadObjects' | 'deadBytes' | 'freedObjects' | 'freedBytes') =>
    rows.reduce((sum, row) => sum + (row[name] ?? 0), 0);
  const sums = {
    waitingObjects: total('deadObjects'),
    waitingBytes: total('deadBytes'),
    freedObjects: total('freedObjects'),
    freedBytes: total('freedBytes'),
  };
  const ends =
    sums.waitingObjects === 0
      ? []
      : (await Promise.all(ZERO_SHARDS.map((shard) => endsOf(catalogue, domainId, shard)))).flat();
  return ends.length === 0 ? sums : { ...sums, since: { first: Math.min(...ends), last: Math.max(...ends) } };
}

async function endsOf(catalogue: Catalogue, domainId: string, zeroShard: string): Promise<number[]> {
  const query = { index: 'byZero' as const, partition: { domainId, zeroShard }, limit: 1 };
  const [first, last] = await Promise.all([
    catalogue.list(objectEntity, query),
    catalogue.list(objectEntity, { ...query, descending: true }),
  ]);
  return [...first.rows, ...last.rows].flatMap(({ zeroAt }) => (zeroAt === undefined ? [] : [zeroAt]));
}
