import { type Catalogue, equal, patch, put, type Write } from '../../../platform/catalogue/port.ts';
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
  catalogue: Catalogue,
  key: QuotaKey,
  { id, what, of }: { readonly id: string; readonly what: string; readonly of: Counted },
): Promise<Write> {
  const [limit, { row, ids }] = await Promise.all([quotaLimit(catalogue, key), readRegister(catalogue, key, of)]);
  const used = ids.length;
  requireRoom({ kind: key.kind, limit, used }, `${what}: ${used} of ${limit}.`);
  const set = { ids: [...ids, id] };
  if (row === undefined) return put(quotaUseEntity, { ...key, ...set, revision: 0 });
  return patch(quotaUseEntity, key, { set, add: { revision: 1 }, when: [equal('revision', row.revision ?? 0)] });
}
