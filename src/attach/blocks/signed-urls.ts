import { LRUCache } from 'lru-cache';
import type { Datapath } from '../../client/service/datapath.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';
import { remember } from './remember.ts';

/** Blocks whose URLs are asked for together: 32 MiB, an answer of about 40 KB. */
const WINDOW_BLOCKS = 64;
/** Windows remembered: 2 GiB of a disk, about 2 MB of URLs. */
const WINDOWS = 64;
/** URLs hold for minutes; one that has ended all the same is noticed when it is used. */
const FRESH_MS = 4 * 60_000;

type Urls = ReadonlyMap<string, string>;

/** Signed URLs of blocks, asked for by neighbourhood. */
export class SignedUrls {
  readonly #datapath: Datapath;
  readonly #source: string;
  readonly #windows = new LRUCache<number, Promise<Urls>>({ max: WINDOWS, ttl: FRESH_MS });

  constructor(datapath: Datapath, source: string) {
    this.#datapath = datapath;
    this.#source = source;
  }

  /**
   * Null if the block's neighbourhood was asked for before the block was there. It has to be signed
   * by itself then.
   */
  async of({ index, id }: { readonly index: number; readonly id: ObjectId }): Promise<string | null> {
    return (await this.#window(index)).get(keyOf(index, id)) ?? null;
  }

  /** Asks ahead of need. */
  warm(index: number): void {
    void Promise.allSettled([this.#window(index)]);
  }

  #window(index: number): Promise<Urls> {
    const window = Math.floor(index / WINDOW_BLOCKS);
    return remember(this.#windows, window, () => this.#ask(window * WINDOW_BLOCKS));
  }

  async #ask(startIndex: number): Promise<Urls> {
    const span = { startIndex, endIndex: startIndex + WINDOW_BLOCKS };
    const { blocks } = await this.#datapath.blockMap({ source: this.#source, ...span, limit: WINDOW_BLOCKS }, true);
    return new Map(blocks.flatMap(({ index, id, url }) => (url ? [[keyOf(index, id), url] as const] : [])));
  }
}

function keyOf(index: number, id: ObjectId): string {
  return `${index} ${id}`;
}
