import type { BlockMap, Datapath } from '../service/datapath.ts';

/** Each block comes with a signed URL of half a kilobyte: an answer of a quarter of a megabyte, used up within seconds. */
const MAP_BLOCKS = 512;

/** The present blocks of a disk or snapshot, from `startIndex` on, in order; the next part is asked for while one is used. */
export async function* blockMaps(datapath: Datapath, source: string, startIndex = 0): AsyncGenerator<BlockMap> {
  const ask = (index: number, expectedVersion?: number) => {
    const map = datapath.blockMap({ source, startIndex: index, limit: MAP_BLOCKS, expectedVersion }, true);
    void Promise.allSettled([map]); // a failure is heard of when it is its turn
    return map;
  };
  let coming = ask(startIndex);
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
