import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { rowsToWake } from '../calls/to-wake.ts';
import { POLICY_COPY_SHARDS, type PolicyCopyRow, policyCopyEntity } from '../model/policies/copy-rows.ts';
import { LONGEST_COPY_WAIT_MS } from '../model/policies/copy-rules.ts';
import type { Service } from '../service.ts';

const SHARDS_AT_ONCE = 4;

/**
 * The janitor's round: wakes workers for copies of policies that have lost theirs, or have waited
 * their time. After a start all have lost theirs.
 */
export function sweepPolicyCopies(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue } = service;
  return sweep(clock, { until, counts: ['woken'] }, (round) => {
    const wake = async ({ accountId, snapshotId, region }: PolicyCopyRow) => {
      await queue.send([{ kind: 'policyCopy', accountId, snapshotId, region }]);
      round.count('woken');
    };
    const wakeShard = async (shard: number) => {
      const of = { index: 'byWake' as const, partition: { wakeShard: shard } };
      const lists = rowsToWake<PolicyCopyRow>(service, {
        list: (part) => rowsOf(catalogue, policyCopyEntity, { ...of, ...part }),
        mostMs: LONGEST_COPY_WAIT_MS,
        isFirst,
      });
      for (const rows of lists) await round.each(rows, wake);
    };
    return round.each(shards(POLICY_COPY_SHARDS), wakeShard, { atOnce: SHARDS_AT_ONCE });
  });
}
