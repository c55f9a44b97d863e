import { type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import { encodePage, pageId } from '../../engine/blocks/page.ts';
import type { BlockRange } from '../../engine/contract.ts';
import type { BlockName } from '../threads/tasks.ts';
import type { Run } from './holes.ts';

/** Id of the leaf page with these blocks; undefined where all are holes. */
export function leafPageId(names: readonly BlockName[]): ObjectId | undefined {
  if (names.every((name) => name === undefined)) return undefined;
  const children = Array.from({ length: PAGE_FANOUT }, (_, slot) => names[slot]);
  return pageId(encodePage({ level: 0, children }));
}

export interface PageDifference {
  /** Blocks to read again and send. */
  readonly changed: readonly Run[];
  /** Blocks that are holes now and were not. */
  readonly trims: readonly BlockRange[];
  /** Blocks that are the same and no holes. */
  readonly unchanged: number;
}

/**
 * What turns a page with the blocks `base` into one with the blocks `names`; `first` is its first
 * block.
 */
export function comparePage(first: number, base: readonly BlockName[], names: readonly BlockName[]): PageDifference {
  const changed: { first: number; count: number }[] = [];
  const trims: { start: number; count: number }[] = [];
  let unchanged = 0;
  for (let slot = 0; slot < PAGE_FANOUT; slot++) {
    const before = base[slot];
    const now = names[slot];
    if (now === before) unchanged += now === undefined ? 0 : 1;
    else if (now === undefined) extendTrim(trims, first + slot);
    else extendRun(changed, first + slot);
  }
  return { changed, trims, unchanged };
}

/** `[first, first + count)` in parts of at most `most` blocks. */
export function split({ first, count }: Run, most: number): Run[] {
  return Array.from({ length: Math.ceil(count / most) }, (_, part) => ({
    first: first + part * most,
    count: Math.min(most, count - part * most),
  }));
}

function extendRun(runs: { first: number; count: number }[], index: number): void {
  const last = runs.at(-1);
  if (last && last.first + last.count === index) last.count += 1;
  else runs.push({ first: index, count: 1 });
}

function extendTrim(trims: { start: number; count: number }[], index: number): void {
  const last = trims.at(-1);
  if (last && last.start + last.count === index) last.count += 1;
  else trims.push({ start: index, count: 1 });
}
