import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type ChainRow, chainEntity } from './rows.ts';

export async function findChain(catalogue: Catalogue, caller: Caller, id: string): Promise<ChainRow> {
  requireId('d', 'Chain', id);
  const row = await catalogue.get(chainEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Chain', id, row);
}
