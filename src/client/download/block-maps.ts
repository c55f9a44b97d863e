import type { BlockMap, Datapath, MapRequest } from '../service/datapath.ts';

/**
 * Each block comes with a signed URL of half a kilobyte: an answer of a quarter of a megabyte, used
 * up within seconds.
 */
const MAP_BLOCKS = 512;

/**
 * The present blocks of a disk or snapshot, in order. The next part is fetched while one is used.
 */
export async function* blockMaps(
  datapath: Datapath,
  source: string,
  { fresh }: Pick<MapRequest, 'fresh'> = {},
): AsyncGenerator<BlockMap> {
  const ask = (index: number, expectedVersion?: number) => {
    const map = datapath.blockMap({ source, startIndex: index, limit: MAP_BLOCKS, expectedVersion, fresh }, true);
    void Promise.allSettled([map]); // a failure is heard of when it is its turn
    return map;
  };
  let coming = ask(0);
  for (;;) {
    const map = await coming;
    if (map.nextIndex === null) {
      yield map;
      return;
    }
    coming = ask(map.nextIndex, isDisk(source) ? map.version : undefined);
    yield map;
  }
}

/** Snapshots never change; a disk that does while it is read would come out as a mixture. */
function isDisk(id: string): boolean {
  return id.startsWith('d-');
}
