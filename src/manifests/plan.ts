import { EMPTY } from '../engine/block.ts';
import type { Manifest, SavedNode } from '../engine/manifest.ts';
import type { NodeRow } from '../engine/rows.ts';

export type NodeManifest = Manifest & { readonly node: SavedNode };

/**
 * Between the last version that a manifest tells and the first after a rebuild: more than any disk can have been committed to since, so that nobody
 * who still holds a version from before can write over what he has not seen.
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
 * The node's row in the new catalogue, below its parent, or where that is not there (any more) below the youngest snapshot of its chain that was made
 * before it. Any parent is right (I1 follows from it); a near one keeps sizes and changed blocks as they were.
 */
export function rowOf(
  { node }: NodeManifest,
  restored: ReadonlyMap<string, NodeRow>,
): { row: NodeRow; moved: boolean } {
  const { parentId, ...rest } = node;
  const parent = parentId === undefined ? undefined : (restored.get(parentId) ?? nearest(node, restored));
  const version = node.kind === 'HEAD' ? node.version + VERSION_GAP : node.version;
  const row: NodeRow = {
    ...rest,
    version,
    // Above each number that a writer from before can have: none has been made more often than the gap is wide.
    ...(node.kind === 'HEAD' && { writerFence: version }),
    ...(parent !== undefined && { parentId: parent.id }),
    parentRoot: parent?.root ?? EMPTY,
  };
  return { row, moved: node.kind === 'HEAD' || parent?.id !== parentId };
}

function nearest(node: SavedNode, restored: ReadonlyMap<string, NodeRow>): NodeRow | undefined {
  let best: NodeRow | undefined;
  for (const other of restored.values()) {
    if (other.chainId !== node.chainId || other.domainId !== node.domainId || other.kind === 'HEAD') continue;
    if (node.kind !== 'HEAD' && madeAt(other.id) >= madeAt(node.id)) continue;
    if (best === undefined || madeAt(other.id) > madeAt(best.id)) best = other;
  }
  return best;
}
