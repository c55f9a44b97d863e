import { notFound, VarveError } from '../../platform/errors.ts';
import { EMPTY, type ObjectId, type Root } from '../blocks/block.ts';
import { childrenOfNode, getNode } from '../books/nodes.ts';
import { readObjectRows } from '../books/object-rows.ts';
import { type Roots, removalDrops } from '../books/plans.ts';
import { countRefs } from '../books/refs.ts';
import { entryEntity, type NodeRow } from '../books/rows.ts';
import type { RemovalPreview } from '../contract.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';

/**
 * Plays the deletion of these nodes through on a copy of their part of the tree, adds up the
 * references that this drops, and counts the objects of which none would be left. Exact once all
 * earlier changes have been worked off (`settled`).
 */
export async function previewRemoval(
  deps: EngineDeps,
  accountId: string,
  nodeIds: readonly string[],
): Promise<RemovalPreview> {
  const removals = await planRemovals(deps, accountId, nodeIds);
  let refs = 0;
  const counts = new Map<string, Map<ObjectId, number>>();
  for (const { node, roots } of removals) {
    const ofDomain = counts.get(node.domainId) ?? new Map<ObjectId, number>();
    counts.set(node.domainId, ofDomain);
    for await (const batch of removalDrops(pagesOf(deps, node), roots)) {
      countRefs(
        batch.map(({ id }) => id),
        1,
        ofDomain,
      );
      refs += batch.length;
      const limit = deps.limits.previewRefs;
      if (refs > limit) throw new VarveError('PreviewTooLarge', `more than ${limit} blocks`, { limit });
    }
  }
  const sum = { objects: 0, storedBytes: 0 };
  for (const [domainId, ofDomain] of counts) {
    const rows = await readObjectRows(deps.catalogue, domainId, ofDomain.keys());
    for (const [id, count] of ofDomain) {
      const row = rows.get(id);
      if (row === undefined || row.refs !== count) continue;
      sum.objects++;
      sum.storedBytes += row.storedBytes;
    }
  }
  return { ...sum, settled: await isSettled(deps, accountId) };
}

/**
 * Whether all earlier changes have been worked off, so that no more comes to be freed by itself.
 */
export async function isSettled({ catalogue }: Pick<EngineDeps, 'catalogue'>, accountId: string): Promise<boolean> {
  const query = { index: 'byAccount' as const, partition: { changesOf: accountId }, limit: 1 };
  return (await catalogue.list(entryEntity, query)).rows.length === 0;
}

/** A head goes when its disk is released. */
const REMOVABLE: readonly NodeRow['kind'][] = ['SNAPSHOT', 'IMAGE', 'HEAD'];

interface Removal {
  readonly node: NodeRow;
  readonly roots: Roots;
}

interface Sketch {
  node: NodeRow;
  hidden: boolean;
  children: Set<string>;
}

async function planRemovals(deps: EngineDeps, accountId: string, nodeIds: readonly string[]): Promise<Removal[]> {
  const sketches = new Map<string, Sketch>();
  // Removing n leaves can bring a node's children down by n at most: of so many and two more, at
  // least two are left.
  const enough = nodeIds.length + 2;
  const sketch = async (id: string): Promise<Sketch | undefined> => {
    const known = sketches.get(id);
    if (known !== undefined) return known;
    const node = await getNode(deps, accountId, id);
    if (node === undefined) return undefined;
    const sketched = {
      node,
      hidden: node.hidden,
      children: new Set(await childrenOfNode(deps, accountId, id, enough)),
    };
    sketches.set(id, sketched);
    return sketched;
  };
  for (const id of nodeIds) {
    const found = await sketch(id);
    if (found === undefined || found.node.hidden || !REMOVABLE.includes(found.node.kind))
      throw notFound('Snapshot', id);
    found.hidden = true;
  }
  const removals: Removal[] = [];
  const open = [...nodeIds];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const removal = await takeOut(sketch, id);
    if (removal === undefined) continue;
    removals.push(removal);
    if (removal.node.parentId !== undefined) open.push(removal.node.parentId);
  }
  return removals;
}

async function takeOut(sketch: (id: string) => Promise<Sketch | undefined>, id: string): Promise<Removal | undefined> {
  const found = await sketch(id);
  if (found === undefined || !found.hidden || found.children.size > 1) return undefined;
  const { node } = found;
  const parent = node.parentId === undefined ? undefined : await sketch(node.parentId);
  const [childId] = found.children;
  const child = childId === undefined ? undefined : await sketch(childId);
  parent?.children.delete(id);
  if (child !== undefined) {
    const { parentId: _gone, ...orphan } = child.node;
    child.node = {
      ...orphan,
      parentRoot: node.parentRoot,
      ...(node.parentId !== undefined && { parentId: node.parentId }),
    };
    parent?.children.add(child.node.id);
  }
  found.hidden = false; // done with: never looked at again
  return {
    node,
    roots: { out: node.root as Root, in: (child?.node.root ?? EMPTY) as Root, base: node.parentRoot as Root },
  };
}
