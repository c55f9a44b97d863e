import type { Datapath } from '../../client/service/datapath.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';

/** Blocks whose URLs are asked for together: 32 MiB, an answer of about 40 KB. */
const WINDOW_BLOCKS = 64;
/** Windows remembered: 2 GiB of a disk, about 2 MB of URLs. */
const WINDOWS = 64;
/** URLs hold for minutes; one that has ended all the same is noticed when it is used. */
const FRESH_MS = 4 * 60_000;

interface Window {
  readonly urls: Promise<ReadonlyMap<string, string>>;
  readonly until: number;
}

/** Signed URLs of blocks, asked for by neighbourhood. */
export class SignedUrls {
  readonly #datapath: Datapath;
  readonly #source: string;
  readonly #windows = new Map<number, Window>();

  constructor(datapath: Datapath, source: string) {
    this.#datapath = datapath;
    this.#source = source;
  }

  /** Null where the block's neighbourhood was asked for before it was there: it has to be signed by itself. */
  async of({ index, id }: { readonly index: number; readonly id: ObjectId }): Promise<string | null> {
    return (await this.#window(index)).get(keyOf(index, id)) ?? null;
  }

  /** Asks ahead of need. */
  warm(index: number): void {
    void Promise.allSettled([this.#window(index)]);
  }

  #window(index: number): Promise<ReadonlyMap<string, string>> {
    const number = Math.floor(index / WINDOW_BLOCKS);
    const known = this.#windows.get(number);
    if (known !== undefined && known.until > performance.now()) return known.urls;
    const urls = this.#ask(number * WINDOW_BLOCKS);
    urls.catch(() => this.#windows.delete(number));
    this.#windows.delete(number);
    this.#windows.set(number, { urls, until: performance.now() + FRESH_MS });
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= WINDOWS) break;
      this.#windows.delete(oldest);
    }
    return urls;
  }

  async #ask(startIndex: number): Promise<ReadonlyMap<string, string>> {
    const span = { startIndex, endIndex: startIndex + WINDOW_BLOCKS };
    const { blocks } = await this.#datapath.blockMap({ source: this.#source, ...span, limit: WINDOW_BLOCKS }, true);
    return new Map(blocks.flatMap(({ index, id, url }) => (url ? [[keyOf(index, id), url] as const] : [])));
  }
}

function keyOf(index: number, id: ObjectId): string {
  return `${index} ${id}`;
}
