import type { Graphql, Operation } from './graphql.ts';
import { type Connection, collect } from './pages.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly regions: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface AccountFacts {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly status: 'NORMAL' | 'IN_ARREARS';
  readonly arrearsSince: string | null;
  readonly serviceStopsAt: string | null;
  readonly snapshotsDeletedAt: string | null;
}

export interface CreateApiKey {
  readonly name: string;
  readonly role: string;
  readonly expiresAt?: string | undefined;
  readonly clientToken: string;
}

const KEY = 'id name role regions createdAt expiresAt revokedAt';

const ACCOUNT_FIELDS = 'id name createdAt status arrearsSince serviceStopsAt snapshotsDeletedAt';

const ACCOUNT: Operation<Record<never, never>, { viewer: { account: AccountFacts } }> = {
  text: `query Account { viewer { account { ${ACCOUNT_FIELDS} } } }`,
  repeatable: true,
};
const LIST: Operation<{ first: number; after: string | null }, { apiKeys: Connection<ApiKey> }> = {
  text: `query ApiKeys($first: Int!, $after: String) {
  apiKeys(first: $first, after: $after) { nodes { ${KEY} } pageInfo { hasNextPage endCursor } }
}`,
  repeatable: true,
};
const CREATE: Operation<{ input: CreateApiKey }, { createApiKey: { apiKey: ApiKey; secret: string | null } }> = {
  text: `mutation CreateApiKey($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { ${KEY} } secret } }`,
  // The secret is told once: an answer that was lost must not be taken for one without a secret.
  repeatable: false,
};
const REVOKE: Operation<{ input: { apiKeyId: string } }, { revokeApiKey: { apiKey: ApiKey } }> = {
  text: `mutation RevokeApiKey($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { ${KEY} } } }`,
  repeatable: true,
};

const SETTLE: Operation<{ input: { arrearsSince: string } }, { settleAccount: { account: AccountFacts } }> = {
  text: `mutation SettleAccount($input: SettleAccountInput!) { settleAccount(input: $input) { account { ${ACCOUNT_FIELDS} } } }`,
  repeatable: true,
};

export const API_KEY_OPERATIONS = [ACCOUNT, SETTLE, LIST, CREATE, REVOKE] as const;

export type ApiKeys = ReturnType<typeof createApiKeys>;

export function createApiKeys(graphql: Graphql, signal: AbortSignal) {
  return {
    account: async (): Promise<AccountFacts> => (await graphql.call(ACCOUNT, {}, signal)).viewer.account,
    settle: async (arrearsSince: string): Promise<AccountFacts> =>
      (await graphql.call(SETTLE, { input: { arrearsSince } }, signal)).settleAccount.account,
    list: (limit: number) =>
      collect(limit, async (first, after) => (await graphql.call(LIST, { first, after }, signal)).apiKeys),
    create: async (input: CreateApiKey) => (await graphql.call(CREATE, { input }, signal)).createApiKey,
    revoke: async (apiKeyId: string): Promise<ApiKey> =>
      (await graphql.call(REVOKE, { input: { apiKeyId } }, signal)).revokeApiKey.apiKey,
  };
}
