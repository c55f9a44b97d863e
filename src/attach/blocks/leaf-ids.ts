import { EMPTY, type ObjectId, PAGE_FANOUT, type Root } from '../../engine/blocks/block.ts';
import { encodePage, pageId } from '../../engine/blocks/page.ts';
import { RootBuilder } from '../../engine/blocks/root-builder.ts';

/** New ids by number of page; undefined where there is no page any more. */
type Changed = ReadonlyMap<number, ObjectId | undefined>;

/** What a change makes of the pages. */
export interface ChangedPages {
  readonly root: Root;
  readonly leaves: Changed;
  /** Of the pages above those. */
  readonly above: Changed;
}

const NOTHING: Changed = new Map();

/**
 * Ids of all leaf pages of one version, and the root that they make (rule 9.6). About 100 bytes for
 * 512 MiB in use.
 */
export class LeafIds {
  readonly #leaves: Map<number, ObjectId>;
  /** At most 128, which have 1024 leaf pages each. */
  readonly #above = new Map<number, ObjectId>();

  constructor(leaves: ReadonlyMap<number, ObjectId>) {
    this.#leaves = new Map(leaves);
    store(this.#above, this.#pagesAbove(leaves));
  }

  get(page: number): ObjectId | undefined {
    return this.#leaves.get(page);
  }

  root(): Root {
    return this.#rootOf(this.#above, NOTHING);
  }

  /** What changed leaf pages make of the others. Nothing is changed here before `apply`. */
  plan(leaves: Changed): ChangedPages {
    const changed = this.#pagesAbove(leaves);
    const above = new Map(this.#above);
    store(above, changed);
    return { root: this.#rootOf(above, leaves), leaves, above: changed };
  }

  apply({ leaves, above }: ChangedPages): void {
    store(this.#leaves, leaves);
    store(this.#above, above);
  }

  #pagesAbove(leaves: Changed): Changed {
    const places = new Set([...leaves.keys()].map((page) => Math.floor(page / PAGE_FANOUT)));
    return new Map([...places].map((place) => [place, this.#pageAbove(place, leaves)]));
  }

  #pageAbove(place: number, changed: Changed): ObjectId | undefined {
    const children = Array.from({ length: PAGE_FANOUT }, (_, at) => this.#leaf(place * PAGE_FANOUT + at, changed));
    if (children.every((id) => id === undefined)) return undefined;
    return pageId(encodePage({ level: 1, children }));
  }

  #leaf(page: number, changed: Changed): ObjectId | undefined {
    return changed.has(page) ? changed.get(page) : this.#leaves.get(page);
  }

  #rootOf(above: ReadonlyMap<number, ObjectId>, changed: Changed): Root {
    if (above.size === 0) return EMPTY;
    const first = above.size === 1 && above.has(0) ? this.#onlyLeaf(changed) : undefined;
    if (first !== undefined) return first;
    const builder = new RootBuilder(2);
    for (const [place, id] of [...above].sort(([a], [b]) => a - b)) builder.add(place, id);
    return builder.finish();
  }

  /** Leaf page 0, if none of the others up to 1024 is there: it is the top page then. */
  #onlyLeaf(changed: Changed): ObjectId | undefined {
    for (let page = 1; page < PAGE_FANOUT; page++) if (this.#leaf(page, changed) !== undefined) return undefined;
    return this.#leaf(0, changed);
  }
}

function store(into: Map<number, ObjectId>, changed: Changed): void {
  for (const [place, id] of changed) {
    if (id === undefined) into.delete(place);
    else into.set(place, id);
  }
}
