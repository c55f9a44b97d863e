import type { ManifestSubject } from '../../engine/contract.ts';

/** The manifest of an account lies in the installation's first region. */
export function accountSubject(regions: readonly string[], accountId: string): ManifestSubject {
  return { accountId, id: accountId, regionId: regions[0] ?? '', domainId: '' };
}
