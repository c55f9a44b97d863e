import { BLOCK_BYTES, type ObjectId, type Root } from '../blocks/block.ts';
import type { PageSource } from '../blocks/page-source.ts';
import { blocksBelow, childrenOf, type Subtree, subtreeAt, topOf, walk } from '../blocks/walk.ts';
import type { DamagedPlace, NodeRow } from '../books/rows.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';
import { tolerantPages } from './tolerant-pages.ts';

interface Place {
  readonly id: ObjectId;
  readonly height: number;
  readonly index: number;
}

/** Of one object in one node no more places than this are followed into the node's children. */
const PLACES_FOLLOWED = 1000;

/**
 * Where some objects of a domain are needed: in which nodes, and the first offset in each. What a
 * node shares with its parent is found in the parent, so the cost is that of each node's own part,
 * and of a path for each place. Parts behind damaged pages cannot be seen.
 */
export async function trace(
  deps: EngineDeps,
  nodes: readonly NodeRow[],
  ids: ReadonlySet<ObjectId>,
): Promise<Map<ObjectId, DamagedPlace[]>> {
  const found = new Map<ObjectId, DamagedPlace[]>();
  const placesOf = new Map<string, readonly Place[]>();
  for (const node of parentsFirst(nodes)) {
    const pages = tolerantPages(pagesOf(deps, node), () => undefined);
    const inherited = node.parentId === undefined ? [] : (placesOf.get(node.parentId) ?? []);
    const places = [...(await stillThere(pages, node.root as Root, inherited)), ...(await own(pages, node, ids))];
    placesOf.set(node.id, places);
    for (const [id, offsetBytes] of firstOffsets(places)) {
      const list = found.get(id) ?? [];
      list.push({ nodeId: node.id, offsetBytes });
      found.set(id, list);
    }
  }
  return found;
}

function firstOffsets(places: readonly Place[]): Map<ObjectId, number> {
  const first = new Map<ObjectId, number>();
  for (const { id, height, index } of places) {
    const offsetBytes = index * blocksBelow(height) * BLOCK_BYTES;
    first.set(id, Math.min(offsetBytes, first.get(id) ?? offsetBytes));
  }
  return first;
}

async function own(pages: PageSource, node: NodeRow, ids: ReadonlySet<ObjectId>): Promise<Place[]> {
  const places: Place[] = [];
  const times = new Map<ObjectId, number>();
  const roots = [node.root as Root, node.parentRoot as Root];
  for await (const batch of walk(pages, roots, ([id, base]) => id !== undefined && id !== base)) {
    for (const { height, index, ids: at } of batch) {
      const [id, base] = at;
      if (id === undefined || id === base || !ids.has(id)) continue;
      const before = times.get(id) ?? 0;
      times.set(id, before + 1);
      if (before < PLACES_FOLLOWED) places.push({ id, height, index });
    }
  }
  return places;
}

async function stillThere(pages: PageSource, root: Root, places: readonly Place[]): Promise<Place[]> {
  const there: Place[] = [];
  for (const place of places) if ((await idAt(pages, root, place)) === place.id) there.push(place);
  return there;
}

async function idAt(pages: PageSource, root: Root, { height, index }: Place): Promise<ObjectId | undefined> {
  const top = await topOf(pages, root);
  let at: Subtree | undefined = top;
  for (let h = top?.height ?? 0; at !== undefined && h > height; h--) {
    const slot = Math.floor(index / blocksBelow(h - 1 - height)) % blocksBelow(1);
    at = subtreeAt(await childrenOf(pages, at, h), slot);
  }
  return at?.height === height ? at.id : undefined;
}

function parentsFirst(nodes: readonly NodeRow[]): NodeRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ordered = new Set<NodeRow>();
  for (const node of nodes) {
    const path: NodeRow[] = [];
    for (let at: NodeRow | undefined = node; at !== undefined && !ordered.has(at); ) {
      path.push(at);
      at = at.parentId === undefined ? undefined : byId.get(at.parentId);
    }
    for (const each of path.reverse()) ordered.add(each);
  }
  return [...ordered];
}
