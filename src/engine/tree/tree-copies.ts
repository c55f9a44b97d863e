import { patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { impossible } from '../../platform/errors.ts';
import { noteChange } from '../books/entries.ts';
import { DRAFTS, edge, nodeKey, unchanged, visibleNode } from '../books/nodes.ts';
import { registerDomain } from '../books/object-rows.ts';
import { edgeEntity, type NodeRow, nodeEntity } from '../books/rows.ts';
import { type Decision, transactDecision } from '../commit/tree-transaction.ts';
import type { BeginCopy, CopyRef, TreeCopies } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { stillVisible } from '../ledger/collapse.ts';
import { copyRest, copySteps, draftsOfCopy } from './copy-step.ts';
import { listed } from './tree-drafts.ts';
import { childOf, decideRelease, measureLater, NOTHING } from './tree-heads.ts';
import { type WithEntries, withEntries } from './with-entries.ts';

/**
 * A copy of a snapshot in another domain grows as a draft there, commit by commit, so everything
 * that holds for a commit holds for it (I2, I5). The draft is also the checkpoint: what it has and
 * the source has is done. A second draft, a child of the source, keeps the source's contents; both
 * leave no manifest. Each step is safe to repeat, and to be done by two at once:
 *
 *     A: reads both ─ copies objects ─ commits at 7 ────────────────────────── next step at 8
 *     B: reads both ─ copies the same ───────────── commits at 7: refused ─ reads both, at 8
 */
export function treeCopies(deps: EngineDeps): TreeCopies {
  return {
    beginCopy: async (input, also) => {
      await registerDomain(deps.catalogue, input);
      return transactDecision(deps.catalogue, () => decideBegin(deps, input, also));
    },
    copySteps: (input) => copySteps(deps, input),
    copyRest: (input) => copyRest(deps, input),
    finishCopy: (input, also) => withEntries(deps, () => decideFinish(deps, input, also)),
    abandonCopy: (input, also) => withEntries(deps, () => decideAbandon(deps, input, also)),
  };
}

async function decideBegin(deps: EngineDeps, input: BeginCopy, also: readonly Write[]): Promise<Decision<NodeRow>> {
  const { accountId, fromId, keepId, draftId, domainId, baseId } = input;
  const source = await visibleNode(deps, accountId, fromId, ['SNAPSHOT']);
  const base = baseId === undefined ? undefined : await visibleNode(deps, accountId, baseId, ['SNAPSHOT']);
  if (base !== undefined && base.domainId !== domainId) throw impossible(`${baseId} is of another domain`);
  const fresh = { accountId, kind: 'DRAFT', version: 0, hidden: false } as const;
  const keep: NodeRow = { ...fresh, id: keepId, ...placeOf(source), ...childOf(source) };
  const contents = base === undefined ? NOTHING : childOf(base);
  const draft: NodeRow = { ...fresh, id: draftId, ...placeOf(input), ...contents };
  const writes = [...newDraft(deps, keep, source), ...newDraft(deps, draft, base)];
  return { writes, also, value: draft };
}

const placeOf = ({ domainId, regionId, chainId }: Pick<NodeRow, 'domainId' | 'regionId' | 'chainId'>) => ({
  domainId,
  regionId,
  chainId,
});

function newDraft(deps: EngineDeps, draft: NodeRow, parent: NodeRow | undefined): Write[] {
  const { accountId, id } = draft;
  const below = parent === undefined ? [] : [put(edgeEntity, edge(accountId, parent.id, id)), stillVisible(parent)];
  return [...listed(draft), ...below, ...measureLater(deps, draft)];
}

/** I1 counts by root and parent, so a draft that becomes a snapshot where it stands moves none. */
async function decideFinish(
  deps: EngineDeps,
  ref: CopyRef,
  also: (node: NodeRow) => readonly Write[],
): Promise<WithEntries<NodeRow>> {
  const { accountId, keepId, draftId: id } = ref;
  const { keep, draft } = await draftsOfCopy(deps, ref);
  if (draft.root !== keep.root) throw impossible(`copy ${id} is not whole`);
  const snapshot: NodeRow = { ...draft, kind: 'SNAPSHOT' };
  const note = noteChange(deps, snapshot);
  const released = await decideRelease(deps, { accountId, nodeId: keepId }, []);
  const set = { kind: snapshot.kind, ...note.set };
  const writes = [
    patch(nodeEntity, nodeKey(draft), { set, when: unchanged(draft) }),
    remove(edgeEntity, edge(accountId, DRAFTS, id)),
    ...note.writes,
    ...released.writes,
  ];
  const entries = note.entry === undefined ? [released.entry] : [released.entry, note.entry];
  return { writes, also: also(snapshot), value: snapshot, entries };
}

async function decideAbandon(
  deps: EngineDeps,
  { accountId, keepId, draftId }: CopyRef,
  also: readonly Write[],
): Promise<WithEntries<void>> {
  const keep = await decideRelease(deps, { accountId, nodeId: keepId }, []);
  const draft = await decideRelease(deps, { accountId, nodeId: draftId }, []);
  const writes = [...keep.writes, ...draft.writes];
  return { writes, also, value: undefined, entries: [keep.entry, draft.entry] };
}
