import { type Catalogue, put, type Write } from '../../platform/catalogue/port.ts';
import { newCounters } from '../model/policies/cover.ts';
import { type PolicyRow, policyEntity, policyRegisterEntity } from '../model/policies/rows.ts';
import { dueNext } from '../model/policies/rules.ts';

/**
 * The rows of policies in a catalogue that is rebuilt, each to be written where there is none. They
 * are due next by their schedules: what was due while there was no catalogue is not made up for.
 * Their disks come under them as they are restored. Where an account's policies are registered
 * already, the register, which is written last, tells all that there are: others were deleted
 * since.
 */
export async function restoredPolicies(
  catalogue: Catalogue,
  policies: readonly PolicyRow[],
  nowMs: number,
): Promise<Write[]> {
  const places = Map.groupBy(policies, ({ accountId, region }) => JSON.stringify([accountId, region]));
  const writes: Write[] = [];
  for (const rows of places.values()) {
    const [{ accountId, region } = { accountId: '', region: '' }] = rows;
    if ((await catalogue.get(policyRegisterEntity, { accountId, region })) !== undefined) continue;
    for (const policy of rows) {
      const row = policy.status === 'ACTIVE' ? { ...policy, ...dueNext(policy, nowMs) } : policy;
      writes.push(...newCounters({ accountId, policyId: policy.id }), put(policyEntity, row));
    }
    writes.push(put(policyRegisterEntity, { accountId, region, ids: rows.map(({ id }) => id), revision: 0 }));
  }
  return writes;
}
