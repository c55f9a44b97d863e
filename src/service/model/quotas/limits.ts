import type { QuotaKind } from '../../../generated/schema.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { VarveError } from '../../../platform/errors.ts';
import { quotaEntity } from './rows.ts';

/**
 * Rule 1.4. Also the most that an account can be given: a chain of 512 nodes is what the design is
 * measured for. A scrub reads everything that is stored, so a second one takes from the first.
 */
export const DEFAULT_QUOTAS: Readonly<Record<QuotaKind, number>> = {
  MANUAL_SNAPSHOTS_PER_DISK: 256,
  AUTO_SNAPSHOTS_PER_DISK: 256,
  POLICIES: 100,
  DISKS: 10_000,
  SCRUBS_AT_ONCE: 2,
  API_KEYS: 100,
};

export interface QuotaKey {
  readonly accountId: string;
  readonly region: string;
  readonly kind: QuotaKind;
}

/** Keys belong to an account, not to a region: their quota lies in the installation's first one. */
export function placeOfQuota(key: QuotaKey, regions: readonly string[]): QuotaKey {
  return key.kind === 'API_KEYS' ? { ...key, region: regions[0] ?? '' } : key;
}

export async function quotaLimit(catalogue: Catalogue, key: QuotaKey): Promise<number> {
  const row = await catalogue.get(quotaEntity, key);
  return row?.limit ?? DEFAULT_QUOTAS[key.kind];
}

/** Rule 1.4: room for one more. */
export function requireRoom(
  { kind, limit, used }: { readonly kind: QuotaKind; readonly limit: number; readonly used: number },
  message: string,
): void {
  if (used < limit) return;
  throw new VarveError('QuotaExceeded', message, { quota: kind, limit, used });
}
