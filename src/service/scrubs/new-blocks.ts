import { accountNodes } from '../../engine/books/account-nodes.ts';
import { blocksOf, NEW_BLOCKS_SHARDS, type NewBlocksRow, newBlocksEntity } from '../../engine/books/new-blocks.ts';
import { readNewBlocks } from '../../engine/health/new-blocks.ts';
import { equal, put, remove } from '../../platform/catalogue/port.ts';
import { dayOf } from '../../platform/clock.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { type NewBlocksReaderRow, newBlocksReaderEntity } from '../model/scrubs/new-blocks-rows.ts';
import { traceDamages } from './found.ts';
import type { ScrubDeps, ScrubOutcome } from './run.ts';

/** Between two checkpoints: a full commit, which is seconds of reading. */
const BATCH_BLOCKS = 1024;
/** Small commits are read together. */
const BATCH_COMMITS = 16;
/** A reader that has not come to a checkpoint for so long is gone. */
const FORGOTTEN_AFTER_MS = 2 * 60_000;

/**
 * How much may be read in a day, in the whole installation. 0: nothing is read back, and nothing is
 * kept for it.
 */
export interface NewBlocksPace {
  readonly bytesPerDay: number;
}

/**
 * The janitor's round: wakes a reader for each shard that has new blocks, unless one is at it or
 * the day's budget is spent. Not each commit does: one message a minute and shard is enough.
 */
export function sweepNewBlocks(
  { service }: Pick<ScrubDeps, 'service'>,
  pace: NewBlocksPace,
  until: number,
): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue } = service;
  return sweep(clock, { until, counts: ['woken'] }, (round) =>
    round.each(shards(NEW_BLOCKS_SHARDS), async (shard) => {
      const { rows } = await catalogue.list(newBlocksEntity, { partition: { shard }, limit: 1 });
      if (rows.length === 0) return;
      const reader = await readerOf(service, shard);
      const isAtIt = Math.abs(clock.now() - reader.touchedAt) < FORGOTTEN_AFTER_MS;
      if (isAtIt || !hasBudget(reader, pace)) return;
      await queue.send([{ kind: 'newBlocks', shard }]);
      round.count('woken');
    }),
  );
}

/**
 * Reads back the new blocks of a shard, the oldest first, until there are none, the day's budget is
 * spent or time is up. Can be killed anywhere: what was read since the last checkpoint is read
 * again. Of several at one shard, all but one end at their next checkpoint. What cannot be read
 * goes behind the others, and the failure is thrown when those are done.
 */
export async function runNewBlocks(
  deps: ScrubDeps,
  pace: NewBlocksPace,
  { shard, until }: { readonly shard: number; readonly until: number },
): Promise<ScrubOutcome> {
  const { service } = deps;
  let reader: NewBlocksReaderRow | undefined = await readerOf(service, shard);
  const unread = createUnread(deps);
  for (;;) {
    const { rows, more } = await service.catalogue.list(newBlocksEntity, {
      partition: { shard },
      limit: BATCH_COMMITS,
    });
    const batch = firstOf(rows);
    const isOver = rows.length === 0 || unread.has(rows[0]) || !hasBudget(reader, pace);
    // Idle from here on: the next one need not wait until this one counts as gone.
    if (isOver) {
      const isGone = (await checkpoint(service, reader, { touchedAt: 0 })) === undefined;
      unread.report();
      return isGone ? 'gone' : 'done';
    }
    reader = await checkpoint(service, reader, { touchedAt: service.clock.now() });
    if (reader === undefined) return 'gone';
    const { bytes, failed } = pace.bytesPerDay === 0 ? NOTHING_READ : await readBatch(deps, batch);
    for (const row of batch) {
      if (failed.has(row)) await unread.putBehind(row, failed.get(row));
      else await service.catalogue.tryWrite(remove(newBlocksEntity, { shard, id: row.id }));
    }
    reader = await checkpoint(service, reader, { spentBytes: reader.spentBytes + bytes });
    if (reader === undefined) return 'gone';
    const isMore = more || batch.length < rows.length;
    if (isMore && service.clock.now() >= until) return 'more';
  }
}

/** At least one commit, and no more blocks than a full one. */
function firstOf(rows: readonly NewBlocksRow[]): readonly NewBlocksRow[] {
  const batch: NewBlocksRow[] = [];
  let blocks = 0;
  for (const row of rows) {
    blocks += blocksOf(row).length;
    if (batch.length > 0 && blocks > BATCH_BLOCKS) break;
    batch.push(row);
  }
  return batch;
}

interface BatchRead {
  readonly bytes: number;
  /** What could not be read, with why. */
  readonly failed: ReadonlyMap<NewBlocksRow, unknown>;
}

const NOTHING_READ: BatchRead = { bytes: 0, failed: new Map() };

async function readBatch(deps: ScrubDeps, batch: readonly NewBlocksRow[]): Promise<BatchRead> {
  let bytes = 0;
  const failed = new Map<NewBlocksRow, unknown>();
  const places = new Map<string, Pick<NewBlocksRow, 'accountId' | 'regionId'>>();
  for (const row of batch) {
    try {
      const read = await readNewBlocks(deps.engine, row);
      bytes += read.bytes;
      const { accountId, regionId } = row;
      if (read.damages.length > 0) places.set(`${accountId} ${regionId}`, { accountId, regionId });
    } catch (error) {
      failed.set(row, error);
    }
  }
  for (const place of places.values()) await traceDamages(deps, place, await accountNodes(deps.engine, place));
  return { bytes, failed };
}

/** Commits whose blocks could not be read in this run. */
function createUnread({ service, engine }: ScrubDeps) {
  const behind = new Set<string>();
  let first: { readonly error: unknown } | undefined;
  return {
    has: (row: NewBlocksRow | undefined) => row !== undefined && behind.has(row.id),
    /** Under a new id, which sorts behind those that are there. */
    putBehind: async (row: NewBlocksRow, error: unknown) => {
      first ??= { error };
      const moved = { ...row, id: engine.ids.next('nb') };
      behind.add(moved.id);
      const { shard, id } = row;
      await service.catalogue.transact([put(newBlocksEntity, moved), remove(newBlocksEntity, { shard, id })]);
    },
    report: () => {
      if (first !== undefined) throw first.error;
    },
  };
}

function hasBudget({ spentBytes }: NewBlocksReaderRow, { bytesPerDay }: NewBlocksPace): boolean {
  return bytesPerDay === 0 || spentBytes < bytesPerDay / NEW_BLOCKS_SHARDS;
}

type ReaderDeps = Pick<ScrubDeps['service'], 'catalogue' | 'clock'>;

/** With what was spent today; step 0 is not in the catalogue yet. */
async function readerOf({ catalogue, clock }: ReaderDeps, shard: number): Promise<NewBlocksReaderRow> {
  const day = dayOf(clock.now());
  const known = await catalogue.get(newBlocksReaderEntity, { shard });
  if (known === undefined) return { shard, step: 0, day, spentBytes: 0, touchedAt: 0 };
  return known.day === day ? known : { ...known, day, spentBytes: 0 };
}

async function checkpoint(
  { catalogue }: ReaderDeps,
  reader: NewBlocksReaderRow,
  change: Partial<NewBlocksReaderRow>,
): Promise<NewBlocksReaderRow | undefined> {
  const { step } = reader;
  const next: NewBlocksReaderRow = { ...reader, ...change, step: step + 1 };
  const when = step === 0 ? 'absent' : [equal('step', step)];
  return (await catalogue.transact([put(newBlocksReaderEntity, next, when)])).ok ? next : undefined;
}
