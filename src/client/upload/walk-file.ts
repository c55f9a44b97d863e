import { BLOCK_BYTES, blockCount, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import { Limit } from '../flow/limit.ts';
import { bytesWithin } from '../progress.ts';
import type { BlockName } from '../threads/tasks.ts';
import { holeFinder, type Run } from './holes.ts';
import { imageRuns } from './image-runs.ts';
import { comparePage, leafPageId, split } from './page-plan.ts';
import type { FileSource } from './source.ts';
import { createReader } from './source-reader.ts';
import { LOAD_BLOCKS, type Walker, type WalkParts } from './walk.ts';

/** Blocks named by one task: 32 MiB, so that both threads have work in any image worth the name. */
const SCAN_BLOCKS = 64;
/** Pages looked at together: while the service lists the blocks of one, the next is being read. */
const PAGES = 3;

/**
 * Walks through a source that can be read anywhere, page by page. If the disk has nothing there,
 * blocks go to the uploader as they are read. If it has a page, its blocks are named first, and
 * only what differs is read again.
 */
export function walkFile(parts: WalkParts & { readonly source: FileSource }): Walker {
  const { base, pool, slots, group, meter, uploader, committer, source, disk } = parts;
  const { signal } = group;
  const diskBlocks = blockCount(disk.sizeBytes);
  const finder = source.image ? imageRuns(source.image) : holeFinder(source);
  const reader = createReader(pool, source, parts.unreadable);
  const sourceBlocks = blockCount(source.sizeBytes);
  const countRead = (first: number, count: number) => {
    meter.readBytes += bytesWithin(source.sizeBytes, first, count);
  };

  /**
   * Reads blocks and gives them to the uploader. `known` blocks were no holes in the disk or in an
   * earlier look.
   */
  const load = async (runs: readonly Run[], known: boolean): Promise<void> => {
    for (const { first, count } of runs.flatMap((run) => split(run, LOAD_BLOCKS))) {
      await committer.room();
      const taken = await slots.take(count, signal);
      group.spawn(async () => {
        const names = await reader.load(first, taken);
        if (!known) countRead(first, count);
        names.forEach((id, at) => {
          const slot = taken[at] as number;
          if (id !== undefined) {
            uploader.add({ index: first + at, id, slot });
            return;
          }
          slots.release(slot);
          if (known) committer.trim({ start: first + at, count: 1 });
        });
      });
    }
  };

  const scan = async (first: number, runs: readonly Run[]): Promise<BlockName[]> => {
    const names = new Array<BlockName>(PAGE_FANOUT).fill(undefined);
    const part = async (run: Run) => {
      const found = await reader.scan(run);
      found.forEach((name, at) => {
        names[run.first - first + at] = name;
      });
      countRead(run.first, run.count);
    };
    await Promise.all(runs.flatMap((run) => split(run, SCAN_BLOCKS)).map(part));
    return names;
  };

  const walkPage = async (page: number): Promise<void> => {
    const first = page * PAGE_FANOUT;
    const basePage = await base.page(page);
    const inSource = Math.max(Math.min(PAGE_FANOUT, sourceBlocks - first), 0);
    const runs = await finder.runs(first, inSource);
    countHoles(first, inSource, runs, countRead);
    if (basePage === undefined) return load(runs, false);
    const names = await scan(first, runs);
    const present = names.filter((name) => name !== undefined).length;
    if (present === 0) return committer.trim({ start: first, count: Math.min(PAGE_FANOUT, diskBlocks - first) });
    if (leafPageId(names) === basePage) {
      meter.deduplicatedBytes += present * BLOCK_BYTES;
      return undefined;
    }
    const { changed, trims, unchanged } = comparePage(first, await base.blocks(page), names);
    meter.deduplicatedBytes += unchanged * BLOCK_BYTES;
    for (const range of trims) committer.trim(range);
    return load(changed, true);
  };

  return {
    walk: async () => {
      const limit = new Limit(PAGES);
      const pages = Array.from({ length: Math.ceil(diskBlocks / PAGE_FANOUT) }, (_, page) => page);
      await Promise.all(pages.map((page) => limit.run(() => walkUnlessAborted(page))));
    },
    requireWhole: () => undefined, // see source-watch.ts
    reload: (runs) => group.spawn(() => load(runs, true)),
  };

  async function walkUnlessAborted(page: number): Promise<void> {
    signal.throwIfAborted();
    await walkPage(page);
  }
}

/** Holes are gone through without being read. */
function countHoles(
  first: number,
  count: number,
  runs: readonly Run[],
  note: (first: number, count: number) => void,
): void {
  let at = first;
  for (const run of [...runs, { first: first + count, count: 0 }]) {
    if (run.first > at) note(at, run.first - at);
    at = run.first + run.count;
  }
}
