import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, sweep } from '../../platform/sweep.ts';
import { type FirstRound, wakeIn } from '../calls/to-wake.ts';
import { COPY_SHARDS, type CopyRow, copyEntity, LONGEST_WAIT_MS } from '../model/copies/rows.ts';
import type { Service } from '../service.ts';
import { wakeWaiting } from './wake.ts';

/**
 * The janitor's round: wakes workers for copies that have lost theirs, or have waited their time.
 * After a start all have lost theirs, and none waits any longer.
 */
export function sweepCopies(service: Service, until: number, first: FirstRound = {}): Promise<Counts<'woken'>> {
  const { catalogue, clock } = service;
  return sweep(clock, { until, counts: ['woken'] }, async (round) => {
    if (first.isFirst === true) await round.attempt(async () => round.count('woken', await wakeWaiting(service)));
    await wakeIn<CopyRow>(round, service, first, {
      shards: COPY_SHARDS,
      list: (runShard, part) => rowsOf(catalogue, copyEntity, { index: 'byRun', partition: { runShard }, ...part }),
      mostMs: LONGEST_WAIT_MS,
      messageOf: ({ accountId, id }) => ({ kind: 'copy', accountId, id }),
    });
  });
}
