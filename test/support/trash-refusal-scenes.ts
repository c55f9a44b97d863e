import { patch } from '../../src/platform/catalogue/port.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { REGION, type TestAccount, type TestApi } from './api.ts';
import { createDisk, createSnapshot, deleteSnapshots, setQuota } from './operations.ts';
import type { Scenes } from './refusal-scenes.ts';

const PIN = 'mutation ($id: ID!) { pinSnapshot(input: { snapshotId: $id }) { snapshot { id } } }';

/** What the recycle bin, pins and retentions are refused for. */
export function trashRefusalScenes(api: TestApi, account: TestAccount): Scenes {
  const snapshot = async (as = account): Promise<string> => {
    const { id } = await createDisk(as);
    return (await createSnapshot(as, id)).id;
  };
  const unready = (input: object = {}) => ({
    SnapshotNotReady: async () => {
      const snapshotId = await snapshot();
      const key = { accountId: account.id, id: snapshotId };
      await api.catalogue.transact([patch(snapshotEntity, key, { set: { status: 'PROGRESSING' } })]);
      return { input: { snapshotId, ...input }, extra: { snapshotId, status: 'PROGRESSING' } };
    },
  });
  const pinned = {
    SnapshotPinned: async () => {
      const snapshotId = await snapshot();
      await account.call(PIN, { id: snapshotId });
      return { input: { snapshotIds: [snapshotId], force: true }, extra: {} };
    },
  };
  return {
    deleteSnapshots: pinned,
    deleteSnapshotsPreview: pinned,
    pinSnapshot: unready(),
    setSnapshotRetention: {
      ...unready({ retentionDays: 5 }),
      Forbidden: async () => {
        const as = { ...account, key: await account.createKey('OPERATOR') };
        const input = { snapshotId: await snapshot(), retentionDays: 5 };
        return { as, input, extra: { needed: 'ADMIN', role: 'OPERATOR' } };
      },
    },
    setTrashRetention: {
      Forbidden: async () => {
        const as = { ...account, key: await account.createKey('ADMIN', [REGION]) };
        return { as, input: { hours: 0 }, extra: {} };
      },
    },
    restoreTrash: {
      QuotaExceeded: async () => {
        const as = await api.createAccount({ trashHours: 'default' });
        const id = await snapshot(as);
        await deleteSnapshots(as, [id]);
        await setQuota(as, 'MANUAL_SNAPSHOTS_PER_DISK', 0);
        return { as, input: { ids: [id] }, extra: {} };
      },
    },
  };
}
