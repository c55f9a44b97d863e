import {
  absent,
  type Catalogue,
  type Condition,
  equal,
  patch,
  put,
  type Write,
} from '../../platform/catalogue/port.ts';
import type { EventDeps } from '../model/events/record.ts';
import { type PolicyRegisterRow, type PolicyRow, policyEntity, policyRegisterEntity } from '../model/policies/rows.ts';
import { crossing, type ToldQuota, tellCrossing } from '../model/quotas/crossing.ts';
import { quotaLimit, requireRoom } from '../model/quotas/limits.ts';

interface PolicyPlace {
  readonly accountId: string;
  readonly region: string;
}

/** Rule 1.4: one policy more, unless that would break the limit. */
export async function registerPolicy(
  deps: EventDeps & { readonly catalogue: Catalogue },
  { accountId, region, id }: PolicyRow,
): Promise<Write[]> {
  const { catalogue } = deps;
  const key = { accountId, region };
  const [limit, row] = await Promise.all([
    quotaLimit(catalogue, { ...key, kind: 'POLICIES' }),
    catalogue.get(policyRegisterEntity, key),
  ]);
  const used = row?.ids.length ?? 0;
  const message = `Region ${region} has ${used} of ${limit} policies.`;
  requireRoom({ kind: 'POLICIES', limit, used }, message);
  const seen = { limit, used, told: row?.told };
  const { told } = crossing(seen);
  const tells = tellCrossing(deps, { accountId, region, quota: 'POLICIES' }, seen);
  if (row === undefined)
    return [put(policyRegisterEntity, { ...key, ids: [id], revision: 0, ...(told && { told }) }), ...tells];
  return [changed(row, [...row.ids, id], told), ...tells];
}

export async function unregisterPolicy(catalogue: Catalogue, { accountId, region, id }: PolicyRow): Promise<Write[]> {
  const row = await catalogue.get(policyRegisterEntity, { accountId, region });
  if (row === undefined) return [];
  return [
    changed(
      row,
      row.ids.filter((other) => other !== id),
    ),
  ];
}

/** All policies of an account in a region: few, by their quota. */
export async function policiesOf(catalogue: Catalogue, { accountId, region }: PolicyPlace): Promise<PolicyRow[]> {
  const register = await catalogue.get(policyRegisterEntity, { accountId, region });
  const keys = (register?.ids ?? []).map((id) => ({ accountId, id }));
  const rows = await catalogue.getMany(policyEntity, keys);
  return rows.filter((row) => row !== undefined);
}

function changed(
  { accountId, region, revision, told: before }: PolicyRegisterRow,
  ids: readonly string[],
  told: ToldQuota | undefined = before,
): Write {
  const set = { ids, ...(told && { told }) };
  const change = { set, add: { revision: 1 }, when: [equal('revision', revision)] };
  return patch(policyRegisterEntity, { accountId, region }, change);
}

/** What a decision about a policy rests on: its settings, and the slot that is next. */
export function seenPolicy({ revision, nextRunAt }: PolicyRow): Condition<PolicyRow>[] {
  return [equal('revision', revision), nextRunAt === undefined ? absent('nextRunAt') : equal('nextRunAt', nextRunAt)];
}
