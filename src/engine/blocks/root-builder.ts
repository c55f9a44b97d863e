import { EMPTY, MAX_LEVEL, type ObjectId, PAGE_FANOUT, type Root } from './block.ts';
import { encodePage, pageId } from './page.ts';

/** The page of one level that is being filled, and how many of that level went before it. */
interface Level {
  at: number;
  children: (ObjectId | undefined)[];
  pages: number;
}

/**
 * Computes the root of a disk from the ids of its blocks, given in ascending order of index. It
 * holds one page a level, whatever the disk's size. The ids of the leaf pages, or of those above
 * them, do as well. A reader that computed the ids from the bytes proves with it that it has read a
 * version: each block, each hole and each place (rule 9.6).
 */
export class RootBuilder {
  readonly #of: number;
  readonly #levels: Level[] = [];
  #next = 0;
  /** What was added, as long as it is one thing at index 0. */
  #only: ObjectId | undefined;

  /**
   * `of` 1: the ids that are added are those of leaf pages. 2: of the pages above leaf pages. One
   * such page alone must have more than leaf page 0, which would be the root itself.
   */
  constructor(of: 0 | 1 | 2 = 0) {
    this.#of = of;
  }

  /** Throws `RangeError` unless `index` is larger than every index before it. */
  add(index: number, id: ObjectId): void {
    if (!Number.isSafeInteger(index) || index < this.#next) throw new RangeError(`block ${index} is out of order`);
    this.#only = this.#next === 0 && index === 0 ? id : undefined;
    this.#next = index + 1;
    this.#put(this.#of, index, id);
  }

  /** The lowest page that covers all blocks. Nothing can be added afterwards. */
  finish(): Root {
    this.#next = Number.POSITIVE_INFINITY;
    if (this.#of > 0 && this.#only !== undefined) return this.#only;
    for (let level = this.#of; level < this.#levels.length; level++) {
      const { at, pages } = this.#levels[level] as Level;
      const id = this.#close(level);
      if (pages === 0 && at === 0) return id;
      this.#put(level + 1, at, id);
    }
    return EMPTY;
  }

  #put(level: number, index: number, id: ObjectId): void {
    if (level > MAX_LEVEL) throw new RangeError('more blocks than pages can name');
    const at = Math.floor(index / PAGE_FANOUT);
    const open = this.#levels[level];
    if (open !== undefined && open.at !== at) {
      const before = open.at;
      this.#put(level + 1, before, this.#close(level));
      open.pages += 1;
      open.children = emptyPage();
    }
    const page = open ?? { at, children: emptyPage(), pages: 0 };
    this.#levels[level] = page;
    page.at = at;
    page.children[index % PAGE_FANOUT] = id;
  }

  #close(level: number): ObjectId {
    return pageId(encodePage({ level, children: (this.#levels[level] as Level).children }));
  }
}

function emptyPage(): (ObjectId | undefined)[] {
  return new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined);
}
