import { REGION, type TestAccount, type TestApi } from './api.ts';
import { createDisk, GIB, setQuota } from './operations.ts';
import type { Scenes } from './refusal-scenes.ts';

const systemDisk = { sizeBytes: GIB };

/** What is refused as a quota is used up, a credential is limited, or a disk is of no such kind. */
export function quotaRefusalScenes(api: TestApi, account: TestAccount): Scenes {
  const full = (kind: string, input: object, used = 0) => ({
    QuotaExceeded: async () => {
      const as = await api.createAccount();
      await setQuota(as, kind, used);
      return { as, input, extra: { quota: kind, limit: used, used } };
    },
  });
  const key = { name: 'robot', role: 'VIEWER' };
  return {
    createDisk: full('DISKS', { sizeBytes: GIB }),
    createInstance: full('DISKS', { systemDisk }),
    startScrub: full('SCRUBS_AT_ONCE', {}),
    createApiKey: {
      ...full('API_KEYS', key, 1),
      Forbidden: async () => {
        const as = { ...account, key: await account.createKey('OPERATOR') };
        return { as, input: key, extra: { needed: 'ADMIN', role: 'OPERATOR' } };
      },
    },
    setRecoveryPointObjective: {
      UnsupportedDiskCategory: async () => {
        const { id: diskId } = await createDisk(account, { category: 'LOCAL' });
        return { input: { diskId, hours: 24 }, extra: { diskId, category: 'LOCAL' } };
      },
    },
    setQuota: {
      Forbidden: async () => {
        const as = { ...account, key: await account.createKey('ADMIN', [REGION]) };
        return { as, input: { kind: 'API_KEYS', limit: 5 }, extra: {} };
      },
    },
  };
}
