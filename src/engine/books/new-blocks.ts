import { entity, number, type RowOf, string } from '../../platform/catalogue/entity.ts';
import { put, type Write } from '../../platform/catalogue/port.ts';
import type { ObjectId } from '../blocks/block.ts';
import type { EngineDeps } from '../deps.ts';
import type { NodeRow } from './rows.ts';

/**
 * Compressed plain blocks of one commit that nobody has read back yet. The store has checked their
 * bytes against the SHA-256 that the client announced. Only reading shows whether they are the
 * block that the id names. Written in the transaction that makes the first of their rows, or before
 * it; deleted once they were read. See docs/decisions/0024.
 *
 * Not in the ledger: an entry there keeps reclaim from freeing anything, and these may wait for the
 * budget of the next day.
 */
export const newBlocksEntity = entity({
  name: 'newblocks',
  attributes: {
    shard: number(),
    id: string(),
    accountId: string(),
    regionId: string(),
    domainId: string(),
    /** 32 bytes each, base64: a full commit's 1024 are 44 KB. */
    ids: string(),
    createdAt: number(),
  },
  primary: { partition: ['shard'], sort: ['id'] },
});
export type NewBlocksRow = RowOf<typeof newBlocksEntity>;

/** As many as are read at the same time. */
export const NEW_BLOCKS_SHARDS = 4;

export function newBlocksWrites(
  deps: Pick<EngineDeps, 'clock' | 'ids' | 'random'>,
  { accountId, regionId, domainId }: Pick<NodeRow, 'accountId' | 'regionId' | 'domainId'>,
  blocks: readonly ObjectId[],
): Write[] {
  if (blocks.length === 0) return [];
  const row: NewBlocksRow = {
    shard: Math.floor(deps.random() * NEW_BLOCKS_SHARDS),
    id: deps.ids.next('nb'),
    accountId,
    regionId,
    domainId,
    ids: Buffer.from(blocks.join(''), 'hex').toString('base64'),
    createdAt: deps.clock.now(),
  };
  return [put(newBlocksEntity, row)];
}

export function blocksOf({ ids }: NewBlocksRow): ObjectId[] {
  return (Buffer.from(ids, 'base64').toString('hex').match(/.{64}/g) ?? []) as ObjectId[];
}
