import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { POLICY_COPY_SHARDS, type PolicyCopyRow, policyCopyEntity } from '../model/policies/copy-rows.ts';
import { LONGEST_COPY_WAIT_MS } from '../model/policies/copy-rules.ts';
import type { Service } from '../service.ts';

const PAGE = 100;
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
  return sweep(service.clock, { until, counts: ['woken'] }, (round) => {
    const wakeShard = async (shard: number) => {
      for (const rows of [dueRows(service, shard, isFirst), rowsFromFuture(service, shard)]) {
        await round.each(rows, async ({ accountId, snapshotId, region }) => {
          await service.queue.send([{ kind: 'policyCopy', accountId, snapshotId, region }]);
          round.count('woken');
        });
      }
    };
    return round.each(shards(POLICY_COPY_SHARDS), wakeShard, { atOnce: SHARDS_AT_ONCE });
  });
}

function dueRows({ catalogue, clock }: Service, wakeShard: number, isFirst: boolean): AsyncGenerator<PolicyCopyRow> {
  const now = isoTime(clock.now());
  const isDue = ({ wakeAt = '' }: PolicyCopyRow) => isFirst || wakeAt <= now;
  const query = { index: 'byWake' as const, partition: { wakeShard }, pageSize: PAGE };
  return rowsOf(catalogue, policyCopyEntity, { ...query, while: isDue });
}

/** A clock that was ahead has put them off too far (10.4): they are the last of the index. */
function rowsFromFuture(service: Service, wakeShard: number): AsyncGenerator<PolicyCopyRow> {
  const isAhead = ({ wakeAt = '' }: PolicyCopyRow) => wasStoredAhead(service, wakeAt, LONGEST_COPY_WAIT_MS);
  const query = { index: 'byWake' as const, partition: { wakeShard }, pageSize: PAGE, descending: true };
  return rowsOf(service.catalogue, policyCopyEntity, { ...query, while: isAhead });
}
