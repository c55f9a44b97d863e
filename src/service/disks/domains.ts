import { createHash } from 'node:crypto';
import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible } from '../../platform/errors.ts';
import { type DomainRow, domainEntity } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';

const DOMAIN_ID_DIGITS = 32; // 128 bits of the hash

export interface DomainKey {
  readonly accountId: string;
  readonly region: string;
  /** Absent for plain contents. */
  readonly keyId?: string | undefined;
}

/** Contents are deduplicated within a domain: one account, one region, one key. */
export function domainIdOf({ accountId, region, keyId }: DomainKey): string {
  const parts = [accountId, region, keyId === undefined ? 'plain' : `key:${keyId}`];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DOMAIN_ID_DIGITS);
}

const MOST_DOMAINS = 1000; // an account has one for each key that it uses

export async function domainsOf(
  catalogue: Catalogue,
  partition: { readonly accountId: string; readonly region: string },
): Promise<DomainRow[]> {
  return (await catalogue.list(domainEntity, { index: 'byAccount', partition, limit: MOST_DOMAINS })).rows;
}

/**
 * The domain's row, made where there is none yet. Of two first calls at the same time one is
 * refused and takes the other's row, so that a domain has one data key for ever.
 */
export async function ensureDomain(service: Service, key: DomainKey): Promise<DomainRow> {
  const id = domainIdOf(key);
  const known = await service.catalogue.get(domainEntity, { id });
  if (known !== undefined) return known;
  const { accountId, region, keyId } = key;
  const createdAt = isoTime(service.clock.now());
  const row: DomainRow = {
    id,
    accountId,
    region,
    createdAt,
    ...(keyId === undefined ? {} : await newDataKey(service, keyId)),
  };
  const result = await service.catalogue.transact([put(domainEntity, row)]);
  if (result.ok) return row;
  const winner = await service.catalogue.get(domainEntity, { id });
  if (winner === undefined) throw impossible(`domain ${id} is there and is not`);
  return winner;
}

async function newDataKey(service: Service, keyId: string): Promise<Pick<DomainRow, 'keyId' | 'wrappedKey'>> {
  const { wrapped } = await service.keys.generateWrapped(keyId);
  return { keyId, wrappedKey: wrapped };
}
