import { type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import { encodePage, pageId } from '../../engine/blocks/page.ts';

const ID_BYTES = 32;

/** Ids of the 1024 blocks of a leaf page, packed: 33 KB. */
export class Leaf {
  readonly #ids = Buffer.alloc(PAGE_FANOUT * ID_BYTES);
  readonly #present = new Uint8Array(PAGE_FANOUT);

  get(at: number): ObjectId | undefined {
    if (this.#present[at] === 0) return undefined;
    return this.#ids.toString('hex', at * ID_BYTES, (at + 1) * ID_BYTES) as ObjectId;
  }

  isPresent(at: number): boolean {
    return this.#present[at] === 1;
  }

  set(at: number, id: ObjectId | undefined): void {
    this.#present[at] = id === undefined ? 0 : 1;
    if (id !== undefined) this.#ids.write(id, at * ID_BYTES, ID_BYTES, 'hex');
  }

  trim(from: number, to: number): void {
    this.#present.fill(0, from, to);
  }

  copy(): Leaf {
    const copy = new Leaf();
    this.#ids.copy(copy.#ids);
    copy.#present.set(this.#present);
    return copy;
  }

  /** Of the page that has these blocks; undefined where it has none, as there is no such page. */
  id(): ObjectId | undefined {
    if (!this.#present.includes(1)) return undefined;
    const children = Array.from({ length: PAGE_FANOUT }, (_, at) => this.get(at));
    return pageId(encodePage({ level: 0, children }));
  }
}
