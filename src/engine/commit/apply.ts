import { EMPTY, type ObjectId, PAGE_FANOUT, type Root } from '../blocks/block.ts';
import type { PageSource } from '../blocks/page-source.ts';
import { type NewPage, newPage } from '../blocks/page-store.ts';
import { type Below, blocksBelow, childrenOf, type Subtree, subtreeAt, topOf } from '../blocks/walk.ts';
import type { BlockRange, BlockWrite } from '../contract.ts';

/** What a commit changes: first the trims, then the writes. */
export interface Changes {
  /** In ascending order of index, each index once. */
  readonly writes: readonly BlockWrite[];
  readonly trims: readonly BlockRange[];
}

/**
 * The root after the changes, and the pages that it needs and the old root does not have. Loads
 * only pages on changed paths; a range that is trimmed whole costs nothing. The same contents
 * always give the same root: there are no empty pages, and the top page is never one that leads
 * only to slot 0.
 */
export async function applyChanges(
  pages: PageSource,
  root: Root,
  changes: Changes,
): Promise<{ root: Root; newPages: NewPage[] }> {
  const top = await topOf(pages, root);
  const lastWrite = changes.writes.at(-1)?.index ?? 0;
  let height = Math.max(1, top?.height ?? 1);
  while (blocksBelow(height) <= lastWrite) height++;
  const newPages: NewPage[] = [];
  const applied = await applyAt({ pages, trims: changes.trims, newPages }, top, height, 0, changes.writes);
  const lowest = await lowered(pages, newPages, applied);
  if (lowest === undefined) return { root: EMPTY, newPages: [] };
  return { root: lowest.id, newPages: newPages.filter(({ page }) => page.level < lowest.height) };
}

/**
 * Skips pages that lead to slot 0 alone: the root of a disk is the lowest page that covers all of
 * its contents.
 */
async function lowered(
  pages: PageSource,
  newPages: readonly NewPage[],
  top: Subtree | undefined,
): Promise<Subtree | undefined> {
  let lowest = top;
  while (lowest !== undefined && lowest.height > 1) {
    const { id, height } = lowest;
    const page = newPages.find((candidate) => candidate.id === id)?.page ?? (await pages.load(id));
    const first = page.children[0];
    if (first === undefined || page.children.some((child, slot) => slot > 0 && child !== undefined)) break;
    lowest = { id: first, height: height - 1 };
  }
  return lowest;
}

interface Application {
  readonly pages: PageSource;
  readonly trims: readonly BlockRange[];
  readonly newPages: NewPage[];
}

async function applyAt(
  application: Application,
  old: Subtree | undefined,
  height: number,
  index: number,
  writes: readonly BlockWrite[],
): Promise<Subtree | undefined> {
  const span = blocksBelow(height);
  const start = index * span;
  const trims = application.trims.filter((trim) => trim.start < start + span && start < trim.start + trim.count);
  const whole = trims.some((trim) => trim.start <= start && trim.start + trim.count >= start + span);
  if (writes.length === 0 && (whole || old === undefined)) return undefined;
  if (writes.length === 0 && trims.length === 0 && old?.height === height) return old;
  const before = await childrenOf(application.pages, whole ? undefined : old, height);
  const bySlot = groupBySlot(writes, start, span / PAGE_FANOUT);
  if (height > 1) await application.pages.prefetch(touchedPages(before, bySlot, trims, start, span / PAGE_FANOUT));
  const children = new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined);
  const nothingTrimmed = trims.length === 0 && before.height === height - 1;
  for (let slot = 0; slot < PAGE_FANOUT; slot++) {
    const own = bySlot.get(slot);
    const there = before.ids[slot];
    if (own === undefined && (there === undefined || nothingTrimmed)) {
      children[slot] = there;
      continue;
    }
    const place = index * PAGE_FANOUT + slot;
    const child =
      height === 1
        ? blockAt(subtreeAt(before, slot), own?.[0], trims, place)
        : await applyAt({ ...application, trims }, subtreeAt(before, slot), height - 1, place, own ?? []);
    children[slot] = child?.id;
  }
  return keepPage(application, old, height, children);
}

function keepPage(
  application: Application,
  old: Subtree | undefined,
  height: number,
  children: readonly (ObjectId | undefined)[],
): Subtree | undefined {
  if (children.every((child) => child === undefined)) return undefined;
  const page = newPage({ level: height - 1, children });
  if (page.id !== old?.id) application.newPages.push(page);
  return { id: page.id, height };
}

function blockAt(
  old: Subtree | undefined,
  write: BlockWrite | undefined,
  trims: readonly BlockRange[],
  index: number,
): Subtree | undefined {
  if (write !== undefined) return { id: write.id, height: 0 };
  return trims.some((trim) => index >= trim.start && index < trim.start + trim.count) ? undefined : old;
}

function groupBySlot(writes: readonly BlockWrite[], start: number, slotSpan: number): Map<number, BlockWrite[]> {
  const groups = new Map<number, BlockWrite[]>();
  for (const write of writes) {
    const slot = Math.floor((write.index - start) / slotSpan);
    const group = groups.get(slot);
    if (group === undefined) groups.set(slot, [write]);
    else group.push(write);
  }
  return groups;
}

const PREFETCH_PAGES = 128; // bounds memory; the rest is loaded one by one

function touchedPages(
  before: Below,
  bySlot: ReadonlyMap<number, readonly BlockWrite[]>,
  trims: readonly BlockRange[],
  start: number,
  slotSpan: number,
): ObjectId[] {
  const slots = new Set(bySlot.keys());
  for (const trim of trims) {
    // Only the two ends of a trim can lie inside a page; those between go without being read.
    for (const edge of [trim.start, trim.start + trim.count - 1]) slots.add(Math.floor((edge - start) / slotSpan));
  }
  return [...slots].flatMap((slot) => before.ids[slot] ?? []).slice(0, PREFETCH_PAGES);
}
