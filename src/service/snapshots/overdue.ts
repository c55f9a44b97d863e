import { remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { MOST_SKEW_MS, wasStoredAhead } from '../../platform/time/clock-trust.ts';
import {
  FLUSH_WAIT_MS,
  PROGRESS_SHARDS,
  type ProgressRow,
  progressEntity,
  progressRow,
} from '../model/snapshots/progress-rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { finishSnapshot } from './finish.ts';

const PAGE = 100;
const SHARDS_AT_ONCE = 8;
/** A writer that is still to answer in so long was asked by a clock that was ahead (10.4). */
const LONGEST_WAIT_MS = FLUSH_WAIT_MS + MOST_SKEW_MS;

/**
 * A delayed message has come: the snapshot's writer has had its time. One that came early is sent
 * again.
 */
export async function finishOverdue(
  service: Service,
  message: Extract<WorkMessage, { kind: 'snapshot' }>,
): Promise<'done' | 'early' | 'gone'> {
  const { accountId, id } = message;
  const snapshot = await service.catalogue.get(snapshotEntity, { accountId, id });
  if (snapshot?.status !== 'PROGRESSING') return 'gone';
  const delayMs = Date.parse(progressRow(snapshot).dueAt) - service.clock.now();
  const isOver = delayMs <= 0 || delayMs > LONGEST_WAIT_MS;
  if (isOver) return (await finishSnapshot(service, { accountId, id }, 'COMMITTED')) ? 'done' : 'gone';
  await service.queue.send([message], { delayMs });
  return 'early';
}

/** The janitor's round: finishes what the queue has lost. */
export function sweepOverdue(service: Service, until: number): Promise<Counts<'finished'>> {
  return sweep(service.clock, { until, counts: ['finished'] }, (round) => {
    const finishDue = async (shard: number) => {
      const finishOne = async (row: ProgressRow) => {
        if (await finishRow(service, row)) round.count('finished');
      };
      await round.each(rowsFromFuture(service, shard), finishOne);
      await round.each(dueRows(service, shard), finishOne);
    };
    return round.each(shards(PROGRESS_SHARDS), finishDue, { atOnce: SHARDS_AT_ONCE });
  });
}

function dueRows({ catalogue, clock }: Service, shard: number): AsyncGenerator<ProgressRow> {
  const now = isoTime(clock.now());
  const isDue = ({ dueAt }: ProgressRow) => dueAt <= now;
  return rowsOf(catalogue, progressEntity, { partition: { shard }, pageSize: PAGE, while: isDue });
}

/** Their writers have had all the time that they get, by any clock that is right. */
function rowsFromFuture(service: Service, shard: number): AsyncGenerator<ProgressRow> {
  const isAhead = ({ dueAt }: ProgressRow) => wasStoredAhead(service, dueAt, FLUSH_WAIT_MS);
  const query = { partition: { shard }, pageSize: PAGE, descending: true, while: isAhead };
  return rowsOf(service.catalogue, progressEntity, query);
}

/** Whether it was this round that finished it; a row that stands for nothing any more goes. */
async function finishRow(service: Service, row: ProgressRow): Promise<boolean> {
  const { accountId, snapshotId: id } = row;
  if (await finishSnapshot(service, { accountId, id }, 'COMMITTED')) return true;
  await service.catalogue.transact([remove(progressEntity, row)]);
  return false;
}
