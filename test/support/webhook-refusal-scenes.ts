import { MOST_WEBHOOKS } from '../../src/service/model/webhooks/rows.ts';
import { SIGN_INS } from '../../src/service/sessions/resolvers.ts';
import { REGION, type TestAccount, type TestApi } from './api.ts';
import type { Scenes } from './refusal-scenes.ts';
import { createWebhook } from './webhooks.ts';

const CREATE_LINK = 'mutation { createConsoleLink(input: {}) { secret } }';

/** What webhooks, and links to the console, are refused for. */
export function webhookRefusalScenes(api: TestApi): Scenes {
  const input = { url: 'https://example.com/' };
  return {
    createConsoleLink: {
      Throttled: async () => {
        const as = await api.createAccount();
        for (let made = 0; made < SIGN_INS.burst; made++) await as.call(CREATE_LINK);
        return { as, input: {}, extra: { limit: 'key' } };
      },
    },
    createWebhook: {
      Forbidden: async () => {
        const account = await api.createAccount();
        const as: TestAccount = { ...account, key: await account.createKey('ADMIN', [REGION]) };
        return { as, input, extra: {} };
      },
      QuotaExceeded: async () => {
        const as = await api.createAccount();
        const limit = MOST_WEBHOOKS;
        for (let made = 0; made < limit; made++) await createWebhook(as, input);
        return { as, input, extra: { quota: 'WEBHOOKS', limit, used: limit } };
      },
    },
  };
}
