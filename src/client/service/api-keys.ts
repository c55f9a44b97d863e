import {
  AccountDocument,
  type AccountFieldsFragment,
  type Answered,
  type ApiKeyFieldsFragment,
  ApiKeysDocument,
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  type CreateApiKeyMutation,
  CreateConsoleLinkDocument,
  type CreateConsoleLinkMutation,
  RevokeApiKeyDocument,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

export type ApiKey = ApiKeyFieldsFragment;
export type AccountFacts = AccountFieldsFragment;

export type ApiKeys = ReturnType<typeof createApiKeys>;

export function createApiKeys(graphql: Graphql, signal: AbortSignal) {
  return {
    account: async (): Promise<AccountFacts> => (await graphql.call(AccountDocument, {}, signal)).viewer.account,
    list: (limit: number): Promise<Collected<ApiKey>> =>
      collect(limit, async (first, after) => (await graphql.call(ApiKeysDocument, { first, after }, signal)).apiKeys),
    /**
     * The secret comes once: an answer that was lost must not be taken for one without a secret.
     */
    create: async (input: Sendable<CreateApiKeyInput>): Promise<Answered<CreateApiKeyMutation>['createApiKey']> =>
      (await graphql.callOnce(CreateApiKeyDocument, { input }, signal)).createApiKey,
    /** The secret of a link that signs a browser in once. */
    createConsoleLink: async (): Promise<Answered<CreateConsoleLinkMutation>['createConsoleLink']> =>
      (await graphql.callOnce(CreateConsoleLinkDocument, {}, signal)).createConsoleLink,
    revoke: async (apiKeyId: string): Promise<ApiKey> =>
      (await graphql.call(RevokeApiKeyDocument, { input: { apiKeyId } }, signal)).revokeApiKey.apiKey,
  };
}
