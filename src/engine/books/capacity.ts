import type { Catalogue } from '../../platform/catalogue/port.ts';
import { BLOCK_BYTES } from '../blocks/block.ts';
import { COUNT_SHARDS } from './object-rows.ts';
import { domainCountEntity } from './rows.ts';

/** What a domain takes, from its counters alone; exact when its ledger is empty. */
export interface DomainCapacity {
  /** Own blocks of all nodes, plain. */
  readonly logicalBytes: number;
  /** Different blocks, plain. */
  readonly deduplicatedBytes: number;
  /** Blocks and pages as stored, without those that wait to be freed. */
  readonly storedBytes: number;
  readonly waitingBytes: number;
}

export async function capacityOfDomain(catalogue: Catalogue, domainId: string): Promise<DomainCapacity> {
  const { rows } = await catalogue.list(domainCountEntity, { partition: { domainId }, limit: COUNT_SHARDS });
  const sum = (name: 'objects' | 'storedBytes' | 'deadObjects' | 'deadBytes' | 'pages' | 'blockRefs') =>
    rows.reduce((total, row) => total + (row[name] ?? 0), 0);
  return {
    logicalBytes: sum('blockRefs') * BLOCK_BYTES,
    deduplicatedBytes: (sum('objects') - sum('deadObjects') - sum('pages')) * BLOCK_BYTES,
    storedBytes: sum('storedBytes') - sum('deadBytes'),
    waitingBytes: sum('deadBytes'),
  };
}
