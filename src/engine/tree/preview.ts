import { mapBounded } from '../../platform/bounded.ts';
import { notFound, VarveError } from '../../platform/errors.ts';
import { EMPTY, type ObjectId, type Root } from '../blocks/block.ts';
import { childrenOfNode, getNode } from '../books/nodes.ts';
import { readObjectRows } from '../books/object-rows.ts';
import { type Roots, removalDrops } from '../books/plans.ts';
import { countRefs } from '../books/refs.ts';
import { entryEntity, type NodeRow } from '../books/rows.ts';
import type { RemovalPreview } from '../contract.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';

/** Nodes that are read side by side. */
const IN_FLIGHT = 8;

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
  const counts = new Map<string, Dropped>();
  for (const { node, roots, because } of removals) {
    const dropped = counts.get(node.domainId) ?? { times: new Map<ObjectId, number>(), first: new Map() };
    counts.set(node.domainId, dropped);
    for await (const batch of removalDrops(pagesOf(deps, node), roots)) {
      const ids = batch.map(({ id }) => id);
      for (const id of ids) if (!dropped.times.has(id)) dropped.first.set(id, because);
      countRefs(ids, 1, dropped.times);
      refs += batch.length;
      const limit = deps.limits.previewRefs;
      if (refs > limit) throw new VarveError('PreviewTooLarge', `more than ${limit} blocks`, { limit });
    }
  }
  const sum = { objects: 0, storedBytes: 0, keptBytes: 0 };
  const parts = nodeIds.map(() => 0);
  for (const [domainId, { times, first }] of counts) {
    const rows = await readObjectRows(deps.catalogue, domainId, times.keys());
    for (const [id, count] of times) {
      const row = rows.get(id);
      if (row === undefined) continue;
      if (row.refs !== count) {
        sum.keptBytes += row.storedBytes;
        continue;
      }
      const at = first.get(id) ?? 0;
      parts[at] = (parts[at] ?? 0) + row.storedBytes;
      sum.objects++;
      sum.storedBytes += row.storedBytes;
    }
  }
  return { ...sum, parts, settled: await isSettled(deps, accountId) };
}

/** Of one domain. */
interface Dropped {
  /** How often a reference to an object is dropped. */
  readonly times: Map<ObjectId, number>;
  /** The named node whose going drops the first of them. */
  readonly first: Map<ObjectId, number>;
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
  /** Which of the named nodes it is, or goes after. */
  readonly because: number;
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
  await mapBounded(nodeIds, IN_FLIGHT, sketch);
  for (const id of nodeIds) {
    const found = await sketch(id);
    if (found === undefined || found.node.hidden || !REMOVABLE.includes(found.node.kind))
      throw notFound('Snapshot', id);
    found.hidden = true;
  }
  const removals: Removal[] = [];
  const places = new Map(nodeIds.map((id, at) => [id, at]));
  const open = nodeIds.map((id, at) => ({ id, after: at }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { id, after } = next;
    const because = places.get(id) ?? after;
    const removal = await takeOut(sketch, id);
    if (removal === undefined) continue;
    removals.push({ ...removal, because });
    if (removal.node.parentId !== undefined) open.push({ id: removal.node.parentId, after: because });
  }
  return removals;
}

async function takeOut(
  sketch: (id: string) => Promise<Sketch | undefined>,
  id: string,
): Promise<Omit<Removal, 'because'> | undefined> {
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
