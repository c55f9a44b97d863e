import { mapBounded } from '../../platform/bounded.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { shards } from '../../platform/sweep.ts';
import { COPY_SHARDS, type CopyRow, copyEntity, wokenAt } from '../model/copies/rows.ts';
import type { Service } from '../service.ts';

const PAGE = 100;
const IN_FLIGHT = 4;
/** Of each shard: others go by their own time. */
const MOST = 1000;

/**
 * What made copies wait may be over: a region has come back, or the service has just started. They
 * are tried at once, and not when their wait is over.
 */
export async function wakeWaiting(service: Service): Promise<number> {
  const counts = await mapBounded([...shards(COPY_SHARDS)], COPY_SHARDS, (shard) => wakeShard(service, shard));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function wakeShard(service: Service, runShard: number): Promise<number> {
  let woken = 0;
  const query = { index: 'byRun' as const, partition: { runShard }, pageSize: PAGE };
  for await (const { rows } of pagesOfRows(service.catalogue, copyEntity, query)) {
    const waiting = rows.filter(({ problemCode }) => problemCode !== undefined);
    const done = await mapBounded(waiting, IN_FLIGHT, (copy) => wake(service, copy));
    woken += done.filter((isWoken) => isWoken).length;
    if (woken >= MOST) break;
  }
  return woken;
}

async function wake({ catalogue, clock, queue }: Service, { accountId, id, attempts }: CopyRow): Promise<boolean> {
  const set = wokenAt(id, isoTime(clock.now()));
  const when = [equal<'status', CopyRow['status']>('status', 'RUNNING'), equal('attempts', attempts)];
  const { ok } = await catalogue.transact([patch(copyEntity, { accountId, id }, { set, when })]);
  if (ok) await queue.send([{ kind: 'copy', accountId, id }]);
  return ok;
}
