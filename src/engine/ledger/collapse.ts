import { check, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { EMPTY, type Root } from '../blocks/block.ts';
import { newEntry, noteChange, putEntry, saveEntry } from '../books/entries.ts';
import { childrenOfNode, edge, getNode, isMeasured, nodeKey, unchanged, VISIBLE } from '../books/nodes.ts';
import type { EntryRow, NodeRow } from '../books/rows.ts';
import { edgeEntity, nodeEntity } from '../books/rows.ts';
import type { EngineDeps } from '../deps.ts';

const ATTEMPTS = 20; // each one lost to a change of the node or its child

/**
 * Takes a hidden node with at most one child out of the tree; the child gets the node's parent.
 * Does nothing for any other node; one in the recycle bin is not hidden. Hidden nodes never gain
 * children, so the answer can only change from "not yet" to "now". A rebuild does give them some.
 * It changes the node with each, so a decision from before is refused. Returns the ledger entry of
 * the references that are to be dropped.
 */
export async function collapse(
  deps: EngineDeps,
  { accountId, nodeId, jobId }: Pick<EntryRow, 'accountId' | 'nodeId' | 'jobId'>,
): Promise<EntryRow | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const node = await getNode(deps, accountId, nodeId);
    if (node === undefined || !node.hidden) return undefined;
    const children = await childrenOfNode(deps, accountId, nodeId, 2);
    if (children.length > 1) return undefined;
    const [childId] = children;
    const child = childId === undefined ? undefined : await getNode(deps, accountId, childId);
    if (childId !== undefined && child?.parentId !== nodeId) continue;
    const entry = removalEntry(deps, node, child, jobId);
    const outcome = await deps.catalogue.transact([...removalWrites(deps, node, child), putEntry(entry)]);
    if (outcome.ok) return entry;
  }
  throw new VarveError('Throttled', `node ${nodeId} is changed too often to be removed now`, { retryAfterMs: 1000 });
}

function removalEntry(
  deps: EngineDeps,
  node: NodeRow,
  child: NodeRow | undefined,
  jobId: string | undefined,
): EntryRow {
  const { accountId, domainId, regionId } = node;
  const known = child !== undefined && isMeasured(child) && isMeasured(node);
  return newEntry(deps, {
    accountId,
    domainId,
    regionId,
    kind: 'REMOVAL',
    phase: 'DROPPING',
    nodeId: child?.id ?? node.id,
    jobId,
    roots: { out: node.root as Root, in: (child?.root ?? EMPTY) as Root, base: node.parentRoot as Root },
    thenCollapse: child === undefined ? node.parentId : undefined,
    // Own blocks of the child under its new parent: |E(in, base)| = |E(in, out)| + |E(out, base)| −
    // what is dropped.
    sum: known ? { blocks: child.ownBlocks + node.ownBlocks, bytes: child.ownBytes + node.ownBytes } : undefined,
  });
}

function removalWrites(deps: EngineDeps, node: NodeRow, child: NodeRow | undefined): Write[] {
  const { accountId, parentId } = node;
  // Both manifests follow before anything that this frees may go: reclaim waits for entries older
  // than a death.
  const writes: Write[] = [remove(nodeEntity, nodeKey(node), unchanged(node)), putEntry(saveEntry(deps, node))];
  if (parentId !== undefined) writes.push(remove(edgeEntity, edge(accountId, parentId, node.id)));
  if (child === undefined) return writes;
  const note = noteChange(deps, child);
  const adopted = { parentRoot: node.parentRoot, ...note.set };
  writes.push(
    ...note.writes,
    patch(nodeEntity, nodeKey(child), {
      set: parentId === undefined ? adopted : { ...adopted, parentId },
      remove: parentId === undefined ? ['parentId'] : [],
      when: unchanged(child),
    }),
    remove(edgeEntity, edge(accountId, node.id, child.id)),
  );
  if (parentId !== undefined) writes.push(put(edgeEntity, edge(accountId, parentId, child.id)));
  return writes;
}

/** Holds while a node may be given children. */
export const stillVisible = (node: NodeRow): Write => check(nodeEntity, nodeKey(node), VISIBLE);
