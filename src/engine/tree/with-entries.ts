import { entryKey } from '../books/entries.ts';
import type { EntryRow } from '../books/rows.ts';
import { type Decision, transactDecision } from '../commit/tree-transaction.ts';
import type { TreeResult } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';

/** A decision that leaves background work of several kinds. */
export type WithEntries<T> = Decision<T> & { readonly entries: readonly EntryRow[] };

/** Carries it out, and wakes workers for what it leaves. */
export async function withEntries<T>(deps: EngineDeps, decide: () => Promise<WithEntries<T>>): Promise<TreeResult<T>> {
  let entries: readonly EntryRow[] = [];
  const result = await transactDecision(deps.catalogue, async () => {
    const decision = await decide();
    entries = decision.entries;
    return decision;
  });
  if (result.ok) await deps.queue.send(entries.map((entry) => ({ kind: 'entry', ...entryKey(entry) })));
  return result;
}
