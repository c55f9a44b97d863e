import { patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { EMPTY, type Root } from '../blocks/block.ts';
import {
  firstSaveEntry,
  measureEntry,
  type Note,
  newEntry,
  noteChange,
  putEntry,
  saveEntry,
} from '../books/entries.ts';
import {
  asContents,
  DRAFTS,
  edge,
  getNode,
  isMeasured,
  nodeKey,
  requireVisible,
  UNMEASURED,
  unchanged,
  versionConflict,
  visibleNode,
} from '../books/nodes.ts';
import { type EntryRow, edgeEntity, type NodeRow, nodeEntity } from '../books/rows.ts';
import type { Decision } from '../commit/tree-transaction.ts';
import { withoutWriter } from '../commit/writer.ts';
import type { CreateHead, NodeRef, OfJob, RollBack, SnapshotHead } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { stillVisible } from '../ledger/collapse.ts';

/**
 * Decisions of the version tree that concern a disk's head: what is written, nothing is done yet.
 */

export async function decideCreate(
  deps: EngineDeps,
  input: CreateHead,
  also: readonly Write[],
): Promise<Decision<NodeRow>> {
  const { accountId, nodeId, domainId, regionId, chainId, fromId, kind = 'HEAD' } = input;
  const fresh = {
    accountId,
    id: nodeId,
    kind,
    domainId,
    regionId,
    chainId,
    version: 0,
    hidden: false,
  } as const;
  if (fromId === undefined) {
    const node = { ...fresh, ...NOTHING };
    return { writes: newNode(deps, node), also, value: node };
  }
  const origin = await visibleNode(deps, accountId, fromId, ['SNAPSHOT', 'IMAGE']);
  const node = { ...fresh, ...childOf(origin) };
  const writes = [...newNode(deps, node), put(edgeEntity, edge(accountId, origin.id, nodeId)), stillVisible(origin)];
  return { writes: [...writes, ...measureLater(deps, node)], also, value: node };
}

/**
 * The head's manifest need not follow: that of the snapshot tells, by the version it was taken at,
 * that the head stands below it.
 */
export async function decideSnapshot(
  deps: EngineDeps,
  { accountId, headId, snapshotId, head: asRead }: SnapshotHead,
  also: (node: NodeRow) => readonly Write[],
): Promise<Decision<NodeRow> & { entry: EntryRow }> {
  const head = requireVisible(asRead ?? (await getNode(deps, accountId, headId)), headId, ['HEAD']);
  const fresh = { id: snapshotId, kind: 'SNAPSHOT', version: 0, baseVersion: head.version } as const;
  const node: NodeRow = { ...asContents(head), ...fresh };
  const saved = firstSaveEntry(deps, node);
  // Taken already, by a faster call with the same id: putting the node is refused then, and so
  // nothing is written.
  const above =
    head.parentId === snapshotId ? [put(nodeEntity, node)] : insertAbove(deps, { head, node, note: NO_NOTE });
  const writes = [...above, ...measureLater(deps, node), putEntry(saved)];
  return { writes, also: also(node), value: node, entry: saved };
}

/** A node that was not there before, and the note that has its manifest written. */
export function newNode(deps: EngineDeps, node: NodeRow): Write[] {
  const note = noteChange(deps, node);
  return [put(nodeEntity, { ...node, ...note.set }), ...note.writes];
}

const NO_NOTE: Note = { set: {}, writes: [] };

/**
 * `node` takes the head's place in the tree, and the head becomes its child; `note` is of the head.
 */
export function insertAbove(
  deps: EngineDeps,
  { head, node, note }: { readonly head: NodeRow; readonly node: NodeRow; readonly note: Note },
): Write[] {
  const { accountId, parentId } = head;
  const { root, version: _version, ...moved } = childOf(node);
  const writes = [
    put(nodeEntity, node),
    patch(nodeEntity, nodeKey(head), { set: { ...moved, ...note.set }, when: unchanged(head) }),
    ...note.writes,
    put(edgeEntity, edge(accountId, node.id, head.id)),
    ...measureLater(deps, { ...head, ...moved }),
  ];
  if (parentId !== undefined) {
    writes.push(
      remove(edgeEntity, edge(accountId, parentId, head.id)),
      put(edgeEntity, edge(accountId, parentId, node.id)),
    );
  }
  return writes;
}

export async function decideRollback(
  deps: EngineDeps,
  { accountId, headId, toId, expectedVersion, jobId }: RollBack,
  also: readonly Write[],
): Promise<Decision<NodeRow> & { entry: EntryRow }> {
  const head = await visibleNode(deps, accountId, headId, ['HEAD']);
  if (expectedVersion !== undefined && head.version !== expectedVersion) throw versionConflict(head, expectedVersion);
  const target = toId === undefined ? undefined : await visibleNode(deps, accountId, toId, ['SNAPSHOT', 'IMAGE']);
  const note = noteChange(deps, head);
  const contents = target === undefined ? NOTHING : childOf(target);
  const rolled = { ...contents, version: head.version + 1, ...withoutWriter(head), ...note.set };
  const { parentId: before, ...rest } = head;
  const moves = before !== target?.id;
  const entry = lossOf(deps, head, moves ? before : undefined, jobId);
  const orphaned = target === undefined && before !== undefined ? (['parentId'] as const) : [];
  const writes = [
    patch(nodeEntity, nodeKey(head), { set: rolled, remove: orphaned, when: unchanged(head) }),
    ...(target === undefined ? [] : [stillVisible(target)]),
    putEntry(entry),
    ...note.writes,
  ];
  if (moves) {
    if (target !== undefined) writes.push(put(edgeEntity, edge(accountId, target.id, headId)));
    if (before !== undefined) writes.push(remove(edgeEntity, edge(accountId, before, headId)));
  }
  const value: NodeRow = { ...rest, ...rolled };
  return { writes: [...writes, ...measureLater(deps, value)], also, value, entry };
}

export async function decideRelease(
  deps: EngineDeps,
  { accountId, nodeId, jobId }: NodeRef & OfJob,
  also: readonly Write[],
): Promise<Decision<void> & { entry: EntryRow }> {
  const head = await visibleNode(deps, accountId, nodeId, ['HEAD', 'DRAFT']);
  return releaseOf(deps, head, jobId, also);
}

/** The same of a head that was read, whether anybody sees it or not. */
export function releaseOf(
  deps: EngineDeps,
  head: NodeRow,
  jobId: string | undefined,
  also: readonly Write[],
): Decision<void> & { entry: EntryRow } {
  const { accountId, id: nodeId } = head;
  const entry = lossOf(deps, head, head.parentId, jobId);
  const isDraft = head.kind === 'DRAFT';
  const gone = isDraft ? remove(edgeEntity, edge(accountId, DRAFTS, nodeId)) : putEntry(saveEntry(deps, head));
  const writes = [remove(nodeEntity, nodeKey(head), unchanged(head)), putEntry(entry), gone];
  if (head.parentId !== undefined) writes.push(remove(edgeEntity, edge(accountId, head.parentId, nodeId)));
  return { writes, also, value: undefined, entry };
}

/** The entry for a head that loses its contents: E(root, parentRoot) is to be dropped. */
function lossOf(
  deps: EngineDeps,
  head: NodeRow,
  thenCollapse: string | undefined,
  jobId: string | undefined,
): EntryRow {
  const { accountId, domainId, regionId, id } = head;
  const roots = { out: head.root as Root, in: EMPTY, base: head.parentRoot as Root };
  return newEntry(deps, {
    accountId,
    domainId,
    regionId,
    kind: 'REMOVAL',
    phase: 'DROPPING',
    nodeId: id,
    roots,
    thenCollapse,
    jobId,
  });
}

/** What a head has as a child of `parent` with the same contents. */
export function childOf(parent: NodeRow) {
  const { id, root, totalBlocks, totalBytes } = parent;
  const measured = nothingOwn(root);
  const known = isMeasured(parent) ? measured : { ...measured, measuredRoot: UNMEASURED };
  return { root, version: 0, parentId: id, parentRoot: root, ...known, totalBlocks, totalBytes };
}

/** A node whose sizes are not known gets them from the worker. */
export function measureLater(deps: EngineDeps, node: NodeRow): Write[] {
  return isMeasured(node) ? [] : [putEntry(measureEntry(deps, node))];
}

/** Contents that are all zeros, with nothing above them. */
export const NOTHING = { root: EMPTY, parentRoot: EMPTY, ...nothingOwn(EMPTY), totalBlocks: 0, totalBytes: 0 };

function nothingOwn(root: string) {
  return { measuredRoot: root, measuredParentRoot: root, ownBlocks: 0, ownBytes: 0 };
}
