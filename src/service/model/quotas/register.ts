import { type Catalogue, equal, patch, put, type Write } from '../../../platform/catalogue/port.ts';
import type { EventDeps } from '../events/record.ts';
import { crossing, tellCrossing } from './crossing.ts';
import { type QuotaKey, quotaLimit, requireRoom } from './limits.ts';
import { type QuotaUseRow, quotaUseEntity } from './rows.ts';

/**
 * A quota of few things that cease to count by themselves: keys expire, scrubs end. A register has
 * their ids. The row of each says whether it still counts, so nothing has to take the id out.
 */
export interface Counted {
  /** Those that counted before there was a register. */
  existing(): Promise<readonly string[]>;
  /** Which of these still count. */
  living(ids: readonly string[]): Promise<readonly string[]>;
}

interface Register {
  readonly row: QuotaUseRow | undefined;
  readonly ids: readonly string[];
}

export async function readRegister(catalogue: Catalogue, key: QuotaKey, of: Counted): Promise<Register> {
  const row = await catalogue.get(quotaUseEntity, key);
  const ids = row?.ids === undefined ? await of.existing() : await of.living(row.ids);
  return { row, ids };
}

/**
 * Rule 1.4: one more, unless that breaks the limit. Of two at the same time one write is refused,
 * and its call comes back here.
 */
export async function register(
  deps: EventDeps & { readonly catalogue: Catalogue },
  key: QuotaKey,
  { id, what, of }: { readonly id: string; readonly what: string; readonly of: Counted },
): Promise<Write[]> {
  const { catalogue } = deps;
  const [limit, { row, ids }] = await Promise.all([quotaLimit(catalogue, key), readRegister(catalogue, key, of)]);
  const used = ids.length;
  requireRoom({ kind: key.kind, limit, used }, `${what}: ${used} of ${limit}.`);
  const seen = { limit, used, told: row?.told };
  const { told } = crossing(seen);
  const set = { ids: [...ids, id], ...(told && { told }) };
  const { accountId, region, kind } = key;
  // Two scrubs at once are all that there may be, and no sign of anything.
  const tells = kind === 'SCRUBS_AT_ONCE' ? [] : tellCrossing(deps, { accountId, region, quota: kind }, seen);
  if (row === undefined) return [put(quotaUseEntity, { ...key, ...set, revision: 0 }), ...tells];
  const gone = told === undefined && row.told !== undefined ? (['told'] as const) : [];
  const when = [equal('revision', row.revision ?? 0)];
  return [patch(quotaUseEntity, key, { set, remove: gone, add: { revision: 1 }, when }), ...tells];
}
