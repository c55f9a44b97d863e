import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { COPY_SHARDS, type CopyRow, copyEntity, LONGEST_WAIT_MS } from '../model/copies/rows.ts';
import type { Service } from '../service.ts';
import { wakeWaiting } from './wake.ts';

const PAGE = 100;

/**
 * The janitor's round: wakes workers for copies that have lost theirs, or have waited their time.
 * After a start all have lost theirs, and none waits any longer.
 */
export function sweepCopies(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  return sweep(service.clock, { until, counts: ['woken'] }, async (round) => {
    if (isFirst) await round.attempt(async () => round.count('woken', await wakeWaiting(service)));
    await round.each(shards(COPY_SHARDS), async (runShard) => {
      for (const rows of [dueRows(service, runShard, isFirst), rowsFromFuture(service, runShard)]) {
        await round.each(rows, async ({ accountId, id }) => {
          await service.queue.send([{ kind: 'copy', accountId, id }]);
          round.count('woken');
        });
      }
    });
  });
}

function dueRows({ catalogue, clock }: Service, runShard: number, isFirst: boolean): AsyncGenerator<CopyRow> {
  const now = isoTime(clock.now());
  const isDue = ({ wakeAt = '' }: CopyRow) => isFirst || wakeAt <= now;
  return rowsOf(catalogue, copyEntity, { index: 'byRun', partition: { runShard }, pageSize: PAGE, while: isDue });
}

/** A clock that was ahead has put them off too far (10.4): they are the last of the index. */
function rowsFromFuture(service: Service, runShard: number): AsyncGenerator<CopyRow> {
  const isAhead = ({ wakeAt = '' }: CopyRow) => wasStoredAhead(service, wakeAt, LONGEST_WAIT_MS);
  const query = { index: 'byRun' as const, partition: { runShard }, pageSize: PAGE, descending: true, while: isAhead };
  return rowsOf(service.catalogue, copyEntity, query);
}
