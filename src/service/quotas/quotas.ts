import type { Quota, QuotaKind, SetQuotaInput } from '../../generated/schema.ts';
import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { invalid } from '../../platform/errors.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { requireId, requireOwned } from '../calls/owned.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { policyRegisterEntity } from '../model/policies/rows.ts';
import { quotaEntity } from '../model/quotas/rows.ts';
import type { Service } from '../service.ts';

/**
 * Rule 1.4. Also the most that an account can be given: a chain of 512 nodes is what the design is
 * measured for.
 */
export const DEFAULT_QUOTAS: Readonly<Record<QuotaKind, number>> = {
  MANUAL_SNAPSHOTS_PER_DISK: 256,
  AUTO_SNAPSHOTS_PER_DISK: 256,
  POLICIES: 100,
};

const KINDS = Object.keys(DEFAULT_QUOTAS) as QuotaKind[];

export interface QuotaKey {
  readonly accountId: string;
  readonly region: string;
  readonly kind: QuotaKind;
}

export async function quotaLimit(catalogue: Catalogue, key: QuotaKey): Promise<number> {
  const row = await catalogue.get(quotaEntity, key);
  return row?.limit ?? DEFAULT_QUOTAS[key.kind];
}

/** What counts by disk. */
type Counts = Pick<ChainRow, 'manualCount' | 'autoCount'>;

export async function getQuota(catalogue: Catalogue, key: QuotaKey, chain: Counts | undefined): Promise<Quota> {
  const limit = await quotaLimit(catalogue, key);
  const used = await usedAmount(catalogue, key, chain);
  return { kind: key.kind, region: key.region, limit, used, free: used === null ? null : Math.max(0, limit - used) };
}

export interface QuotaList {
  readonly region?: string | null | undefined;
  readonly diskId?: string | null | undefined;
}

/** Rule 1.4. A disk decides the region, and tells the use of what counts by disk. */
export async function listQuotas(service: Service, caller: Caller, { region, diskId }: QuotaList): Promise<Quota[]> {
  const { catalogue, regions } = service;
  const chain = diskId == null ? undefined : await findCounts(catalogue, caller, diskId);
  const chosen = region == null && chain !== undefined ? chain.region : chooseRegion(regions, caller, region);
  if (chain !== undefined && chain.region !== chosen) throw invalid('region', `must be the disk's, ${chain.region}`);
  return Promise.all(
    KINDS.map((kind) => getQuota(catalogue, { accountId: caller.accountId, region: chosen, kind }, chain)),
  );
}

/** From the chain, which outlives its disk; LOCAL disks have none, as they have no snapshots (3.1). */
async function findCounts(
  catalogue: Catalogue,
  caller: Caller,
  diskId: string,
): Promise<Counts & Pick<ChainRow, 'region'>> {
  requireId('d', 'Disk', diskId);
  const chain = await catalogue.get(chainEntity, { accountId: caller.accountId, id: diskId });
  if (chain !== undefined) return requireOwned(caller, 'Disk', diskId, chain);
  const { region } = await findDisk(catalogue, caller, diskId);
  return { region, manualCount: 0, autoCount: 0 };
}

export async function setQuota(
  service: Service,
  caller: Caller,
  { region, kind, limit }: SetQuotaInput,
): Promise<Quota> {
  parseWhole('limit', limit, { min: 0, max: DEFAULT_QUOTAS[kind] });
  const key = { accountId: caller.accountId, region: chooseRegion(service.regions, caller, region), kind };
  await service.catalogue.transact([
    put(quotaEntity, { ...key, limit }, 'any'),
    service.tree.noted(accountSubject(service.regions, caller.accountId)),
  ]);
  return getQuota(service.catalogue, key, undefined);
}

async function usedAmount(
  catalogue: Catalogue,
  { accountId, region, kind }: QuotaKey,
  chain: Counts | undefined,
): Promise<number | null> {
  switch (kind) {
    case 'MANUAL_SNAPSHOTS_PER_DISK':
      return chain?.manualCount ?? null;
    case 'AUTO_SNAPSHOTS_PER_DISK':
      return chain?.autoCount ?? null;
    case 'POLICIES':
      return (await catalogue.get(policyRegisterEntity, { accountId, region }))?.ids.length ?? 0;
  }
}
