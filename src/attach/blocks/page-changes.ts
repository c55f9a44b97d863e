import { PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { BlockRange, BlockWrite } from '../../engine/contract.ts';
import type { Leaf } from './leaf.ts';

/** What is to be made of blocks: trims first. No two trims touch each other. */
export interface BlockChanges {
  readonly writes: readonly BlockWrite[];
  readonly trims: readonly BlockRange[];
}

/** The part of it within one leaf page. */
export class PageChanges {
  readonly #first: number;
  readonly #writes: BlockWrite[] = [];
  readonly #trims: (readonly [from: number, to: number])[] = [];

  constructor(page: number) {
    this.#first = page * PAGE_FANOUT;
  }

  /** Whether nothing stays of what the page has now. */
  get isWhole(): boolean {
    return this.#trims.some(([from, to]) => from === 0 && to === PAGE_FANOUT);
  }

  write(write: BlockWrite): void {
    this.#writes.push(write);
  }

  trim({ start, count }: BlockRange): void {
    const from = Math.max(start - this.#first, 0);
    this.#trims.push([from, Math.min(start + count - this.#first, PAGE_FANOUT)]);
  }

  apply(leaf: Leaf): void {
    for (const [from, to] of this.#trims) leaf.trim(from, to);
    for (const { index, id } of this.#writes) leaf.set(index - this.#first, id);
  }
}

/**
 * By number of the leaf page. Pages that are only trimmed come only if they are there, as `has`
 * says.
 */
export function changesByPage(
  { writes, trims }: BlockChanges,
  has: (page: number) => boolean,
): ReadonlyMap<number, PageChanges> {
  const pages = new Map<number, PageChanges>();
  const changesOf = (page: number) => {
    const known = pages.get(page) ?? new PageChanges(page);
    pages.set(page, known);
    return known;
  };
  for (const write of writes) changesOf(Math.floor(write.index / PAGE_FANOUT)).write(write);
  for (const trim of trims) {
    const end = Math.ceil((trim.start + trim.count) / PAGE_FANOUT);
    for (let page = Math.floor(trim.start / PAGE_FANOUT); page < end; page++) {
      if (pages.has(page) || has(page)) changesOf(page).trim(trim);
    }
  }
  return pages;
}
