import type { Catalogue } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type ApiKeyRow, apiKeyEntity } from '../model/accounts/rows.ts';
import { placeOfQuota, type QuotaKey } from '../model/quotas/limits.ts';
import type { Counted } from '../model/quotas/register.ts';
import type { Service } from '../service.ts';
import { isLive } from './credentials.ts';

type Deps = Pick<Service, 'catalogue' | 'clock'>;

const PAGE = 1000;

export function keyQuota({ regions }: Pick<Service, 'regions'>, accountId: string): QuotaKey {
  return placeOfQuota({ accountId, region: '', kind: 'API_KEYS' }, regions);
}

/**
 * The keys that can be used. A key that the operator makes, for an account that has lost its last
 * one, counts only if it is older than the register.
 */
export function liveKeys({ catalogue, clock }: Deps, accountId: string): Counted {
  const live = (rows: readonly (ApiKeyRow | undefined)[]): string[] =>
    rows.flatMap((row) => (row !== undefined && isLive(row, isoTime(clock.now())) ? [row.id] : []));
  return {
    existing: async () => live(await allKeys(catalogue, accountId)),
    living: async (ids) => {
      const keys = ids.map((id) => ({ id }));
      return live(await catalogue.getMany(apiKeyEntity, keys));
    },
  };
}

async function allKeys(catalogue: Catalogue, accountId: string): Promise<ApiKeyRow[]> {
  const rows: ApiKeyRow[] = [];
  const query = { index: 'byAccount', partition: { accountId }, pageSize: PAGE } as const;
  for await (const row of rowsOf(catalogue, apiKeyEntity, query)) rows.push(row);
  return rows;
}
