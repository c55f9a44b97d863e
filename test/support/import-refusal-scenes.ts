import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { MOST_RUNNING_IMPORTS } from '../../src/service/imports/create.ts';
import type { TestAccount, TestApi } from './api.ts';
import { importImage } from './imports.ts';
import type { Scenes } from './refusal-scenes.ts';
import { DAY_MS } from './timer.ts';

/** What imports of images from buckets are refused for. */
export function importRefusalScenes(api: TestApi): Scenes {
  const inputOf = ({ id }: TestAccount) => ({ from: { key: `imports/${id}/disk.img` } });
  return {
    importImage: {
      SnapshotServiceNotOpened: async () => {
        const as = await api.createAccount({ open: false });
        return { as, input: inputOf(as), extra: { region: 'here' } };
      },
      AccountInArrears: async () => {
        const as = await api.createAccount();
        const since = new Date(api.clock.now() - 2 * DAY_MS).toISOString();
        await markInArrears(api.service, { account: as.id, since, yesDeleteNow: true });
        return { as, input: inputOf(as), extra: { accountId: as.id } };
      },
      QuotaExceeded: async () => {
        const as = await api.createAccount();
        const limit = MOST_RUNNING_IMPORTS;
        for (let made = 0; made < limit; made++) await importImage(as, inputOf(as).from);
        return { as, input: inputOf(as), extra: { quota: 'RUNNING_IMPORTS', limit, used: limit } };
      },
    },
  };
}
