import { BLOCK_BYTES, blockCount, type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import { encodePage, pageId } from '../../engine/blocks/page.ts';
import type { BlockMap, Datapath, MappedBlock, MapRequest } from '../service/datapath.ts';
import { contradiction } from './contradiction.ts';
import { type ProvedPages, requireOrder, requireStated } from './proved-pages.ts';

/**
 * A full leaf page in one answer, so that it is proved at once. Each block has a signed URL of 0.5
 * to 2.2 KB: the answer has 0.5 to 2.2 MB, and is used up within seconds.
 */
const MAP_BLOCKS = PAGE_FANOUT;

/** Blocks that the root proves, and how far they go: what is not named before `end` is a hole. */
export interface ProvedBlocks {
  readonly blocks: readonly MappedBlock[];
  readonly end: number;
}

/**
 * The present blocks of a version, in order, each only after its leaf page has been proved. Nothing
 * is fetched, written or passed on that the root does not vouch for.
 */
export async function* blockMaps(
  datapath: Datapath,
  proved: ProvedPages,
  { fresh }: Pick<MapRequest, 'fresh'> = {},
): AsyncGenerator<ProvedBlocks> {
  const { source, version } = proved;
  const expectedVersion = isSnapshot(source) ? undefined : version;
  const ask = (startIndex: number) => {
    const map = datapath.blockMap({ source, startIndex, limit: MAP_BLOCKS, expectedVersion, fresh }, true);
    void Promise.allSettled([map]); // a failure is heard of when it is its turn
    return map;
  };
  const end = blockCount(proved.sizeBytes);
  const pages = new DuePages(proved);
  let open: MappedBlock[] = []; // of a page that is not complete
  let start = 0;
  for (let coming = ask(0); ; ) {
    const map = await coming;
    open.push(...requireMap(proved, map, { start, end }));
    start = map.nextIndex ?? end;
    if (map.nextIndex !== null) coming = ask(start);
    const stop = map.nextIndex === null ? end : start - (start % PAGE_FANOUT);
    const blocks = open.filter(({ index }) => index < stop);
    open = open.slice(blocks.length);
    pages.prove(blocks, stop);
    yield { blocks, end: stop };
    if (map.nextIndex === null) return;
  }
}

/** The blocks of one leaf page, proved. */
export async function blocksOfPage(
  datapath: Datapath,
  proved: ProvedPages,
  page: number,
): Promise<readonly MappedBlock[]> {
  const start = page * PAGE_FANOUT;
  const end = Math.min(start + PAGE_FANOUT, blockCount(proved.sizeBytes));
  const { source } = proved;
  const map = await datapath.blockMap({ source, startIndex: start, endIndex: end, limit: PAGE_FANOUT }, true);
  const blocks = requireMap(proved, map, { start, end });
  provePage(proved, page, blocks);
  return blocks;
}

function requireMap(
  proved: ProvedPages,
  map: BlockMap,
  { start, end }: { start: number; end: number },
): readonly MappedBlock[] {
  requireStated(proved.source, proved, map);
  return requireOrder(proved.source, map.blocks, { start, end, next: map.nextIndex });
}

/** The pages that have not been proved yet. */
class DuePages {
  readonly #proved: ProvedPages;
  readonly #pages: Iterator<number, undefined>;
  #next: number | undefined;

  constructor(proved: ProvedPages) {
    this.#proved = proved;
    this.#pages = proved.leaves.keys();
    this.#next = this.#pages.next().value;
  }

  /**
   * Proves those before block `stop`, which have these blocks: also that no page lacks its blocks.
   */
  prove(blocks: readonly MappedBlock[], stop: number): void {
    const byPage = Map.groupBy(blocks, ({ index }) => Math.floor(index / PAGE_FANOUT));
    for (const [page, own] of byPage) provePage(this.#proved, page, own);
    while (this.#next !== undefined && this.#next * PAGE_FANOUT < stop) {
      if (!byPage.has(this.#next)) provePage(this.#proved, this.#next, []);
      this.#next = this.#pages.next().value;
    }
  }
}

function provePage({ source, leaves }: ProvedPages, page: number, blocks: readonly MappedBlock[]): void {
  const children = new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined);
  for (const { index, id } of blocks) children[index % PAGE_FANOUT] = id;
  const came = blocks.length === 0 ? HOLES : pageId(encodePage({ level: 0, children }));
  const expected = leaves.get(page) ?? HOLES;
  if (came === expected) return;
  const offsetBytes = page * PAGE_FANOUT * BLOCK_BYTES;
  throw contradiction(source, { what: 'its block map', expected, came, offsetBytes });
}

const HOLES = 'only holes';

function isSnapshot(id: string): boolean {
  return id.startsWith('s-');
}
