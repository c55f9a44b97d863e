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
  const { keyId } = key;
  return knownOrNew(service, key, async () => {
    if (keyId === undefined) return {};
    const { wrapped } = await service.keys.generateWrapped(keyId);
    return { keyId, wrappedKey: wrapped };
  });
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
  const data = { keyId: again.keyId, wrappedKey: again.wrapped, dataKeyOf };
  return knownOrNew(service, { accountId, region, keyId: again.keyId, dataKeyOf }, async () => data);
}

type DataKey = Pick<DomainRow, 'keyId' | 'wrappedKey' | 'dataKeyOf'>;

async function knownOrNew(
  { catalogue, clock }: Service,
  key: DomainKey,
  dataKey: () => Promise<DataKey>,
): Promise<DomainRow> {
  const id = domainIdOf(key);
  const known = await catalogue.get(domainEntity, { id });
  if (known !== undefined) return known;
  const { accountId, region } = key;
  const row: DomainRow = { id, accountId, region, createdAt: isoTime(clock.now()), ...(await dataKey()) };
  const result = await catalogue.transact([put(domainEntity, row)]);
  if (result.ok) return row;
  const winner = await catalogue.get(domainEntity, { id });
  if (winner === undefined) throw impossible(`domain ${id} is there and is not`);
  return winner;
}
