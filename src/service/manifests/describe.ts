import type { About } from '../../engine/books/manifest.ts';
import type { ManifestSubject } from '../../engine/contract.ts';
import type { Describe } from '../../engine/ledger/manifests.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { idPrefix } from '../calls/owned.ts';
import { accountEntity, snapshotServiceEntity } from '../model/accounts/rows.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { diskEntity, domainEntity } from '../model/disks/rows.ts';
import { imageEntity } from '../model/images/rows.ts';
import type { AboutNode } from '../model/manifests/about.ts';
import { DEFAULT_QUOTAS } from '../model/quotas/limits.ts';
import { quotaEntity } from '../model/quotas/rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { keptRow, trashEntity } from '../model/trash/rows.ts';
import { tagObjectivesEntity } from '../model/watch/rows.ts';
import { policiesOf } from '../policies/register.ts';

interface AboutDeps {
  readonly catalogue: Catalogue;
  readonly regions: readonly string[];
}

export function describeWith(deps: AboutDeps): Describe {
  return async (subject) => {
    if (subject.id === subject.accountId) return aboutAccount(deps, subject.accountId);
    return aboutNode(deps, subject);
  };
}

async function aboutNode({ catalogue }: AboutDeps, { accountId, id }: ManifestSubject): Promise<About | undefined> {
  const key = { accountId, id };
  switch (idPrefix(id)) {
    case 'd': {
      const disk = await catalogue.get(diskEntity, key);
      return disk ? withContext(catalogue, { disk }, disk.domainId, id) : aboutTrash(catalogue, key);
    }
    case 's': {
      const snapshot = await catalogue.get(snapshotEntity, key);
      if (snapshot === undefined) return aboutTrash(catalogue, key);
      return withContext(catalogue, { snapshot }, snapshot.domainId, snapshot.diskId);
    }
    case 'm': {
      const image = await catalogue.get(imageEntity, key);
      return image ? withContext(catalogue, { image }, image.domainId, undefined) : aboutTrash(catalogue, key);
    }
    default:
      return undefined;
  }
}

/** Rule 10.1: what lies in the recycle bin can be rebuilt as well. */
async function aboutTrash(catalogue: Catalogue, key: { readonly accountId: string; readonly id: string }) {
  const trash = await catalogue.get(trashEntity, key);
  if (trash === undefined) return undefined;
  return withContext(catalogue, { trash }, keptRow(trash).domainId, trash.kind === 'IMAGE' ? undefined : trash.chainId);
}

async function withContext(
  catalogue: Catalogue,
  about: AboutNode & { readonly [kind: string]: unknown },
  domainId: string,
  chainId: string | undefined,
): Promise<About> {
  const row = about.disk ?? about.snapshot ?? about.image ?? about.trash;
  const accountId = row?.accountId ?? '';
  const [domain, chain] = await Promise.all([
    catalogue.get(domainEntity, { id: domainId }),
    chainId === undefined ? undefined : catalogue.get(chainEntity, { accountId, id: chainId }),
  ]);
  return { ...about, ...(chain && { chain }), ...(domain && { domain }) };
}

async function aboutAccount({ catalogue, regions }: AboutDeps, accountId: string): Promise<About | undefined> {
  const account = await catalogue.get(accountEntity, { id: accountId });
  if (account === undefined) return undefined;
  const kinds = Object.keys(DEFAULT_QUOTAS) as (keyof typeof DEFAULT_QUOTAS)[];
  const services = await catalogue.getMany(
    snapshotServiceEntity,
    regions.map((region) => ({ accountId, region })),
  );
  const quotas = await catalogue.getMany(
    quotaEntity,
    regions.flatMap((region) => kinds.map((kind) => ({ accountId, region, kind }))),
  );
  const policies = await Promise.all(regions.map((region) => policiesOf(catalogue, { accountId, region })));
  const objectives = await catalogue.getMany(
    tagObjectivesEntity,
    regions.map((region) => ({ accountId, region })),
  );
  const there = <T>(row: T | undefined): row is T => row !== undefined;
  return {
    account,
    services: services.filter(there),
    quotas: quotas.filter(there),
    policies: policies.flat(),
    objectives: objectives.filter(there),
  };
}
