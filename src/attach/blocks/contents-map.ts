import { LRUCache } from 'lru-cache';
import { sleep } from '../../client/flow/sleep.ts';
import type { Datapath, MapRequest, Versioned } from '../../client/service/datapath.ts';
import { type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { BlockRange, BlockWrite } from '../../engine/contract.ts';
import { DeviceError } from '../../nbd/device.ts';
import { patiently } from '../errors.ts';
import { Leaf } from './leaf.ts';
import { remember } from './remember.ts';

export interface ContentsParts {
  readonly datapath: Datapath;
  /** Disk, snapshot or draft. */
  readonly source: string;
  readonly version: number;
  readonly leafMaps: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** Leaf pages looked up together: half a TiB, an answer of about 100 KB. */
const WINDOW_PAGES = 1024;
const WINDOWS = 64;
/**
 * An answer from before or after a commit that this client is just making is asked for again, for
 * 10 s in all.
 */
const OTHER_VERSION_TRIES = 40;
const OTHER_VERSION_MS = 250;

/**
 * Which blocks the committed contents have. The map is fetched page by page as it is asked for, and
 * follows the commits of this client.
 */
export class ContentsMap {
  readonly #parts: ContentsParts;
  #version: number;
  readonly #leaves: LRUCache<number, Promise<Leaf>>;
  /** The same as soon as they have come, for answers without waiting. */
  readonly #here = new Map<number, Leaf>();
  readonly #pages: LRUCache<number, Promise<Set<number>>>;

  constructor(parts: ContentsParts) {
    this.#parts = parts;
    this.#version = parts.version;
    this.#leaves = new LRUCache({
      max: parts.leafMaps,
      dispose: (_, page) => this.#here.delete(page),
    });
    this.#pages = new LRUCache({ max: WINDOWS });
  }

  get version(): number {
    return this.#version;
  }

  /** The map of a leaf page, if it is in memory. */
  known(page: number): Leaf | undefined {
    const leaf = this.#here.get(page);
    if (leaf !== undefined) void this.#leaves.get(page);
    return leaf;
  }

  leaf(page: number): Promise<Leaf> {
    return remember(this.#leaves, page, () => this.#fetchLeaf(page));
  }

  async idOf(block: number): Promise<ObjectId | undefined> {
    const page = Math.floor(block / PAGE_FANOUT);
    const leaf = this.known(page) ?? (await this.leaf(page));
    return leaf.get(block % PAGE_FANOUT);
  }

  /** Whether a leaf page may have blocks; one that is not there has none. */
  async mayHave(page: number): Promise<boolean> {
    const window = Math.floor(page / WINDOW_PAGES);
    const pages = await remember(this.#pages, window, () => this.#fetchPages(window));
    return pages.has(page);
  }

  /** A commit of this client's own has made a new version. */
  apply(
    { version }: Versioned,
    { writes, trims }: { writes: readonly BlockWrite[]; trims: readonly BlockRange[] },
  ): void {
    this.#version = version;
    // Answers under way are of the version before, and are asked for again when they come.
    for (const [page, leaf] of this.#here) {
      const first = page * PAGE_FANOUT;
      for (const { start, count } of trims) {
        const [from, to] = [Math.max(start - first, 0), Math.min(start + count - first, PAGE_FANOUT)];
        if (from < to) leaf.trim(from, to);
      }
    }
    for (const { index, id } of writes) {
      const page = Math.floor(index / PAGE_FANOUT);
      this.#here.get(page)?.set(index % PAGE_FANOUT, id);
      void this.#pages.peek(Math.floor(page / WINDOW_PAGES))?.then((pages) => pages.add(page), ignore);
    }
  }

  #fetchLeaf(page: number): Promise<Leaf> {
    const { source, datapath } = this.#parts;
    const first = page * PAGE_FANOUT;
    return this.#atVersion(
      { source, startIndex: first, endIndex: first + PAGE_FANOUT, limit: PAGE_FANOUT },
      (request) => datapath.blockMap(request, false),
      {
        take: ({ blocks }) => {
          const leaf = new Leaf();
          for (const { index, id } of blocks) leaf.set(index - first, id);
          this.#here.set(page, leaf);
          return leaf;
        },
      },
    );
  }

  #fetchPages(window: number): Promise<Set<number>> {
    const { source, datapath } = this.#parts;
    const startIndex = window * WINDOW_PAGES;
    const request = { source, startIndex, endIndex: startIndex + WINDOW_PAGES, limit: WINDOW_PAGES };
    return this.#atVersion(request, (asked) => datapath.pageMap(asked), {
      take: ({ pages }) => new Set(pages.map(({ index }) => index)),
    });
  }

  /** `take` gets an answer of the present version at once, so that no commit comes in between. */
  async #atVersion<Answer extends Versioned, T>(
    request: MapRequest,
    ask: (request: MapRequest) => Promise<Answer>,
    { take }: { readonly take: (answer: Answer) => T },
  ): Promise<T> {
    const { signal, source } = this.#parts;
    for (let attempt = 1; attempt <= OTHER_VERSION_TRIES; attempt++) {
      const answer = await patiently(() => ask(request), this.#parts);
      if (answer.version === this.#version) return take(answer);
      await sleep(answer.version < this.#version ? 0 : OTHER_VERSION_MS, signal);
    }
    throw new DeviceError('IO', `${source} has been changed by somebody else: what it held cannot be read any more.`);
  }
}

function ignore(): undefined {
  return undefined; // those that asked hear of it
}
