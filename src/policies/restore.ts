import { put, type Write } from '../platform/catalogue/port.ts';
import { newCounters } from './cover.ts';
import { type PolicyRow, policyEntity, policyRegisterEntity } from './rows.ts';
import { dueNext } from './rules.ts';

/**
 * The rows of policies in a catalogue that is made anew, each to be written where there is none. They are due next by their schedules: what was due
 * while there was no catalogue is not made up for. Their disks come under them as they are restored.
 */
export function restoredPolicies(policies: readonly PolicyRow[], nowMs: number): Write[] {
  const registers = Map.groupBy(policies, ({ accountId, region }) => JSON.stringify([accountId, region]));
  return [
    ...policies.flatMap((policy) => [
      ...newCounters({ accountId: policy.accountId, policyId: policy.id }),
      put(policyEntity, policy.status === 'ACTIVE' ? { ...policy, ...dueNext(policy, nowMs) } : policy),
    ]),
    ...[...registers.values()].flatMap((rows) => {
      const [first] = rows;
      if (first === undefined) return [];
      const { accountId, region } = first;
      return [put(policyRegisterEntity, { accountId, region, ids: rows.map(({ id }) => id), revision: 0 })];
    }),
  ];
}
