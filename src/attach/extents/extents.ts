import { BLOCK_BYTES, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { Extent, ExtentContext } from '../../nbd/device.ts';
import type { ContentsMap } from '../blocks/contents-map.ts';
import type { Generation } from '../overlay/generation.ts';
import type { ChangedSince } from './changed-since.ts';

export interface ExtentsParts {
  readonly contents: ContentsMap;
  readonly changedSince: ChangedSince;
  /** Newest first. */
  readonly generations: () => readonly Generation<unknown>[];
}

export interface ExtentRange {
  readonly offset: number;
  readonly length: number;
  /** The most extents to return. */
  readonly limit: number;
}

type Kind = Omit<Extent, 'lengthBytes'>;

/** Pages looked at by one call, each for a call to the service at most: an answer may end early. */
const LOOKS = 32;
/**
 * Pages without anything are passed over, at most so many: a call may take only so much of the
 * processor.
 */
const PASSES = 1024 * 1024;

const HOLE: Kind = { hole: true, zero: true, dirty: false };
const DATA: Kind = { hole: false, zero: false, dirty: false };

/**
 * Runs of blocks of one kind, by uncommitted layers and the maps of what is committed. No block is
 * read for it.
 */
export async function listExtents(
  parts: ExtentsParts,
  context: ExtentContext,
  { offset, length, limit }: ExtentRange,
): Promise<Extent[]> {
  const runs = new Runs(offset, offset + length, limit);
  let looks = 0;
  for (let passes = 0; !runs.isDone && passes < PASSES; passes++) {
    const block = Math.floor(runs.end / BLOCK_BYTES);
    const page = Math.floor(block / PAGE_FANOUT);
    const pageEnd = (page + 1) * PAGE_FANOUT * BLOCK_BYTES;
    const generations = parts.generations();
    if (!touches(generations, block, page) && !(await mayHave(parts, context, page))) {
      runs.add(pageEnd, context === 'allocation' ? HOLE : DATA);
      continue;
    }
    if (looks === LOOKS) break;
    looks += 1;
    for (let at = block; !runs.isDone && at < (page + 1) * PAGE_FANOUT; at++) {
      runs.add((at + 1) * BLOCK_BYTES, await kindOf(parts, context, generations, at));
    }
  }
  return runs.list();
}

async function mayHave(
  { contents, changedSince }: ExtentsParts,
  context: ExtentContext,
  page: number,
): Promise<boolean> {
  return context === 'allocation' ? (await contents.idOfPage(page)) !== undefined : changedSince.mayHave(page);
}

/** Whether uncommitted layers say anything of the page from `block` on. */
function touches(generations: readonly Generation<unknown>[], block: number, page: number): boolean {
  const end = (page + 1) * PAGE_FANOUT;
  return generations.some((generation) => (generation.nextChange(block) ?? end) < end);
}

async function kindOf(
  { contents, changedSince }: ExtentsParts,
  context: ExtentContext,
  generations: readonly Generation<unknown>[],
  block: number,
): Promise<Kind> {
  const newest = generations.find((generation) => generation.patch(block) !== undefined || generation.isHole(block));
  if (context === 'dirty') return { ...DATA, dirty: newest !== undefined || (await changedSince.has(block)) };
  if (newest !== undefined) return newest.patch(block) === undefined ? HOLE : DATA;
  return (await contents.idOf(block)) === undefined ? HOLE : DATA;
}

/** Extents as they grow. */
class Runs {
  #end: number;
  readonly #stop: number;
  readonly #limit: number;
  readonly #runs: Extent[] = [];
  #isFull = false;

  constructor(offset: number, stop: number, limit: number) {
    this.#end = offset;
    this.#stop = stop;
    this.#limit = limit;
  }

  /** Behind the last extent so far. */
  get end(): number {
    return this.#end;
  }

  get isDone(): boolean {
    return this.#isFull || this.#end >= this.#stop;
  }

  /** Everything up to `to` is of this kind. */
  add(to: number, kind: Kind): void {
    const lengthBytes = Math.min(to, this.#stop) - this.#end;
    const last = this.#runs.at(-1);
    if (last !== undefined && last.hole === kind.hole && last.zero === kind.zero && last.dirty === kind.dirty) {
      this.#runs[this.#runs.length - 1] = { ...kind, lengthBytes: last.lengthBytes + lengthBytes };
    } else if (this.#runs.length === this.#limit) {
      this.#isFull = true;
      return;
    } else this.#runs.push({ ...kind, lengthBytes });
    this.#end += lengthBytes;
  }

  list(): Extent[] {
    return this.#runs;
  }
}
