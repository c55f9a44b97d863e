import { entryKey, putEntry, saveEntry } from '../books/entries.ts';
import { getNode } from '../books/nodes.ts';
import { registerDomain } from '../books/object-rows.ts';
import type { EntryRow } from '../books/rows.ts';
import { commit } from '../commit/commit.ts';
import { type Decision, transactDecision } from '../commit/tree-transaction.ts';
import { decideHold, decideUnhold } from '../commit/writer.ts';
import type { TreeResult, VersionTree } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { saveFirst } from '../ledger/manifests.ts';
import { previewRemoval } from './preview.ts';
import { treeCopies } from './tree-copies.ts';
import { decideAdopt, decideOpenDraft } from './tree-drafts.ts';
import { decideCreate, decideRelease, decideRollback, decideSnapshot } from './tree-heads.ts';
import { treeImports } from './tree-imports.ts';
import { decidePurge, decideRemove, decideTrash, decideUntrash } from './tree-trash.ts';

export function createVersionTree(deps: EngineDeps): VersionTree {
  /**
   * Carries out a decision that leaves background work, and wakes a worker for it, unless it is
   * done here.
   */
  const withEntry = async <T>(
    decide: () => Promise<Decision<T> & { entry?: EntryRow }>,
    { readBefore = false, doHere = async () => false }: Partial<How<T>> = {},
  ): Promise<TreeResult<T>> => {
    let entry: EntryRow | undefined;
    const result = await transactDecision(
      deps.catalogue,
      async () => {
        const decision = await decide();
        entry = decision.entry;
        return decision;
      },
      { readBefore },
    );
    if (result.ok && entry !== undefined && !(await doHere(entry, result.value))) {
      await deps.queue.send([{ kind: 'entry', ...entryKey(entry) }]);
    }
    return result;
  };

  return {
    get: (accountId, nodeId) => getNode(deps, accountId, nodeId),
    createHead: async (input, also) => {
      await registerDomain(deps.catalogue, input);
      return transactDecision(deps.catalogue, () => decideCreate(deps, input, also));
    },
    snapshot: (input, also) =>
      withEntry(() => decideSnapshot(deps, input, also), {
        readBefore: input.head !== undefined,
        doHere: (entry, node) => saveFirst(deps, entry, node, input.about),
      }),
    rollback: (input, also) => withEntry(() => decideRollback(deps, input, also)),
    release: (input, also) => withEntry(() => decideRelease(deps, input, also)),
    remove: (input, also) => withEntry(() => decideRemove(deps, input, also)),
    trash: (input, also) => transactDecision(deps.catalogue, () => decideTrash(deps, input, also)),
    untrash: (input, also) => transactDecision(deps.catalogue, () => decideUntrash(deps, input, also)),
    purge: (input, also) => withEntry(() => decidePurge(deps, input, also)),
    hold: (input, also) => transactDecision(deps.catalogue, () => decideHold(deps, input, also)),
    unhold: (input, also) => transactDecision(deps.catalogue, () => decideUnhold(deps, input, also)),
    commit: (input) => commit(deps, input),
    openDraft: (input, also) => transactDecision(deps.catalogue, () => decideOpenDraft(deps, input, also)),
    adoptDraft: (input, also) => withEntry(() => decideAdopt(deps, input, also)),
    noted: (subject) => putEntry(saveEntry(deps, subject)),
    ...treeCopies(deps),
    ...treeImports(deps),
    previewRemoval: (accountId, nodeIds) => previewRemoval(deps, accountId, nodeIds),
  };
}

interface How<T> {
  readonly readBefore: boolean;
  /** Answers whether the work is done. */
  readonly doHere: (entry: EntryRow, value: T) => Promise<boolean>;
}
