import { equal, patch, type Write } from '../../platform/catalogue/port.ts';
import { newEntry, noteChange, putEntry, saveAsSeen } from '../books/entries.ts';
import { nodeKey, trashedNode, unchanged, VISIBLE, visibleNode } from '../books/nodes.ts';
import { type EntryRow, type NodeRow, nodeEntity } from '../books/rows.ts';
import type { Decision } from '../commit/tree-transaction.ts';
import { withoutWriter } from '../commit/writer.ts';
import type { NodeRef, OfJob } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { releaseOf } from './tree-heads.ts';

/**
 * What can be deleted, and brought back meanwhile. In the recycle bin a node is what it was: its
 * root, its parent, its references and its manifest stay, it is no candidate for a collapse, and
 * its children stand on it. Only nobody sees it, so it gets no new children and no commits. Each of
 * the three changes has the condition that the node is still where it was read:
 *
 *     visible ── trash ──▶ trashed ── purge ──▶ hidden ── collapse ──▶ gone
 *        ▲                    │
 *        └───── untrash ──────┘
 */
export async function decideTrash(
  deps: EngineDeps,
  { accountId, nodeId }: NodeRef,
  also: readonly Write[],
): Promise<Decision<NodeRow>> {
  const node = await visibleNode(deps, accountId, nodeId, ['SNAPSHOT', 'IMAGE', 'HEAD']);
  const note = noteChange(deps, node);
  // Who wrote to a head does so no longer, also after it has come back.
  const set = { trashed: true, ...withoutWriter(node), ...note.set };
  const when = node.kind === 'HEAD' ? unchanged(node) : [...VISIBLE, saveAsSeen(node)];
  const writes = [patch(nodeEntity, nodeKey(node), { set, when }), ...note.writes];
  return { writes, also, value: { ...node, ...set } };
}

export async function decideUntrash(
  deps: EngineDeps,
  { accountId, nodeId }: NodeRef,
  also: readonly Write[],
): Promise<Decision<NodeRow>> {
  const node = await trashedNode(deps, accountId, nodeId);
  const note = noteChange(deps, node);
  const when = [equal('trashed', true), saveAsSeen(node)];
  const back = patch(nodeEntity, nodeKey(node), { set: note.set, remove: ['trashed'], when });
  const { trashed: _, ...restored } = node;
  return { writes: [back, ...note.writes], also, value: { ...restored, ...note.set } };
}

/** From here on all is as if it had been deleted at once. */
export async function decidePurge(
  deps: EngineDeps,
  { accountId, nodeId, jobId }: NodeRef & OfJob,
  also: readonly Write[],
): Promise<Decision<void> & { entry: EntryRow }> {
  const node = await trashedNode(deps, accountId, nodeId);
  if (node.kind === 'HEAD') return releaseOf(deps, node, jobId, also);
  return hide(deps, node, { jobId, also });
}

export async function decideRemove(
  deps: EngineDeps,
  { accountId, nodeId, jobId }: NodeRef & OfJob,
  also: readonly Write[],
): Promise<Decision<void> & { entry: EntryRow }> {
  const node = await visibleNode(deps, accountId, nodeId, ['SNAPSHOT', 'IMAGE']);
  return hide(deps, node, { jobId, also });
}

/** It is taken out of the tree as soon as it has at most one child. */
function hide(
  deps: EngineDeps,
  node: NodeRow,
  { jobId, also }: { readonly jobId: string | undefined; readonly also: readonly Write[] },
): Decision<void> & { entry: EntryRow } {
  const { accountId, domainId, regionId, id: nodeId } = node;
  const entry = newEntry(deps, { accountId, domainId, regionId, kind: 'COLLAPSE', phase: 'READY', nodeId, jobId });
  const note = noteChange(deps, node);
  const where = node.trashed === true ? [equal('trashed', true)] : VISIBLE;
  const change = { set: { hidden: true, ...note.set }, when: [...where, saveAsSeen(node)] };
  const hidden = patch(nodeEntity, nodeKey(node), { ...change, remove: node.trashed === true ? ['trashed'] : [] });
  return { writes: [hidden, putEntry(entry), ...note.writes], also, value: undefined, entry };
}
