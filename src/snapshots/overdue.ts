import { mapBounded } from '../platform/bounded.ts';
import { remove } from '../platform/catalogue/port.ts';
import { isoTime } from '../platform/clock.ts';
import type { WorkMessage } from '../platform/queue/port.ts';
import type { Service } from '../regions/service.ts';
import { finishSnapshot } from './finish.ts';
import { PROGRESS_SHARDS, progressEntity, progressRow } from './progress-rows.ts';
import { snapshotEntity } from './rows.ts';

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

/** The janitor's round: finishes what the queue has lost. */
export async function sweepOverdue(service: Service, until: number): Promise<{ readonly finished: number }> {
  const shards = Array.from({ length: PROGRESS_SHARDS }, (_, shard) => shard);
  const finished = await mapBounded(shards, SHARDS_AT_ONCE, (shard) => sweepShard(service, shard, until));
  return { finished: finished.reduce((sum, count) => sum + count, 0) };
}

async function sweepShard(service: Service, shard: number, until: number): Promise<number> {
  let finished = 0;
  for (;;) {
    const { rows } = await service.catalogue.list(progressEntity, { partition: { shard }, limit: PAGE });
    const now = isoTime(service.clock.now());
    const due = rows.filter(({ dueAt }) => dueAt <= now);
    for (const row of due) {
      if (service.clock.now() >= until) return finished;
      if (await finishSnapshot(service, { accountId: row.accountId, id: row.snapshotId }, 'COMMITTED')) finished++;
      else await service.catalogue.transact([remove(progressEntity, row)]);
    }
    if (due.length < PAGE) return finished;
  }
}
