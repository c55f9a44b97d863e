import { BLOCK_BYTES, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import { blockMaps, blocksOfPage } from '../download/block-maps.ts';
import { fetchBlock, withPlace } from '../download/fetch-block.ts';
import { type ProvedPages, provePages } from '../download/proved-pages.ts';
import type { Datapath, MappedBlock } from '../service/datapath.ts';
import type { ObjectTransfer } from '../service/object-transfer.ts';
import type { BlockName } from '../threads/tasks.ts';
import type { Run } from './holes.ts';
import type { SnapshotSource } from './source.ts';
import type { Walker, WalkParts } from './walk.ts';

/**
 * Copies a plain snapshot into a disk that was empty. Ids of two domains cannot be compared, so a
 * block that the disk has at a place is one that an earlier run brought there.
 */
export function walkSnapshot(
  parts: WalkParts & {
    readonly source: SnapshotSource;
    readonly datapath: Datapath;
    readonly transfer: ObjectTransfer;
  },
): Walker {
  const { base, committer, pool, datapath, group, meter, slots, source, transfer, uploader } = parts;
  const fetching = { datapath, transfer, slots, pool, source: source.snapshotId };

  const copy = async (block: MappedBlock, slot: number): Promise<void> => {
    try {
      const storedBytes = await fetchBlock(fetching, block, slot);
      await pool.run('decode', { slot, id: block.id, storedBytes, sealed: false });
    } catch (error) {
      throw withPlace(error, source.snapshotId, block);
    }
    const [id] = await pool.run('name', { slots: [slot] });
    meter.readBytes += BLOCK_BYTES;
    if (id === undefined) slots.release(slot);
    else uploader.add({ index: block.index, id, slot });
  };
  const send = async (block: MappedBlock): Promise<void> => {
    await committer.room();
    const [slot] = (await slots.take(1, group.signal)) as [number];
    group.spawn(() => copy(block, slot));
  };

  let proving: Promise<ProvedPages> | undefined;
  const proved = (): Promise<ProvedPages> => {
    proving ??= provePages(datapath, source.snapshotId, source.expect);
    return proving;
  };

  return {
    walk: async () => {
      let page = -1;
      let there: readonly BlockName[] = [];
      for await (const { blocks } of blockMaps(datapath, await proved())) {
        for (const block of blocks) {
          const of = Math.floor(block.index / PAGE_FANOUT);
          if (of !== page) there = (await base.page(of)) === undefined ? [] : await base.blocks(of);
          page = of;
          if (there[block.index % PAGE_FANOUT] === undefined) await send(block);
          else {
            meter.readBytes += BLOCK_BYTES;
            meter.deduplicatedBytes += BLOCK_BYTES;
          }
        }
      }
    },
    requireWhole: () => undefined, // a snapshot always is
    reload: (runs: readonly Run[]) =>
      group.spawn(async () => {
        for (const { first } of runs) {
          const blocks = await blocksOfPage(datapath, await proved(), Math.floor(first / PAGE_FANOUT));
          for (const block of blocks) if (block.index === first) await send(block);
        }
      }),
  };
}
