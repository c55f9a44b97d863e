import { equal, patch } from '../../platform/catalogue/port.ts';
import type { ObjectId, Root } from '../blocks/block.ts';
import { type Interest, walk } from '../blocks/walk.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';
import { getNode, isMeasured, nodeKey } from './nodes.ts';
import { readObjectRows } from './object-rows.ts';
import { type NodeRow, nodeEntity } from './rows.ts';

/**
 * Counts a node's sizes again from its contents, and keeps them if the node is still the same.
 * False when time ran out before the end: the node then stays unmeasured.
 */
export async function measure(deps: EngineDeps, accountId: string, nodeId: string, until: number): Promise<boolean> {
  const node = await getNode(deps, accountId, nodeId);
  if (node === undefined || isMeasured(node)) return true;
  const own = await sizes(
    deps,
    node,
    [node.root as Root, node.parentRoot as Root],
    ([root, base]) => root !== undefined && root !== base,
    until,
  );
  const total = own && (await sizes(deps, node, [node.root as Root], ([root]) => root !== undefined, until));
  if (own === undefined || total === undefined) return false;
  await deps.catalogue.transact([
    patch(nodeEntity, nodeKey(node), {
      set: {
        ownBlocks: own.blocks,
        ownBytes: own.bytes,
        totalBlocks: total.blocks,
        totalBytes: total.bytes,
        measuredRoot: node.root,
        measuredParentRoot: node.parentRoot,
      },
      when: [equal('root', node.root), equal('parentRoot', node.parentRoot)],
    }),
  ]);
  const after = await getNode(deps, accountId, nodeId);
  return after === undefined || isMeasured(after);
}

async function sizes(
  deps: EngineDeps,
  node: NodeRow,
  roots: readonly Root[],
  interest: Interest,
  until: number,
): Promise<{ blocks: number; bytes: number } | undefined> {
  const sum = { blocks: 0, bytes: 0 };
  for await (const positions of walk(pagesOf(deps, node), roots, interest)) {
    if (deps.clock.now() >= until) return undefined;
    const ids = positions.flatMap(({ height, ids: [id] }) => (height === 0 && id !== undefined ? [id] : []));
    const rows = await readObjectRows(deps.catalogue, node.domainId, new Set<ObjectId>(ids));
    sum.blocks += ids.length;
    for (const id of ids) sum.bytes += rows.get(id)?.storedBytes ?? 0;
  }
  return sum;
}
