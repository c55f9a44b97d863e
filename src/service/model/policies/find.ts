import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type PolicyRow, policyEntity } from './rows.ts';

export async function findPolicy(catalogue: Catalogue, caller: Caller, id: string): Promise<PolicyRow> {
  requireId('sp', 'Policy', id);
  const row = await catalogue.get(policyEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Policy', id, row);
}
