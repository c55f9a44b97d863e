import { type Catalogue, check, equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { type FenceRow, fenceEntity } from './rows.ts';

/**
 * Keeps what a commit saw in the bucket true until it is written down. A writer reads its slot's
 * epoch *before* it looks whether new objects are there, and its transaction requires that epoch.
 * Reclaim raises all epochs *after* it has deleted objects and *before* it forgets their
 * tombstones. So, however long either sleeps:
 *
 *     writer:   epoch = 7 … HEAD finds o … (sleeps) ……………………………………… put row of o if absent, and epoch = 7 → refused
 *     reclaim:                            tombstone o → delete o → epoch 8 → forget tombstone
 *
 * While the tombstone stands the row is there, and the writer is refused by that.
 */
const ATTEMPTS = 10; // each one lost to another janitor, of which each slot's row is made once
// writers of one slot meet in transactions; raising costs one write a slot and pass
const SLOTS = 16;

export interface Fence {
  readonly slot: number;
  readonly epoch: number;
}

export async function readFence(catalogue: Catalogue, domainId: string, headId: string): Promise<Fence> {
  const key = fenceKey(domainId, headId);
  return fenceOf(key, await catalogue.get(fenceEntity, key));
}

export const fenceKey = (domainId: string, headId: string) => ({ domainId, slot: slotOf(headId) });

export const fenceOf = ({ slot }: Pick<FenceRow, 'slot'>, row: FenceRow | undefined): Fence => ({
  slot,
  epoch: row?.epoch ?? 0,
});

/** Holds while reclaim has forgotten nothing since the fence was read. */
export function fenceStands(domainId: string, { slot, epoch }: Fence): Write {
  return check(fenceEntity, { domainId, slot }, epoch === 0 ? 'absent' : [equal('epoch', epoch)]);
}

/** Raises the epochs of all slots of a domain. */
export async function raiseFence(catalogue: Catalogue, domainId: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { rows } = await catalogue.list(fenceEntity, { partition: { domainId }, limit: SLOTS });
    const bySlot = new Map(rows.map((row) => [row.slot, row]));
    const writes = Array.from({ length: SLOTS }, (_, slot) => raise(domainId, slot, bySlot.get(slot)));
    if ((await catalogue.transact(writes)).ok) return;
  }
  throw new VarveError('Throttled', `the fence of ${domainId} is being made by many at once`, { retryAfterMs: 1000 });
}

function raise(domainId: string, slot: number, row: FenceRow | undefined): Write {
  if (row === undefined) return put(fenceEntity, { domainId, slot, epoch: 1 });
  return patch(fenceEntity, { domainId, slot }, { add: { epoch: 1 } });
}

function slotOf(headId: string): number {
  let sum = 0;
  for (const char of headId) sum = (sum * 31 + char.charCodeAt(0)) % 65_521;
  return sum % SLOTS;
}
