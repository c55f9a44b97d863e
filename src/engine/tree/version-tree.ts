import { equal, patch, type Write } from '../../platform/catalogue/port.ts';
import { entryKey, newEntry, noteChange, putEntry, saveAsSeen, saveEntry } from '../books/entries.ts';
import { getNode, nodeKey, visibleNode } from '../books/nodes.ts';
import { registerDomain } from '../books/object-rows.ts';
import { type EntryRow, nodeEntity } from '../books/rows.ts';
import { commit } from '../commit/commit.ts';
import { type Decision, transactDecision } from '../commit/tree-transaction.ts';
import { decideHold, decideUnhold } from '../commit/writer.ts';
import type { NodeRef, OfJob, TreeResult, VersionTree } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { saveFirst } from '../ledger/manifests.ts';
import { previewRemoval } from './preview.ts';
import { treeCopies } from './tree-copies.ts';
import { decideAdopt, decideOpenDraft } from './tree-drafts.ts';
import { decideCreate, decideRelease, decideRollback, decideSnapshot } from './tree-heads.ts';

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
    hold: (input, also) => transactDecision(deps.catalogue, () => decideHold(deps, input, also)),
    unhold: (input, also) => transactDecision(deps.catalogue, () => decideUnhold(deps, input, also)),
    commit: (input) => commit(deps, input),
    openDraft: (input, also) => transactDecision(deps.catalogue, () => decideOpenDraft(deps, input, also)),
    adoptDraft: (input, also) => withEntry(() => decideAdopt(deps, input, also)),
    noted: (subject) => putEntry(saveEntry(deps, subject)),
    ...treeCopies(deps),
    previewRemoval: (accountId, nodeIds) => previewRemoval(deps, accountId, nodeIds),
  };
}

interface How<T> {
  readonly readBefore: boolean;
  /** Answers whether the work is done. */
  readonly doHere: (entry: EntryRow, value: T) => Promise<boolean>;
}

async function decideRemove(
  deps: EngineDeps,
  { accountId, nodeId, jobId }: NodeRef & OfJob,
  also: readonly Write[],
): Promise<Decision<void> & { entry: EntryRow }> {
  const node = await visibleNode(deps, accountId, nodeId, ['SNAPSHOT', 'IMAGE']);
  const { domainId, regionId } = node;
  const entry = newEntry(deps, { accountId, domainId, regionId, kind: 'COLLAPSE', phase: 'READY', nodeId, jobId });
  const note = noteChange(deps, node);
  const when = [equal('hidden', false), saveAsSeen(node)];
  const hide = patch(nodeEntity, nodeKey(node), { set: { hidden: true, ...note.set }, when });
  return { writes: [hide, putEntry(entry), ...note.writes], also, value: undefined, entry };
}
