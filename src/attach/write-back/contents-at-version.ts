import type { BlockMap, Datapath, Versioned } from '../../client/service/datapath.ts';
import { type ObjectId, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { BlockRange } from '../../engine/contract.ts';
import { mapBounded } from '../../platform/bounded.ts';

/** What a change makes of a block. */
export interface ChangedBlock {
  readonly index: number;
  /** Undefined for a hole. */
  readonly id: ObjectId | undefined;
}

const MAPS_AT_ONCE = 8;

/**
 * Ids of blocks as the service has them, in the order of the indices. Undefined if the source is at
 * another version.
 */
export async function idsAt(
  datapath: Datapath,
  { source, version }: { readonly source: string; readonly version: number },
  indices: readonly number[],
): Promise<{ readonly ids: readonly (ObjectId | undefined)[]; readonly at: Versioned } | undefined> {
  const pages = [...new Set(indices.map((index) => Math.floor(index / PAGE_FANOUT)))];
  const maps = await mapBounded(pages, MAPS_AT_ONCE, (page) => {
    const span = { startIndex: page * PAGE_FANOUT, endIndex: (page + 1) * PAGE_FANOUT };
    return datapath.blockMap({ source, ...span, limit: PAGE_FANOUT }, false);
  });
  const [first] = maps;
  if (first === undefined || maps.some((map) => map.version !== version)) return undefined;
  const ids = new Map(maps.flatMap(({ blocks }) => blocks.map(({ index, id }) => [index, id] as const)));
  return { ids: indices.map((index) => ids.get(index)), at: { version, root: first.root } };
}

/** Whether the service has no block in any of the ranges at that version, but for those named. */
export async function areHoles(
  datapath: Datapath,
  at: { readonly source: string; readonly version: number },
  ranges: readonly BlockRange[],
  except: ReadonlySet<number>,
): Promise<boolean> {
  const found = await mapBounded(ranges, MAPS_AT_ONCE, (range) => isHole(datapath, at, range, except));
  return found.every((hole) => hole);
}

async function isHole(
  datapath: Datapath,
  { source, version }: { readonly source: string; readonly version: number },
  { start, count }: BlockRange,
  except: ReadonlySet<number>,
): Promise<boolean> {
  for (let startIndex: number | null = start; startIndex !== null; ) {
    const request = { source, startIndex, endIndex: start + count, limit: PAGE_FANOUT };
    const map: BlockMap = await datapath.blockMap(request, false);
    if (map.version !== version || map.blocks.some(({ index }) => !except.has(index))) return false;
    startIndex = map.nextIndex;
  }
  return true;
}

/**
 * The version that a change made. Undefined if the contents after `expectedVersion` are not those
 * that it was to make.
 */
export async function findChange(
  datapath: Datapath,
  source: string,
  expectedVersion: number,
  blocks: readonly ChangedBlock[],
): Promise<Versioned | undefined> {
  const found = await idsAt(
    datapath,
    { source, version: expectedVersion + 1 },
    blocks.map(({ index }) => index),
  );
  return found?.ids.every((id, at) => id === blocks[at]?.id) ? found.at : undefined;
}
