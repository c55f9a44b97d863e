import { patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { impossible, VarveError } from '../../platform/errors.ts';
import { newEntry, noteChange, putEntry } from '../books/entries.ts';
import {
  asContents,
  DRAFTS,
  edge,
  getNode,
  isVisible,
  nodeKey,
  unchanged,
  versionConflict,
  visibleNode,
} from '../books/nodes.ts';
import { type EntryRow, edgeEntity, type NodeRow, nodeEntity } from '../books/rows.ts';
import type { Decision } from '../commit/tree-transaction.ts';
import { requireWriter } from '../commit/writer.ts';
import type { AdoptDraft, OpenDraft } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { stillVisible } from '../ledger/collapse.ts';
import { childOf, insertAbove, measureLater } from './tree-heads.ts';

/**
 * A draft is a clone of the disk's present contents: the head's contents become a hidden node
 * (BASE), and the draft is another child of it. When the disk takes the draft's contents over, or
 * the draft is thrown away, the base has one child left and collapses like any deleted snapshot. So
 * a draft needs no rule of its own for references.
 */
export async function decideOpenDraft(
  deps: EngineDeps,
  input: OpenDraft,
  also: readonly Write[],
): Promise<Decision<NodeRow>> {
  const { accountId, headId, draftId, expectedVersion, fence, forReading = false } = input;
  const head = await visibleNode(deps, accountId, headId, ['HEAD']);
  if (!forReading) requireWriter(head, fence);
  if (head.version !== expectedVersion) throw versionConflict(head, expectedVersion);
  const contents = asContents(head);
  const common = { ...contents, id: draftId, kind: 'DRAFT', baseVersion: head.version } as const;
  const parent = head.parentId === undefined ? undefined : await getNode(deps, accountId, head.parentId);
  if (head.root === head.parentRoot && (head.parentId === undefined || (parent !== undefined && isVisible(parent)))) {
    // Nothing of its own: the draft may hang beside the head.
    const draft: NodeRow = { ...common, version: 0 };
    const headStays = patch(nodeEntity, nodeKey(head), { set: { hidden: false }, when: unchanged(head) });
    const beside =
      parent === undefined ? [] : [put(edgeEntity, edge(accountId, parent.id, draftId)), stillVisible(parent)];
    return { writes: [...listed(draft), headStays, ...beside, ...measureLater(deps, draft)], also, value: draft };
  }
  const bare: NodeRow = { ...contents, id: deps.ids.next('b'), kind: 'BASE', version: 0, hidden: true };
  const note = noteChange(deps, bare);
  const base: NodeRow = { ...bare, ...note.set };
  const draft: NodeRow = { ...common, ...childOf(base) };
  const writes = [
    ...insertAbove(deps, { head, node: base, note: noteChange(deps, head) }),
    ...note.writes,
    ...listed(draft),
    put(edgeEntity, edge(accountId, base.id, draftId)),
  ];
  return { writes: [...writes, ...measureLater(deps, base), ...measureLater(deps, draft)], also, value: draft };
}

/** A draft that is found by looking for drafts. */
export function listed(draft: NodeRow): Write[] {
  return [put(nodeEntity, draft), put(edgeEntity, edge(draft.accountId, DRAFTS, draft.id))];
}

export async function decideAdopt(
  deps: EngineDeps,
  { accountId, headId, draftId, fence }: AdoptDraft,
  also: readonly Write[],
): Promise<Decision<NodeRow> & { entry?: EntryRow }> {
  const draft = await getNode(deps, accountId, draftId);
  if (draft?.kind !== 'DRAFT') throw new VarveError('DraftClosed', `draft ${draftId} is not open`);
  const head = await visibleNode(deps, accountId, headId, ['HEAD']);
  requireWriter(head, fence);
  if (head.version !== draft.baseVersion) throw versionConflict(head, draft.baseVersion ?? -1);
  // As long as the version stands, every node between the draft's parent and the head has the
  // head's contents.
  if (head.parentRoot !== draft.parentRoot) throw impossible(`draft ${draftId} and its disk have come apart`);
  const { root, measuredRoot, measuredParentRoot, ownBlocks, ownBytes, totalBlocks, totalBytes } = draft;
  const taken = { root, measuredRoot, measuredParentRoot, ownBlocks, ownBytes, totalBlocks, totalBytes };
  const note = noteChange(deps, head);
  const set = { ...taken, version: head.version + 1, ...note.set };
  const writes: Write[] = [
    patch(nodeEntity, nodeKey(head), { set, when: unchanged(head) }),
    remove(nodeEntity, nodeKey(draft), unchanged(draft)),
    remove(edgeEntity, edge(accountId, DRAFTS, draftId)),
    ...note.writes,
  ];
  const value = { ...head, ...set };
  writes.push(...measureLater(deps, value));
  if (draft.parentId === undefined) return { writes, also, value };
  const { domainId, regionId } = draft;
  const entry = newEntry(deps, {
    accountId,
    domainId,
    regionId,
    kind: 'COLLAPSE',
    phase: 'READY',
    nodeId: draft.parentId,
  });
  writes.push(remove(edgeEntity, edge(accountId, draft.parentId, draftId)), putEntry(entry));
  return { writes, also, value, entry };
}
