import { type Catalogue, patch, put, read, type Write } from '../../platform/catalogue/port.ts';
import type { ObjectId } from '../blocks/block.ts';
import type { Domain } from '../deps.ts';
import { type Fence, fenceKey, fenceOf } from './fence.ts';
import { NO_TALLY, type Tally } from './refs.ts';
import { type DomainCountRow, domainCountEntity, fenceEntity, type ObjectRow, objectEntity } from './rows.ts';

export async function readObjectRows(
  catalogue: Catalogue,
  domainId: string,
  ids: Iterable<ObjectId>,
): Promise<Map<ObjectId, ObjectRow>> {
  const wanted = [...new Set(ids)];
  const rows = await catalogue.getMany(
    objectEntity,
    wanted.map((id) => ({ domainId, id })),
  );
  return byId(rows);
}

/**
 * The same together with the fence of a head, for a writer that looks into the store after that.
 */
export async function readObjectRowsAndFence(
  catalogue: Catalogue,
  { domainId, headId }: { readonly domainId: string; readonly headId: string },
  ids: Iterable<ObjectId>,
): Promise<{ readonly rows: Map<ObjectId, ObjectRow>; readonly fence: Fence }> {
  const key = fenceKey(domainId, headId);
  const reads = [...new Set(ids)].map((id) => read(objectEntity, { domainId, id }));
  const [fence, ...rows] = await catalogue.getEach(read(fenceEntity, key), ...reads);
  return { rows: byId(rows), fence: fenceOf(key, fence) };
}

function byId(rows: readonly (ObjectRow | undefined)[]): Map<ObjectId, ObjectRow> {
  const found = new Map<ObjectId, ObjectRow>();
  for (const row of rows) if (row !== undefined) found.set(row.id as ObjectId, row);
  return found;
}

// concurrent commits of one domain meet at a counter one time in eight
export const COUNT_SHARDS = 8;

/**
 * The write that adds a tally to the domain's counts; `exists` says whether that counter has been
 * made.
 */
export function countWrite(
  { domainId, regionId }: Domain,
  shard: number,
  tally: Tally & Partial<Pick<DomainCountRow, 'freedObjects' | 'freedBytes'>>,
  exists: boolean,
): Write {
  if (!exists) return put(domainCountEntity, { domainId, regionId, shard, ...tally }, 'absent');
  return patch(domainCountEntity, { domainId, shard }, { add: { ...tally } });
}

/** Makes a domain known to the janitor before anything can be uploaded to it. */
export async function registerDomain(catalogue: Catalogue, { domainId, regionId }: Domain): Promise<void> {
  const shard = 0;
  if ((await catalogue.get(domainCountEntity, { domainId, shard })) !== undefined) return;
  await catalogue.transact([countWrite({ domainId, regionId }, shard, NO_TALLY, false)]);
}

export function anyCountShard(random: () => number): number {
  return Math.floor(random() * COUNT_SHARDS);
}
