import { mapBounded } from '../../platform/bounded.ts';
import { remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { PROGRESS_SHARDS, type ProgressRow, progressEntity, progressRow } from '../model/snapshots/progress-rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { finishSnapshot } from './finish.ts';

const PAGE = 100;
const SHARDS_AT_ONCE = 8;

/** A delayed message has come: the snapshot's writer has had its time. One that came early is sent again. */
export async function finishOverdue(
  service: Service,
  message: Extract<WorkMessage, { kind: 'snapshot' }>,
): Promise<'done' | 'early' | 'gone'> {
  const { accountId, id } = message;
  const snapshot = await service.catalogue.get(snapshotEntity, { accountId, id });
  if (snapshot?.status !== 'PROGRESSING') return 'gone';
  const delayMs = Date.parse(progressRow(snapshot).dueAt) - service.clock.now();
  if (delayMs <= 0) return (await finishSnapshot(service, { accountId, id }, 'COMMITTED')) ? 'done' : 'gone';
  await service.queue.send([message], { delayMs });
  return 'early';
}

/** The janitor's round: finishes what the queue has lost. Trouble with one keeps no other, and is told at the end. */
export async function sweepOverdue(service: Service, until: number): Promise<{ readonly finished: number }> {
  const shards = Array.from({ length: PROGRESS_SHARDS }, (_, shard) => shard);
  const troubles: unknown[] = [];
  const finish = (row: ProgressRow) => finishRow(service, row).catch((error: unknown) => void troubles.push(error));
  const finished = await mapBounded(shards, SHARDS_AT_ONCE, (shard) => sweepShard(service, { shard, until, finish }));
  if (troubles.length > 0) throw troubles[0];
  return { finished: finished.reduce((sum, count) => sum + count, 0) };
}

interface Round {
  readonly shard: number;
  readonly until: number;
  readonly finish: (row: ProgressRow) => Promise<boolean | undefined>;
}

async function sweepShard({ catalogue, clock }: Service, { shard, until, finish }: Round): Promise<number> {
  let finished = 0;
  for (let after: ProgressRow | undefined; ; ) {
    const query = { partition: { shard }, limit: PAGE, ...(after && { after }) };
    const { rows } = await catalogue.list(progressEntity, query);
    const now = isoTime(clock.now());
    const due = rows.filter(({ dueAt }) => dueAt <= now);
    for (const row of due) {
      if (clock.now() >= until) return finished;
      if (await finish(row)) finished++;
    }
    after = due.at(-1);
    if (after === undefined || due.length < PAGE) return finished;
  }
}

/** Whether it was this round that finished it; a row that stands for nothing any more goes. */
async function finishRow(service: Service, row: ProgressRow): Promise<boolean> {
  const { accountId, snapshotId: id } = row;
  if (await finishSnapshot(service, { accountId, id }, 'COMMITTED')) return true;
  await service.catalogue.transact([remove(progressEntity, row)]);
  return false;
}
