import { put, remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { entryKey, newEntry } from '../books/entries.ts';
import { type EntryRow, entryEntity } from '../books/rows.ts';
import type { EngineDeps } from '../deps.ts';

type Store = Pick<EngineDeps, 'catalogue'>;

/**
 * Sorts before every id that is made: those go on with the instant, where one of a single account
 * has a hyphen.
 */
const OF_ALL = 'e-0';
const PAGE = 4; // seldom is there any, and more than one is rare

/**
 * Says that the catalogue is being rebuilt, all of it or one account's: an entry at the head of the
 * ledger, older than anything, so reclaim frees nothing. Each scope has its own, as one run may
 * have left undone what another has finished.
 *
 * TAKING: nodes are being restored. Nobody takes any out of the tree meanwhile, for what stands
 * below them may still be to come. READY: only losses are left that nobody has accepted.
 */
export async function raiseBarrier(
  deps: Pick<EngineDeps, 'catalogue' | 'clock' | 'ids' | 'random'>,
  account: string | undefined,
  phase: 'TAKING' | 'READY',
): Promise<void> {
  const work = { accountId: 'rebuild', domainId: '', regionId: '', kind: 'REBUILD', phase, nodeId: '' } as const;
  const barrier: EntryRow = { ...newEntry(deps, work), ...barrierKey(account), createdAt: 0 };
  await deps.catalogue.transact([put(entryEntity, barrier, 'any')]);
}

/** Where all accounts were restored, each of them was: then none is left standing. */
export async function removeBarrier(deps: Store, account: string | undefined): Promise<void> {
  const over = account === undefined ? (await barriers(deps)).map(entryKey) : [barrierKey(account)];
  for (const key of over) await deps.catalogue.transact([remove(entryEntity, key)]);
}

export async function barriers({ catalogue }: Store): Promise<EntryRow[]> {
  const standing: EntryRow[] = [];
  const query = { partition: { shard: 0 }, pageSize: PAGE, while: ({ kind }: EntryRow) => kind === 'REBUILD' };
  for await (const entry of rowsOf(catalogue, entryEntity, query)) standing.push(entry);
  return standing;
}

/** Whether nodes are being restored just now, or a run that was to restore some was cut off. */
export async function isRebuilding(deps: Store): Promise<boolean> {
  return (await barriers(deps)).some(({ phase }) => phase === 'TAKING');
}

function barrierKey(account: string | undefined): { readonly shard: number; readonly id: string } {
  return { shard: 0, id: account === undefined ? OF_ALL : `${OF_ALL}-${account}` };
}
