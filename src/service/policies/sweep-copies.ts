import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import type { Counts } from '../../platform/sweep.ts';
import { type FirstRound, sweepToWake } from '../calls/to-wake.ts';
import { POLICY_COPY_SHARDS, type PolicyCopyRow, policyCopyEntity } from '../model/policies/copy-rows.ts';
import { LONGEST_COPY_WAIT_MS } from '../model/policies/copy-rules.ts';
import type { Service } from '../service.ts';

const SHARDS_AT_ONCE = 4;

/**
 * The janitor's round: wakes workers for copies of policies that have lost theirs, or have waited
 * their time. After a start all have lost theirs.
 */
export function sweepPolicyCopies(service: Service, until: number, first: FirstRound = {}): Promise<Counts<'woken'>> {
  return sweepToWake<PolicyCopyRow>(service, until, first, {
    shards: POLICY_COPY_SHARDS,
    list: (wakeShard, part) =>
      rowsOf(service.catalogue, policyCopyEntity, { index: 'byWake', partition: { wakeShard }, ...part }),
    mostMs: LONGEST_COPY_WAIT_MS,
    messageOf: ({ accountId, snapshotId, region }) => ({ kind: 'policyCopy', accountId, snapshotId, region }),
    atOnce: SHARDS_AT_ONCE,
  });
}
