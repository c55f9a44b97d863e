import { entity, number, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/** The reader of the new blocks of a shard, and what that has cost of the day's budget. */
export const newBlocksReaderEntity = entity({
  name: 'newblocksreader',
  attributes: {
    shard: number(),
    /** Goes up with each checkpoint: of two readers at one shard, one is refused. */
    step: number(),
    /** UTC date. */
    day: string(),
    spentBytes: number(),
    /** Epoch ms of the last checkpoint; 0 while no reader is at it. */
    touchedAt: number(),
  },
  primary: { partition: ['shard'], sort: [] },
});
export type NewBlocksReaderRow = RowOf<typeof newBlocksReaderEntity>;
