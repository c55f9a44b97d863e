import { LRUCache } from 'lru-cache';
import type { Datapath } from '../../client/service/datapath.ts';
import type { Snapshots } from '../../client/service/snapshots.ts';
import { type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { ContentsMap } from '../blocks/contents-map.ts';
import { remember } from '../blocks/remember.ts';

export interface ChangedSinceParts {
  readonly datapath: Datapath;
  readonly snapshots: Pick<Snapshots, 'list'>;
  /** Whose snapshots count. */
  readonly diskId: string;
  /** What is read: the disk itself, a draft or a snapshot of it. */
  readonly source: string;
  readonly contents: ContentsMap;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A snapshot that is taken meanwhile is noticed after so long. */
const LOOK_AGAIN_MS = 2000;
const LEAVES = 64;
const WINDOW_PAGES = 1024;
const WINDOWS = 16;

type PageIds = ReadonlyMap<number, ObjectId>;

/**
 * Which committed blocks differ from the disk's latest snapshot. If it has none, those that are no
 * holes.
 */
export class ChangedSince {
  readonly #parts: ChangedSinceParts;
  #latest: { readonly id: Promise<string | undefined>; readonly until: number } | undefined;
  /** Keyed by source, version and number: contents that do not change. */
  readonly #pages = new LRUCache<string, Promise<PageIds>>({ max: WINDOWS });
  readonly #leaves = new LRUCache<string, Promise<readonly (ObjectId | undefined)[]>>({ max: LEAVES });

  constructor(parts: ChangedSinceParts) {
    this.#parts = parts;
  }

  /** Whether any block of the leaf page may have changed. */
  async mayHave(page: number): Promise<boolean> {
    const { contents } = this.#parts;
    const snapshot = await this.#snapshot();
    if (snapshot === undefined) return contents.mayHave(page);
    const [now, before] = await Promise.all([this.#idOfPage(page), this.#idOfPage(page, snapshot)]);
    return now !== before;
  }

  async has(block: number): Promise<boolean> {
    const { contents } = this.#parts;
    const id = await contents.idOf(block);
    const snapshot = await this.#snapshot();
    if (snapshot === undefined) return id !== undefined;
    const before = await this.#leafOf(snapshot, Math.floor(block / PAGE_FANOUT));
    return id !== before[block % PAGE_FANOUT];
  }

  #snapshot(): Promise<string | undefined> {
    const { now } = this.#parts;
    if (this.#latest === undefined || this.#latest.until <= now()) {
      const id = this.#findLatest();
      this.#latest = { id, until: now() + LOOK_AGAIN_MS };
      id.catch(() => {
        this.#latest = undefined;
      });
    }
    return this.#latest.id;
  }

  async #findLatest(): Promise<string | undefined> {
    const { snapshots, diskId } = this.#parts;
    const { nodes } = await snapshots.list({ filter: { diskId }, limit: 8 });
    return nodes.find(({ status }) => status === 'ACCOMPLISHED')?.id;
  }

  async #idOfPage(page: number, snapshot?: string): Promise<ObjectId | undefined> {
    const { datapath, contents } = this.#parts;
    const window = Math.floor(page / WINDOW_PAGES);
    const key = `${snapshot ?? `now ${contents.version}`} ${window}`;
    const source = snapshot ?? this.#parts.source;
    const pages = await remember(this.#pages, key, async () => {
      const startIndex = window * WINDOW_PAGES;
      const span = { startIndex, endIndex: startIndex + WINDOW_PAGES };
      const map = await datapath.pageMap({ source, ...span, limit: WINDOW_PAGES });
      return new Map(map.pages.map(({ index, id }) => [index, id]));
    });
    return pages.get(page);
  }

  #leafOf(snapshot: string, page: number): Promise<readonly (ObjectId | undefined)[]> {
    return remember(this.#leaves, `${snapshot} ${page}`, async () => {
      const first = page * PAGE_FANOUT;
      const map = await this.#parts.datapath.blockMap(
        { source: snapshot, startIndex: first, endIndex: first + PAGE_FANOUT, limit: PAGE_FANOUT },
        false,
      );
      const ids = new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined);
      for (const { index, id } of map.blocks) ids[index - first] = id;
      return ids;
    });
  }
}
