import { createHash } from 'node:crypto';
import { type Catalogue, put } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import { impossible } from '../../../platform/errors.ts';
import type { Service } from '../../service.ts';
import { type DomainRow, domainEntity } from './rows.ts';

const DOMAIN_ID_DIGITS = 32; // 128 bits of the hash

export interface DomainKey {
  readonly accountId: string;
  readonly region: string;
  /** Absent for plain contents. */
  readonly keyId?: string | undefined;
  /** The domain whose data key it has, if that is not its own. */
  readonly dataKeyOf?: string | undefined;
}

/**
 * Contents are deduplicated within a domain: one account, one region, one data key. A key has a
 * domain of its own in each region. Copies from other regions come with the data key of theirs, so
 * they lie in a domain for each of these.
 */
export function domainIdOf({ accountId, region, keyId, dataKeyOf }: DomainKey): string {
  const key = keyId === undefined ? 'plain' : `key:${keyId}`;
  const parts = [accountId, region, key, ...(dataKeyOf === undefined ? [] : [`of:${dataKeyOf}`])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DOMAIN_ID_DIGITS);
}

const MOST_DOMAINS = 1000; // an account has one for each data key that it uses

export async function domainsOf(
  catalogue: Catalogue,
  partition: { readonly accountId: string; readonly region: string },
): Promise<DomainRow[]> {
  return (await catalogue.list(domainEntity, { index: 'byAccount', partition, limit: MOST_DOMAINS })).rows;
}

/** What is stored under a key, or plain: copies from other regions lie in domains of their own. */
export async function domainIdsUnder(
  catalogue: Catalogue,
  partition: { readonly accountId: string; readonly region: string },
  keyId: string | undefined,
): Promise<ReadonlySet<string>> {
  const rows = await domainsOf(catalogue, partition);
  return new Set(rows.flatMap((row) => (row.keyId === keyId ? [row.id] : [])));
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
  return putDomain(service, row);
}

async function putDomain(service: Service, row: DomainRow): Promise<DomainRow> {
  const result = await service.catalogue.transact([put(domainEntity, row)]);
  if (result.ok) return row;
  const winner = await service.catalogue.get(domainEntity, { id: row.id });
  if (winner === undefined) throw impossible(`domain ${row.id} is there and is not`);
  return winner;
}

/**
 * Rule 7.1: the domain of another region in which sealed bytes of this one can be read: it has the
 * same data key, wrapped again by the key there. Throws `KeyUnavailable` if the key cannot be used
 * there. Copies that come back lie where they came from.
 */
export async function ensureDomainOfCopy(service: Service, domainId: string, region: string): Promise<DomainRow> {
  const from = await service.catalogue.get(domainEntity, { id: domainId });
  if (from === undefined) throw impossible(`domain ${domainId} has no row`);
  const { accountId, keyId, wrappedKey } = from;
  if (keyId === undefined || wrappedKey === undefined) return ensureDomain(service, { accountId, region });
  const again = await service.keys.rewrap({ keyId, wrapped: wrappedKey }, region);
  const dataKeyOf = from.dataKeyOf ?? from.id;
  const home = await service.catalogue.get(domainEntity, { id: dataKeyOf });
  if (home?.region === region) return home;
  const id = domainIdOf({ accountId, region, keyId: again.keyId, dataKeyOf });
  const known = await service.catalogue.get(domainEntity, { id });
  if (known !== undefined) return known;
  const createdAt = isoTime(service.clock.now());
  const data = { keyId: again.keyId, wrappedKey: again.wrapped, dataKeyOf };
  return putDomain(service, { id, accountId, region, createdAt, ...data });
}

async function newDataKey(service: Service, keyId: string): Promise<Pick<DomainRow, 'keyId' | 'wrappedKey'>> {
  const { wrapped } = await service.keys.generateWrapped(keyId);
  return { keyId, wrappedKey: wrapped };
}
