import { type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { Datapath } from '../service/datapath.ts';
import type { BlockName } from '../threads/tasks.ts';

/** What a disk or draft holds before a change. */
export interface Base {
  /** The leaf page's id; undefined where the page is all holes. */
  page(number: number): Promise<ObjectId | undefined>;
  /** The {@link PAGE_FANOUT} blocks of a page. */
  blocks(page: number): Promise<BlockName[]>;
}

interface Window {
  readonly from: number;
  /** Pages from here on are not in it. */
  readonly to: number;
  readonly pages: ReadonlyMap<number, ObjectId>;
}

const WINDOW_PAGES = 1024; // half a TiB at a time, about 100 KB

/**
 * Reads the maps of `target` (at `version`, if that is given) in windows, as the pages are walked
 * through in ascending order.
 */
export function createBase(datapath: Datapath, target: string, version: number | undefined): Base {
  let window: Promise<Window> = Promise.resolve({ from: 0, to: 0, pages: new Map() });

  const next = async (from: number): Promise<Window> => {
    const map = await datapath.pageMap({
      source: target,
      startIndex: from,
      limit: WINDOW_PAGES,
      expectedVersion: version,
    });
    return {
      from,
      to: map.nextIndex ?? Number.POSITIVE_INFINITY,
      pages: new Map(map.pages.map(({ index, id }) => [index, id])),
    };
  };
  const covering = (page: number): Promise<Window> => {
    window = window.then((current) => (page >= current.from && page < current.to ? current : next(page)));
    return window;
  };

  return {
    page: async (page) => (await covering(page)).pages.get(page),
    blocks: async (page) => {
      const first = page * PAGE_FANOUT;
      const map = await datapath.blockMap(
        {
          source: target,
          startIndex: first,
          endIndex: first + PAGE_FANOUT,
          limit: PAGE_FANOUT,
          expectedVersion: version,
        },
        false,
      );
      const names = new Array<BlockName>(PAGE_FANOUT).fill(undefined);
      for (const { index, id } of map.blocks) names[index - first] = id;
      return names;
    },
  };
}
