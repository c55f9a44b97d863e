import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { rowsToWake } from '../calls/to-wake.ts';
import { COPY_SHARDS, type CopyRow, copyEntity, LONGEST_WAIT_MS } from '../model/copies/rows.ts';
import type { Service } from '../service.ts';
import { wakeWaiting } from './wake.ts';

/**
 * The janitor's round: wakes workers for copies that have lost theirs, or have waited their time.
 * After a start all have lost theirs, and none waits any longer.
 */
export function sweepCopies(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue } = service;
  return sweep(clock, { until, counts: ['woken'] }, async (round) => {
    const wake = async ({ accountId, id }: CopyRow) => {
      await queue.send([{ kind: 'copy', accountId, id }]);
      round.count('woken');
    };
    if (isFirst) await round.attempt(async () => round.count('woken', await wakeWaiting(service)));
    await round.each(shards(COPY_SHARDS), async (runShard) => {
      const of = { index: 'byRun' as const, partition: { runShard } };
      const lists = rowsToWake<CopyRow>(service, {
        list: (part) => rowsOf(catalogue, copyEntity, { ...of, ...part }),
        mostMs: LONGEST_WAIT_MS,
        isFirst,
      });
      for (const rows of lists) await round.each(rows, wake);
    });
  });
}
