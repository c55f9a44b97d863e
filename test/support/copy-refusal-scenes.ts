import { readFile, writeFile } from 'node:fs/promises';
import { patch } from '../../src/platform/catalogue/port.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { OTHER_REGION, type TestAccount, type TestApi } from './api.ts';
import { copySnapshot, openOther } from './copies.ts';
import { createDisk, createSnapshot, SET_QUOTA } from './operations.ts';
import type { Scenes } from './refusal-scenes.ts';
import { DAY_MS } from './timer.ts';

const MANUAL = 'MANUAL_SNAPSHOTS_PER_DISK';

/** What copies to another region are refused for. */
export function copyRefusalScenes(api: TestApi): Scenes {
  const snapshotOf = async (as: TestAccount, input: object = {}): Promise<string> =>
    (await createSnapshot(as, (await createDisk(as, input)).id)).id;
  const inBoth = async (): Promise<TestAccount> => {
    const as = await api.createAccount();
    await openOther(as);
    return as;
  };
  const toOther = (snapshotId: string) => ({ snapshotId, toRegion: OTHER_REGION });

  return {
    copySnapshot: {
      SnapshotServiceNotOpened: async () => {
        const as = await api.createAccount();
        return { as, input: toOther(await snapshotOf(as)), extra: { region: OTHER_REGION } };
      },
      AccountInArrears: async () => {
        const as = await inBoth();
        const input = toOther(await snapshotOf(as));
        const since = new Date(api.clock.now() - 2 * DAY_MS).toISOString();
        await markInArrears(api.service, { account: as.id, since, yesDeleteNow: true });
        return { as, input, extra: { accountId: as.id } };
      },
      QuotaExceeded: async () => {
        const as = await inBoth();
        const snapshotId = await snapshotOf(as);
        await copySnapshot(as, snapshotId);
        await as.call(SET_QUOTA, { input: { kind: MANUAL, limit: 1, region: OTHER_REGION } });
        return { as, input: toOther(snapshotId), extra: { quota: MANUAL, limit: 1, used: 1 } };
      },
      SnapshotNotReady: async () => {
        const as = await inBoth();
        const snapshotId = await snapshotOf(as);
        const key = { accountId: as.id, id: snapshotId };
        await api.catalogue.transact([patch(snapshotEntity, key, { set: { status: 'PROGRESSING' } })]);
        return { as, input: toOther(snapshotId), extra: { snapshotId, status: 'PROGRESSING' } };
      },
      KeyUnavailable: async () => {
        const as = await inBoth();
        const input = toOther(await snapshotOf(as, { encrypted: true }));
        const during = async (work: () => Promise<unknown>) => {
          const keys = await readFile(api.keyFile, 'utf8');
          await writeFile(api.keyFile, '{"version":1,"keys":{}}', { mode: 0o600 });
          try {
            await work();
          } finally {
            await writeFile(api.keyFile, keys, { mode: 0o600 });
          }
        };
        return { as, input, extra: {}, during };
      },
    },
  };
}
