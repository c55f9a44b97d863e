import { type DamagedBlock, reportDamage } from '../../client/download/report-damage.ts';
import type { Graphql } from '../../client/service/graphql.ts';
import type { Snapshot } from '../../client/service/snapshots.ts';
import { WorkerPool } from '../../client/threads/worker-pool.ts';
import { BlockStore } from '../blocks/block-store.ts';
import { CacheFolder } from '../blocks/cache-folder.ts';
import { ContentsMap } from '../blocks/contents-map.ts';
import { BlockMemory } from '../blocks/memory.ts';
import { ReadAhead } from '../blocks/read-ahead.ts';
import { SignedUrls } from '../blocks/signed-urls.ts';
import { ChangedSince } from '../extents/changed-since.ts';
import type { ExtentsParts } from '../extents/extents.ts';
import { leastMemoryBlocks } from '../limits.ts';
import type { DirtyData } from '../write-back/dirty-data.ts';
import type { Opening } from './opening.ts';
import { Reader } from './reader.ts';

/**
 * What is read: `source` is a disk, snapshot or draft, `diskId` the disk whose contents they are or
 * were.
 */
export interface ReadSource {
  readonly source: string;
  readonly diskId: string;
  readonly version: number;
  /** What the contents must be. */
  readonly root: string;
  readonly sizeBytes: number;
}

/** The reading side of a device. */
export interface Reading {
  readonly memory: BlockMemory;
  readonly pool: WorkerPool;
  readonly blocks: BlockStore;
  readonly contents: ContentsMap;
  readonly reader: Reader;
  readonly extents: ExtentsParts;
  readonly end: () => Promise<void>;
}

const MOST_REPORTED = 10_000; // more are a lost bucket

/** Reports each damaged block to the service once, beside all reading. */
function damageReporter(graphql: Graphql, source: string, signal: AbortSignal): (damaged: DamagedBlock) => void {
  const reported = new Set<string>();
  return (damaged) => {
    if (reported.has(damaged.objectId) || reported.size === MOST_REPORTED) return;
    reported.add(damaged.objectId);
    void reportDamage(graphql, source, [damaged], signal);
  };
}

const SNAPSHOT_LEAVES = 64;

function contentsOf({ services, signal, limits }: Opening, { id, root, sourceDisk }: Snapshot): ContentsMap {
  const { datapath } = services;
  const { sizeBytes } = sourceDisk;
  const leafMaps = Math.min(SNAPSHOT_LEAVES, limits.leafMaps);
  return new ContentsMap({ ...limits, datapath, source: id, version: 0, root, sizeBytes, leafMaps, signal });
}

/** `dirty` is asked for at each read, since it is opened after the reading side. */
export function openReading(
  opening: Opening,
  { source, diskId, version, root, sizeBytes }: ReadSource,
  dirty?: () => DirtyData,
): Reading {
  const { limits, keys, services, signal, log, cacheFolder } = opening;
  const { datapath, transfer, snapshots } = services;
  const memory = new BlockMemory(Math.max(limits.memoryBlocks, leastMemoryBlocks(limits)));
  const pool = new WorkerPool({ memory: memory.memory, keys });
  const urls = new SignedUrls(datapath, source);
  const contents = new ContentsMap({ datapath, source, version, root, sizeBytes, signal, ...limits });
  contents.warm();
  const folder = new CacheFolder({ path: cacheFolder, limitBytes: limits.cacheBytes, keys });
  const sealed = keys !== undefined;
  const blocks = new BlockStore({
    memory,
    pool,
    folder,
    datapath,
    transfer,
    urls,
    source,
    sealed,
    log,
    signal,
    onDamage: damageReporter(services.graphql, source, signal),
    ...limits,
  });
  const readAhead = new ReadAhead(limits.readAheadBlocks);
  const { heldBlocks, fetches } = limits;
  const reader = new Reader({ memory, pool, blocks, contents, dirty, urls, readAhead, heldBlocks, fetches });
  const changedSince = new ChangedSince({
    snapshots,
    diskId,
    contents,
    contentsOf: (snapshot) => contentsOf(opening, snapshot),
    now: () => performance.now(),
  });
  const generations = () => dirty?.().generations() ?? [];
  return {
    memory,
    pool,
    blocks,
    contents,
    reader,
    extents: { contents, changedSince, generations },
    end: async () => {
      await blocks.settled();
      await pool.close();
    },
  };
}
