import { MAX_LEVEL, type ObjectId, PAGE_FANOUT, type Root } from '../blocks/block.ts';
import type { PageSource } from '../blocks/page-source.ts';
import { createPageCache } from '../blocks/page-store.ts';
import { blocksBelow, type Cursor, childrenOf, type Subtree, subtreeAt, topOf, walk } from '../blocks/walk.ts';
import type { At, BlockRange, BlockWrite, Contents, Span } from '../contract.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';

const FRESH_PAGES = 64; // those of one answer, and what is read ahead

/** Reads of immutable contents, at a cost that follows what is returned. */
export function createContents(deps: EngineDeps): Contents {
  return {
    blocks: async (at, { start, end }, limit, { fresh } = { fresh: false }) => {
      const blocks: BlockWrite[] = [];
      const span = { after: before(start), end };
      const pages = pagesOf(fresh ? { ...deps, pageCache: createPageCache(FRESH_PAGES) } : deps, at);
      for await (const positions of walk(pages, [at.root], ([id]) => id !== undefined, span)) {
        for (const { height, index, ids } of positions) {
          if (height !== 0) continue;
          if (blocks.length === limit) return { blocks, next: index };
          blocks.push({ index, id: ids[0] as ObjectId });
        }
      }
      return { blocks };
    },
    leafPages: (at, span, limit) => leafPages(pagesOf(deps, at), at, span, limit),
    changes: (at, from, start, limit) => changes(pagesOf(deps, at), at.root, from, start, limit),
    countChanged: (at, from, limit) => countChanged(pagesOf(deps, at), at.root, from, limit),
  };
}

/** The place behind which block `start` is the first. */
function before(start: number): Cursor | undefined {
  return start === 0 ? undefined : { lastBlock: start - 1, height: MAX_LEVEL + 1 };
}

async function changes(pages: PageSource, to: Root, from: Root, start: number, limit: number) {
  const ranges: { start: number; count: number }[] = [];
  for await (const positions of walk(pages, [from, to], ([a, b]) => a !== b, { after: before(start) })) {
    for (const { height, index, ids } of positions) {
      if (height !== 0 || ids[0] === ids[1]) continue;
      const last = ranges.at(-1);
      if (last !== undefined && last.start + last.count === index) last.count++;
      else if (ranges.length === limit) return { ranges: ranges as BlockRange[], next: index };
      else ranges.push({ start: index, count: 1 });
    }
  }
  return { ranges: ranges as BlockRange[] };
}

/** Counted as the own blocks of a node are: see measure.ts. */
async function countChanged(source: PageSource, to: Root, from: Root, limit: number) {
  const count = { blocks: 0, pages: 0 };
  for await (const positions of walk(source, [to, from], ([id, base]) => id !== undefined && id !== base)) {
    if (++count.pages > limit) return undefined;
    for (const { height, ids } of positions) if (height === 0 && ids[0] !== undefined) count.blocks++;
  }
  return count;
}

async function leafPages(pages: PageSource, at: At, span: Span, limit: number) {
  const found: { index: number; id: ObjectId }[] = [];
  const top = await topOf(pages, at.root);
  for await (const leaf of leavesFrom(pages, top, top?.height ?? 1, 0, span)) {
    if (found.length === limit) return { pages: found, next: leaf.index };
    found.push(leaf);
  }
  return { pages: found };
}

/** Leaf pages by what their parents say, without reading them. */
async function* leavesFrom(
  pages: PageSource,
  subtree: Subtree | undefined,
  height: number,
  index: number,
  span: Span,
): AsyncGenerator<{ index: number; id: ObjectId }> {
  const { start, end = Number.POSITIVE_INFINITY } = span;
  if (subtree === undefined) return;
  if (height === 1) {
    if (index >= start && index < end) yield { index, id: subtree.id };
    return;
  }
  const children = await childrenOf(pages, subtree, height);
  const leavesBelow = blocksBelow(height - 1) / PAGE_FANOUT;
  for (let slot = 0; slot < PAGE_FANOUT; slot++) {
    const child = subtreeAt(children, slot);
    const place = index * PAGE_FANOUT + slot;
    if (child === undefined || (place + 1) * leavesBelow <= start) continue;
    if (place * leavesBelow >= end) return;
    yield* leavesFrom(pages, child, height - 1, place, span);
  }
}
