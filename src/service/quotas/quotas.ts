import type { Quota, QuotaKind, SetQuotaInput } from '../../generated/schema.ts';
import { put } from '../../platform/catalogue/port.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { liveKeys } from '../accounts/key-quota.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { requireId, requireOwned } from '../calls/owned.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { policyRegisterEntity } from '../model/policies/rows.ts';
import { countDisks } from '../model/quotas/counter.ts';
import { DEFAULT_QUOTAS, placeOfQuota, type QuotaKey, quotaLimit } from '../model/quotas/limits.ts';
import { readRegister } from '../model/quotas/register.ts';
import { quotaEntity } from '../model/quotas/rows.ts';
import { scrubsUnderWay } from '../model/scrubs/under-way.ts';
import type { Service } from '../service.ts';

const KINDS = Object.keys(DEFAULT_QUOTAS) as QuotaKind[];

/** What counts by disk. */
type Counts = Pick<ChainRow, 'manualCount' | 'autoCount'>;

type Deps = Pick<Service, 'catalogue' | 'clock' | 'regions'>;

export async function getQuota(deps: Deps, key: QuotaKey, chain: Counts | undefined): Promise<Quota> {
  const place = placeOfQuota(key, deps.regions);
  const limit = await quotaLimit(deps.catalogue, place);
  const used = await usedAmount(deps, place, chain);
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
    KINDS.map(async (kind) => {
      const quota = await getQuota(service, { accountId: caller.accountId, region: chosen, kind }, chain);
      return isBeyond(caller, kind) ? { ...quota, used: null, free: null } : quota;
    }),
  );
}

/** A credential that is limited to regions neither sees nor sets a quota of the whole account. */
function isBeyond({ regions }: Caller, kind: QuotaKind): boolean {
  return kind === 'API_KEYS' && regions !== undefined;
}

/**
 * From the chain, which outlives its disk; LOCAL disks have none, as they have no snapshots (3.1).
 */
async function findCounts(
  catalogue: Service['catalogue'],
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
  if (isBeyond(caller, kind)) {
    throw new VarveError('Forbidden', `${kind} is the whole account's, and this credential is limited to regions.`);
  }
  const key = { accountId: caller.accountId, region: chooseRegion(service.regions, caller, region), kind };
  await service.catalogue.transact([
    put(quotaEntity, { ...placeOfQuota(key, service.regions), limit }, 'any'),
    service.tree.noted(accountSubject(service.regions, caller.accountId)),
  ]);
  return getQuota(service, key, undefined);
}

async function usedAmount(deps: Deps, key: QuotaKey, chain: Counts | undefined): Promise<number | null> {
  const { catalogue } = deps;
  const { accountId, region, kind } = key;
  switch (kind) {
    case 'MANUAL_SNAPSHOTS_PER_DISK':
      return chain?.manualCount ?? null;
    case 'AUTO_SNAPSHOTS_PER_DISK':
      return chain?.autoCount ?? null;
    case 'POLICIES':
      return (await catalogue.get(policyRegisterEntity, { accountId, region }))?.ids.length ?? 0;
    case 'DISKS':
      return countDisks(catalogue, key);
    case 'SCRUBS_AT_ONCE':
      return (await readRegister(catalogue, key, scrubsUnderWay(catalogue, key))).ids.length;
    case 'API_KEYS':
      return (await readRegister(catalogue, key, liveKeys(deps, accountId))).ids.length;
  }
}
