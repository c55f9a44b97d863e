import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { VarveError } from '../../../platform/errors.ts';
import { listingEntity } from './backfill-rows.ts';

const AGAIN_AFTER_MS = 60_000;

/** Whether everything is in the lists, also what an earlier version made. */
export async function areListsWhole(catalogue: Catalogue): Promise<boolean> {
  return (await catalogue.get(listingEntity, { id: 'listing' }))?.done === true;
}

export async function requireLists(catalogue: Catalogue): Promise<void> {
  if (await areListsWhole(catalogue)) return;
  throw new VarveError('Throttled', 'The lists are still being made after an upgrade.', {
    retryAfterMs: AGAIN_AFTER_MS,
  });
}
