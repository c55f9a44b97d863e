import type { CreateApiKeyInput } from '../../generated/schema.ts';
import { type Catalogue, patch, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible, invalid, notFound, VarveError } from '../../platform/errors.ts';
import { type Caller, isAllowed, seesRegion } from '../calls/caller.ts';
import { once } from '../calls/once.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { visibleRegions } from '../calls/regions.ts';
import { parseName } from '../calls/text.ts';
import { type ApiKeyRow, apiKeyEntity } from '../model/accounts/rows.ts';
import { register } from '../model/quotas/register.ts';
import type { Service } from '../service.ts';
import { createSecret, isApiKeyId } from './credentials.ts';
import { keyQuota, liveKeys } from './key-quota.ts';

/** `secret` is the key's whole text; it is told once. */
export async function createApiKey(
  service: Service,
  caller: Caller,
  input: CreateApiKeyInput,
): Promise<{ readonly apiKey: ApiKeyRow; readonly secret: string | null }> {
  const parsed = parseNewKey(service, caller, input);
  const secret = createSecret(service.random);
  const row: ApiKeyRow = {
    ...parsed,
    id: secret.id,
    accountId: caller.accountId,
    secretHash: secret.secretHash,
    createdAt: isoTime(service.clock.now()),
    createdBy: caller.apiKeyId,
  };
  const call = { accountId: caller.accountId, operation: 'createApiKey', token: input.clientToken, input: parsed };
  const { recorded, value } = await once(service, call, async (record) => {
    requireFuture(service, row.expiresAt);
    const counted = await register(service, keyQuota(service, caller.accountId), {
      id: row.id,
      what: 'API keys of the account',
      of: liveKeys(service, caller.accountId),
    });
    const result = await service.catalogue.transact([put(apiKeyEntity, row), ...counted, ...record({ id: row.id })]);
    return result.ok
      ? { ok: true, value: { recorded: { id: row.id }, value: row } }
      : { ok: false, refused: result.failed };
  });
  if (value !== undefined) return { apiKey: value, secret: secret.text };
  return { apiKey: await getApiKey(service.catalogue, caller, recorded.id ?? ''), secret: null };
}

/** Of a key that is to be made: one that was made with this token may have expired since. */
function requireFuture({ clock }: Service, expiresAt: string | undefined): void {
  if (expiresAt !== undefined && expiresAt <= isoTime(clock.now())) throw invalid('expiresAt', 'must be in the future');
}

function parseNewKey(service: Service, caller: Caller, input: CreateApiKeyInput) {
  if (!isAllowed(caller.role, input.role)) throw new VarveError('Forbidden', 'A key cannot make one that allows more.');
  const regions = input.regions ?? caller.regions;
  if (regions?.length === 0) throw invalid('regions', 'must name a region');
  for (const [at, region] of (regions ?? []).entries()) {
    const known = visibleRegions(service.regions, caller).includes(region);
    if (!known) throw invalid(`regions.${at}`, 'is not a region of this installation');
  }
  return {
    name: parseName('name', input.name),
    role: input.role,
    ...(regions === undefined ? {} : { regions: [...new Set(regions)] }),
    ...(input.expiresAt == null ? {} : { expiresAt: input.expiresAt }),
  };
}

export function listApiKeys(catalogue: Catalogue, caller: Caller, args: PageArgs): Promise<Connection<ApiKeyRow>> {
  const partition = { accountId: caller.accountId };
  const sort = ['createdAt', 'id'] as const;
  const matches = caller.regions === undefined ? {} : { matches: (row: ApiKeyRow) => seesKey(caller, row) };
  const listing = { entity: apiKeyEntity, index: 'byAccount', partition, sort, descending: true, ...matches } as const;
  return listPage(catalogue, listing, args);
}

/**
 * A key that works in a region outside the credential's scope does not exist for it. Otherwise a
 * limited administrator could shut out those who are not.
 */
function seesKey(caller: Caller, { regions }: ApiKeyRow): boolean {
  return caller.regions === undefined || regions?.every((region) => seesRegion(caller, region)) === true;
}

export async function revokeApiKey(service: Service, caller: Caller, id: string): Promise<ApiKeyRow> {
  const row = await getApiKey(service.catalogue, caller, id);
  if (row.revokedAt !== undefined) return row;
  const revokedAt = isoTime(service.clock.now());
  await service.catalogue.transact([patch(apiKeyEntity, { id }, { set: { revokedAt } })]);
  return { ...row, revokedAt };
}

async function getApiKey(catalogue: Catalogue, caller: Caller, id: string): Promise<ApiKeyRow> {
  const row = isApiKeyId(id) ? await catalogue.get(apiKeyEntity, { id }) : undefined;
  if (row === undefined || row.accountId !== caller.accountId || !seesKey(caller, row))
    throw notFound('API key', id.slice(0, 64));
  return row;
}

/** The key that a request was sent with. */
export async function getOwnApiKey(catalogue: Catalogue, caller: Caller): Promise<ApiKeyRow> {
  const row = await catalogue.get(apiKeyEntity, { id: caller.apiKeyId });
  if (row === undefined) throw impossible(`API key ${caller.apiKeyId} is gone`);
  return row;
}
