import { equal, patch } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { type ObjectRow, objectEntity } from '../books/rows.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import { ZERO_SHARDS } from './reclaim.ts';

const PAGE = 90;

/**
 * Objects that lost their references by a clock that was ahead would wait until that time has come:
 * they have lost them now. They are the last of the index, so a query finds none where all is
 * well.
 */
export async function redateDead(deps: EngineDeps, { domainId }: Domain): Promise<void> {
  const { catalogue, clock } = deps;
  const isAhead = ({ zeroAt = 0 }: ObjectRow) => wasStoredAhead(deps, zeroAt);
  for (const zeroShard of ZERO_SHARDS) {
    const query = { index: 'byZero' as const, partition: { domainId, zeroShard }, pageSize: PAGE, descending: true };
    for await (const row of rowsOf(catalogue, objectEntity, { ...query, while: isAhead })) {
      const { id, zeroAt = 0 } = row;
      const set = { domainId, zeroShard, id, zeroAt: clock.now() };
      const when = [equal('refs', 0), equal('zeroAt', zeroAt)];
      await catalogue.tryWrite(patch(objectEntity, { domainId, id }, { set, when }));
    }
  }
}
