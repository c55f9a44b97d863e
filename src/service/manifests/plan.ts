import { EMPTY } from '../../engine/blocks/block.ts';
import type { Manifest, SavedNode } from '../../engine/books/manifest.ts';
import type { NodeRow } from '../../engine/books/rows.ts';

export type NodeManifest = Manifest & { readonly node: SavedNode };

/**
 * Between the last version that a manifest names and the first after a rebuild. It is more than the
 * commits that any disk can have had since. So nobody who still holds a version from before can
 * write over what they have not seen.
 */
export const VERSION_GAP = 1_000_000;

/** Parents before children, heads last; what would go in a circle comes where it comes. */
export function inOrder(manifests: readonly Manifest[]): NodeManifest[] {
  const nodes = manifests.filter((manifest): manifest is NodeManifest => manifest.node !== undefined);
  const byId = new Map(nodes.map((manifest) => [manifest.id, manifest]));
  const ordered = new Set<NodeManifest>();
  const visit = (first: NodeManifest): void => {
    const path = [first];
    const entered = new Set<NodeManifest>();
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const parent = at.node.parentId === undefined ? undefined : byId.get(at.node.parentId);
      if (parent !== undefined && !ordered.has(parent) && !entered.has(parent)) {
        entered.add(at);
        path.push(parent);
      } else {
        ordered.add(at);
        path.pop();
      }
    }
  };
  for (const manifest of nodes.filter(({ node }) => node.kind !== 'HEAD').sort(byAge)) visit(manifest);
  for (const manifest of nodes.filter(({ node }) => node.kind === 'HEAD').sort(byAge)) visit(manifest);
  return [...ordered];
}

/** Ids tell when they were made. */
export const madeAt = (id: string): string => id.slice(id.lastIndexOf('-') + 1);

function byAge(a: Manifest, b: Manifest): number {
  return madeAt(a.id) < madeAt(b.id) ? -1 : 1;
}

/**
 * The node's row in the new catalogue, below its parent, or where that is not there (any more)
 * below the youngest snapshot of its chain that was made before it. Any parent is right (I1 follows
 * from it); a near one keeps sizes and changed blocks as they were.
 */
export function rowOf(
  { node }: NodeManifest,
  restored: ReadonlyMap<string, NodeRow>,
): { row: NodeRow; moved: boolean } {
  const { parentId, ...rest } = node;
  const parent = node.kind === 'HEAD' ? parentOfHead(node, restored) : parentOf(node, restored);
  const version = node.kind === 'HEAD' ? node.version + VERSION_GAP : node.version;
  const row: NodeRow = {
    ...rest,
    version,
    // Above each number that a writer from before can have: none has been made more often than the
    // gap is wide.
    ...(node.kind === 'HEAD' && { writerFence: version }),
    ...(parent !== undefined && { parentId: parent.id }),
    parentRoot: parent?.root ?? EMPTY,
  };
  return { row, moved: node.kind === 'HEAD' || parent?.id !== parentId };
}

function parentOf(node: SavedNode, restored: ReadonlyMap<string, NodeRow>): NodeRow | undefined {
  return node.parentId === undefined ? undefined : (restored.get(node.parentId) ?? nearest(node, restored));
}

/**
 * A snapshot puts itself between the head and the head's parent, and the head's manifest does not
 * follow. So the head stands below the last of the snapshots that were taken of it since its
 * manifest was written. Such a snapshot is at its version or later, because a change of the head's
 * place raises the version:
 *
 *     head's manifest: version 7, below P      snapshots: S taken at 7, below P · T taken at 9, below S      → the head is below T
 */
export function parentOfHead<Node extends SavedNode>(
  head: SavedNode,
  nodes: ReadonlyMap<string, Node>,
): Node | undefined {
  const taken = [...nodes.values()].filter((node) => isTakenSince(head, node));
  let parent = head.parentId === undefined ? undefined : nodes.get(head.parentId);
  if (head.parentId !== undefined && parent === undefined) {
    const above = new Set(taken.map(({ parentId }) => parentId));
    return taken.find(({ id }) => !above.has(id)) ?? nearest(head, nodes);
  }
  const below = new Map(taken.map((node) => [node.parentId, node]));
  for (let next = below.get(parent?.id); next !== undefined; next = below.get(next.id)) {
    below.delete(next.parentId);
    parent = next;
  }
  return parent;
}

function isTakenSince(head: SavedNode, { kind, chainId, domainId, baseVersion = -1 }: SavedNode): boolean {
  const isOfHead = kind === 'SNAPSHOT' && chainId === head.chainId && domainId === head.domainId;
  return isOfHead && baseVersion >= head.version;
}

function nearest<Node extends SavedNode>(node: SavedNode, restored: ReadonlyMap<string, Node>): Node | undefined {
  let best: Node | undefined;
  for (const other of restored.values()) {
    if (other.chainId !== node.chainId || other.domainId !== node.domainId || other.kind === 'HEAD') continue;
    if (node.kind !== 'HEAD' && madeAt(other.id) >= madeAt(node.id)) continue;
    if (best === undefined || madeAt(other.id) > madeAt(best.id)) best = other;
  }
  return best;
}
