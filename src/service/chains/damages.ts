import { type DamageRow, damageEntity } from '../../engine/books/rows.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { chainNodes } from '../model/chains/members.ts';
import type { ChainRow } from '../model/chains/rows.ts';

const MOST_OF_CHAIN = 1000;

/** Damaged objects that the disk or a snapshot of the chain needs. */
export async function damagesOfChain(catalogue: Catalogue, { accountId, id, region }: ChainRow): Promise<DamageRow[]> {
  const partition = { accountId, regionId: region };
  const { rows } = await catalogue.list(damageEntity, { partition, limit: MOST_OF_CHAIN });
  const open = rows.filter(({ healedAt }) => healedAt === undefined);
  if (open.length === 0) return [];
  const own = new Set([id, ...(await chainNodes(catalogue, { accountId, chainId: id })).map((node) => node.id)]);
  return open.filter(({ places }) => places.some(({ nodeId }) => own.has(nodeId)));
}
