import { VarveError } from '../../platform/errors.ts';
import { BLOCK_BYTES, EMPTY, type ObjectId, PAGE_FANOUT, type Root } from './block.ts';
import type { PageSource } from './page-source.ts';

/**
 * A place in the tree of a disk: height 0 is a block, height 1 a leaf page, and so on; `index`
 * counts the places of one height. The objects that several roots have at the same place are
 * compared "position by position".
 */
export interface Position {
  readonly height: number;
  readonly index: number;
  /** What each root has here, in the order of the roots; `undefined` for a hole. */
  readonly ids: readonly (ObjectId | undefined)[];
}

/** How far a walk came: everything up to and including this place, in post-order, is done. */
export interface Cursor {
  /** Last block below the place. */
  readonly lastBlock: number;
  readonly height: number;
}

/**
 * The subtree of one root at one place. A root lower than the place (a smaller tree) has no object
 * there, but its page further down the leftmost path: then `height` says where.
 */
export interface Subtree {
  readonly id: ObjectId;
  readonly height: number;
}

/** Whether to look into a place with these subtrees. */
export type Interest = (subtrees: readonly (ObjectId | undefined)[]) => boolean;

export function blocksBelow(height: number): number {
  return PAGE_FANOUT ** height;
}

function firstBlock(height: number, index: number): number {
  return index * blocksBelow(height);
}

export function cursorOf(position: Pick<Position, 'height' | 'index'>): Cursor {
  return { lastBlock: (position.index + 1) * blocksBelow(position.height) - 1, height: position.height };
}

/** Post-order: children before their page, from left to right. */
export function isAfter(a: Cursor, b: Cursor): boolean {
  return a.lastBlock !== b.lastBlock ? a.lastBlock > b.lastBlock : a.height > b.height;
}

/** The part of a tree to walk: all of it where nothing is said. */
export interface Part {
  /** Goes on behind this place. */
  readonly after?: Cursor | undefined;
  /** Ends before this block, and does not yield the pages that are not walked to their end. */
  readonly end?: number | undefined;
}

/**
 * Walks several roots side by side in post-order, and yields, leaf page by leaf page, the places
 * where any root has an object. Only places for which `interest` holds are entered, so the cost
 * follows what is of interest. A page is named after everything below it, so a walk that undoes or
 * frees what it sees can be broken off anywhere and still finds the pages that it needs to go on.
 */
export async function* walk(
  pages: PageSource,
  roots: readonly Root[],
  interest: Interest,
  { after, end = Number.POSITIVE_INFINITY }: Part = {},
): AsyncGenerator<Position[]> {
  const tops = await Promise.all(roots.map((root) => topOf(pages, root)));
  const height = Math.max(0, ...tops.map((top) => top?.height ?? 0));
  if (height === 0) return;
  yield* walkPlace({ pages, interest, after, end }, tops, height, 0);
}

export async function topOf(pages: PageSource, root: Root): Promise<Subtree | undefined> {
  if (root === EMPTY) return undefined;
  const id = root as ObjectId;
  try {
    return { id, height: (await pages.load(id)).level + 1 };
  } catch (error) {
    throw locatedDamage(error, 0);
  }
}

/**
 * What lies below a place, by slot. Most slots of most pages are holes: go by {@link occupied}
 * before anything is made for a slot.
 */
export interface Below {
  readonly ids: readonly (ObjectId | undefined)[];
  readonly height: number;
}

/** The subtrees below a place. For a subtree that begins further down, slot 0 leads to it. */
export async function childrenOf(pages: PageSource, subtree: Subtree | undefined, height: number): Promise<Below> {
  if (subtree === undefined) return { ids: [], height: height - 1 };
  if (subtree.height < height) return { ids: [subtree.id], height: subtree.height };
  const { children } = await pages.load(subtree.id);
  return { ids: children, height: height - 1 };
}

export function subtreeAt({ ids, height }: Below, slot: number): Subtree | undefined {
  const id = ids[slot];
  return id === undefined ? undefined : { id, height };
}

/** The slots where any root has something, in their order. Plain loops: it looks at every slot. */
function occupied(children: readonly Below[]): number[] {
  const slots: number[] = [];
  const count = children.length;
  for (let slot = 0; slot < PAGE_FANOUT; slot++) {
    for (let at = 0; at < count; at++) {
      if (children[at]?.ids[slot] === undefined) continue;
      slots.push(slot);
      break;
    }
  }
  return slots;
}

interface Walk {
  readonly pages: PageSource;
  readonly interest: Interest;
  readonly after: Cursor | undefined;
  readonly end: number;
}

async function* walkPlace(
  walk: Walk,
  subtrees: readonly (Subtree | undefined)[],
  height: number,
  index: number,
): AsyncGenerator<Position[]> {
  if (walk.after !== undefined && !isAfter(cursorOf({ height, index }), walk.after)) return;
  if (!walk.interest(subtrees.map((subtree) => subtree?.id))) return;
  const children = await Promise.all(subtrees.map((subtree) => childrenOf(walk.pages, subtree, height))).catch(
    (error) => {
      throw locatedDamage(error, index * blocksBelow(height) * BLOCK_BYTES);
    },
  );
  const here: Position = {
    height,
    index,
    ids: subtrees.map((subtree) => (subtree?.height === height ? subtree.id : undefined)),
  };
  const self = here.ids.some((id) => id !== undefined) ? [here] : [];
  if (height === 1) {
    yield [...blocksOf(walk, children, index), ...(firstBlock(height, index + 1) <= walk.end ? self : [])];
    return;
  }
  await walk.pages.prefetch(wanted(walk, children, height, index));
  for (const slot of occupied(children)) {
    if (firstBlock(height - 1, index * PAGE_FANOUT + slot) >= walk.end) return;
    const next = children.map((child) => subtreeAt(child, slot));
    yield* walkPlace(walk, next, height - 1, index * PAGE_FANOUT + slot);
  }
  if (self.length > 0 && firstBlock(height, index + 1) <= walk.end) yield self;
}

/** A damaged page, with the offset of the first byte that it leads to. */
function locatedDamage(error: unknown, offsetBytes: number): unknown {
  if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged' || 'offsetBytes' in error.extra) return error;
  return new VarveError('ObjectDamaged', error.message, { ...error.extra, offsetBytes }, error);
}

function blocksOf(walk: Walk, children: readonly Below[], page: number): Position[] {
  const found: Position[] = [];
  for (const slot of occupied(children)) {
    const ids = children.map((child) => child.ids[slot]);
    const index = page * PAGE_FANOUT + slot;
    if (index >= walk.end) break;
    if (walk.after !== undefined && !isAfter({ lastBlock: index, height: 0 }, walk.after)) continue;
    if (walk.interest(ids)) found.push({ height: 0, index, ids });
  }
  return found;
}

const PREFETCH_PAGES = 64; // bounds memory; the rest is loaded as the walk reaches it

function wanted(walk: Walk, children: readonly Below[], height: number, index: number): ObjectId[] {
  const wanted: ObjectId[] = [];
  for (const slot of occupied(children)) {
    if (wanted.length >= PREFETCH_PAGES) break;
    if (firstBlock(height - 1, index * PAGE_FANOUT + slot) >= walk.end) break;
    const place = cursorOf({ height: height - 1, index: index * PAGE_FANOUT + slot });
    if (walk.after !== undefined && !isAfter(place, walk.after)) continue;
    if (!walk.interest(children.map((child) => child.ids[slot]))) continue;
    for (const child of children) {
      const id = child.ids[slot];
      if (id !== undefined && child.height === height - 1) wanted.push(id);
    }
  }
  return wanted;
}
