import { LRUCache } from 'lru-cache';
import { contradiction } from '../../client/download/contradiction.ts';
import { readLeafPages, requireOrder } from '../../client/download/proved-pages.ts';
import { sleep } from '../../client/flow/sleep.ts';
import type { BlockMap, Datapath, Versioned } from '../../client/service/datapath.ts';
import { BLOCK_BYTES, type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import { DeviceError } from '../../nbd/device.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { patiently } from '../errors.ts';
import { Leaf } from './leaf.ts';
import { type ChangedPages, LeafIds } from './leaf-ids.ts';
import { type BlockChanges, changesByPage, type PageChanges } from './page-changes.ts';
import { remember } from './remember.ts';

export interface ContentsParts {
  readonly datapath: Datapath;
  /** Disk, snapshot or draft. */
  readonly source: string;
  readonly version: number;
  /** What the contents must be; every answer is proved by it. */
  readonly root: string;
  /** What the source has at least. */
  readonly sizeBytes: number;
  readonly leafMaps: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** What a change will make of the contents. */
export interface PlannedContents {
  /** By number of the leaf page, of those that it can change. */
  readonly changes: ReadonlyMap<number, PageChanges>;
  readonly pages: ChangedPages;
  /** Of the contents that it was planned on. */
  readonly ids: LeafIds;
}

const LEAVES_AT_ONCE = 8;
/**
 * An answer from before or after a commit that this client is just making is asked for again, for
 * 10 s in all.
 */
const OTHER_VERSION_TRIES = 40;
const OTHER_VERSION_MS = 250;

/**
 * Which blocks the committed contents have (rule 9.6). The ids of all leaf pages are asked for
 * once, and proved by the root. The map of each page is fetched when it is asked for, and proved by
 * its id. Both follow the commits of this client, whose roots are computed here.
 */
export class ContentsMap {
  readonly #parts: ContentsParts;
  #version: number;
  #root: string;
  #pages: Promise<LeafIds> | undefined;
  readonly #leaves: LRUCache<number, Promise<Leaf>>;
  /** The same as soon as they have come, for answers without waiting. */
  readonly #here = new Map<number, Leaf>();

  constructor(parts: ContentsParts) {
    this.#parts = parts;
    this.#version = parts.version;
    this.#root = parts.root;
    this.#leaves = new LRUCache({
      max: parts.leafMaps,
      dispose: (_, page) => this.#here.delete(page),
    });
  }

  get version(): number {
    return this.#version;
  }

  get root(): string {
    return this.#root;
  }

  /** Asks ahead of need for what every other answer is proved by. */
  warm(): void {
    void Promise.allSettled([this.#leafIds()]);
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

  /** Of a leaf page; undefined if all its blocks are holes. */
  async idOfPage(page: number): Promise<ObjectId | undefined> {
    return (await this.#leafIds()).get(page);
  }

  /** What `changes` will make of the contents, which stay as they are. */
  async plan(changes: BlockChanges): Promise<PlannedContents> {
    const ids = await this.#leafIds();
    const byPage = changesByPage(changes, (page) => ids.get(page) !== undefined);
    const changed = await mapBounded([...byPage], LEAVES_AT_ONCE, async ([page, own]) => {
      const leaf = await this.#leafToChange(ids, page, own);
      own.apply(leaf);
      return [page, leaf.id()] as const;
    });
    return { changes: byPage, pages: ids.plan(new Map(changed)), ids };
  }

  /**
   * A commit of this client's own has made what was planned. Answers under way are of the version
   * before, and are asked for again when they come.
   */
  apply(version: number, { changes, pages, ids }: PlannedContents): void {
    this.#version = version;
    this.#root = pages.root;
    ids.apply(pages);
    for (const [page, own] of changes) {
      const leaf = this.#here.get(page);
      if (leaf !== undefined) own.apply(leaf);
    }
  }

  async #leafToChange(ids: LeafIds, page: number, changes: PageChanges): Promise<Leaf> {
    if (changes.isWhole || ids.get(page) === undefined) return new Leaf();
    return (this.known(page) ?? (await this.leaf(page))).copy();
  }

  async #fetchLeaf(page: number): Promise<Leaf> {
    const ids = await this.#leafIds();
    if (ids.get(page) === undefined) return this.#keep(page, new Leaf());
    const { source, datapath } = this.#parts;
    const startIndex = page * PAGE_FANOUT;
    const request = { source, startIndex, endIndex: startIndex + PAGE_FANOUT, limit: PAGE_FANOUT };
    return this.#atVersion(
      () => datapath.blockMap(request, false),
      (map) => this.#keep(page, this.#proved(page, map, ids.get(page))),
    );
  }

  #proved(page: number, map: BlockMap, expected: ObjectId | undefined): Leaf {
    const { source } = this.#parts;
    const start = page * PAGE_FANOUT;
    const leaf = new Leaf();
    for (const { index, id } of requireOrder(source, map.blocks, { start, end: start + PAGE_FANOUT, next: null })) {
      leaf.set(index - start, id);
    }
    const came = leaf.id();
    if (came === expected) return leaf;
    const named = { expected: expected ?? HOLES, came: came ?? HOLES };
    throw contradiction(source, { what: 'its block map', ...named, offsetBytes: start * BLOCK_BYTES });
  }

  #keep(page: number, leaf: Leaf): Leaf {
    this.#here.set(page, leaf);
    return leaf;
  }

  #leafIds(): Promise<LeafIds> {
    this.#pages ??= this.#fetchLeafIds().catch((error: unknown) => {
      this.#pages = undefined;
      throw error;
    });
    return this.#pages;
  }

  /** No commit is made before they are known, so all parts are of one version. */
  async #fetchLeafIds(): Promise<LeafIds> {
    const { source, datapath } = this.#parts;
    const leaves = await readLeafPages(source, (startIndex) =>
      this.#atVersion(
        () => datapath.pageMap({ source, startIndex }),
        (answer) => answer,
      ),
    );
    const ids = new LeafIds(leaves);
    const [expected, came] = [this.#root, ids.root()];
    if (came !== expected) throw contradiction(source, { what: 'its page map', expected, came });
    return ids;
  }

  /** `take` gets an answer of the present version at once, so that no commit comes in between. */
  async #atVersion<Answer extends Versioned & { readonly sizeBytes: number }, T>(
    ask: () => Promise<Answer>,
    take: (answer: Answer) => T,
  ): Promise<T> {
    const { signal, source } = this.#parts;
    for (let attempt = 1; attempt <= OTHER_VERSION_TRIES; attempt++) {
      const answer = await patiently(ask, this.#parts);
      if (this.#isPresent(answer)) return take(answer);
      await sleep(answer.version < this.#version ? 0 : OTHER_VERSION_MS, signal);
    }
    throw new DeviceError('IO', `${source} has been changed by somebody else: what it held cannot be read any more.`);
  }

  /** Only a disk gets new versions. Whatever else is read has the one that its root names. */
  #isPresent({ version, root, sizeBytes }: Versioned & { readonly sizeBytes: number }): boolean {
    const { source, sizeBytes: least } = this.#parts;
    if (source.startsWith('d-') && version !== this.#version) return false;
    if (root !== this.#root) {
      throw contradiction(source, { what: 'an answer of another root', expected: this.#root, came: root });
    }
    if (!(sizeBytes >= least)) {
      throw contradiction(source, { what: 'an answer of another size', expected: least, came: sizeBytes });
    }
    return true;
  }
}

const HOLES = 'only holes';
