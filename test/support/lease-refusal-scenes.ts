import { patch } from '../../src/platform/catalogue/port.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import type { TestAccount, TestApi, Told } from './api.ts';
import { createInstance, stop } from './instances.ts';
import { acquire, commit, OPEN_DRAFT } from './leases.ts';
import { createDisk, createSnapshot, GIB } from './operations.ts';
import type { Asked, Scenes } from './refusal-scenes.ts';

/**
 * For each operation and code that has to do with writer leases, how it comes about through the
 * API.
 */
export function leaseRefusalScenes(api: TestApi, account: TestAccount): Scenes {
  const holder = 'some-host';
  async function held(): Promise<{ diskId: string; fence: number; hostId: string }> {
    const { id: diskId } = await createDisk(account);
    const { lease } = await acquire(account, diskId, { holder });
    return { diskId, fence: lease.fence, hostId: lease.instanceId };
  }
  const locked = (inputOf: (diskId: string) => object) => async (): Promise<Asked> => {
    const { diskId, fence } = await held();
    return { input: inputOf(diskId), extra: { diskId, holder, fence } };
  };
  const lost = (inputOf: (diskId: string) => object) => async (): Promise<Asked> => {
    const { diskId, fence } = await held();
    return { input: { ...inputOf(diskId), fence: fence + 1 }, extra: { diskId, fence: fence + 1, holder } };
  };
  const onHost = (inputOf: (instanceId: string) => object) => async (): Promise<Asked> => {
    const { hostId } = await held();
    return { input: inputOf(hostId), extra: { instanceId: hostId, kind: 'HOST' } };
  };
  const trims = [{ start: 0, count: 1 }];
  async function openDraft(input: object): Promise<string> {
    return (await account.call(OPEN_DRAFT, { input })).openDraft.draft.id;
  }
  async function draftOf(fenced: 'LeaseLost' | 'DiskLocked'): Promise<Asked> {
    const { diskId, fence } = await held();
    const draftId = await openDraft({ diskId, expectedVersion: 0, fence });
    await commit(account, draftId, { text: fenced, version: 0 });
    if (fenced === 'DiskLocked') return { input: { draftId }, extra: { diskId, holder } };
    return { input: { draftId, fence: fence + 1 }, extra: { diskId, holder } };
  }
  /** An instance that is STOPPED, with a data disk and a system disk that somebody holds. */
  async function machine(): Promise<Told> {
    const instance = await createInstance(account, { dataDisks: [{ sizeBytes: GIB }] });
    await stop(account, instance.id);
    await acquire(account, instance.systemDisk.id, { holder });
    return instance;
  }

  return {
    acquireLease: {
      DiskLocked: locked((diskId) => ({ diskId, holder: 'another' })),
      IncorrectDiskStatus: async () => {
        const snapshot = await createSnapshot(account, (await createDisk(account)).id);
        const { id: diskId } = await createDisk(account, { snapshotId: snapshot.id, encrypted: true });
        return { input: { diskId, holder }, extra: { diskId, status: 'CREATING' } };
      },
      IncorrectInstanceStatus: async () => {
        const { id, dataDisks } = await createInstance(account, { dataDisks: [{ sizeBytes: GIB }] });
        await api.catalogue.transact([
          patch(instanceEntity, { accountId: account.id, id }, { set: { status: 'PENDING' } }),
        ]);
        return { input: { diskId: dataDisks[0].id, holder }, extra: { instanceId: id, status: 'PENDING' } };
      },
    },
    renewLease: { LeaseLost: lost((diskId) => ({ diskId })) },
    commitBlocks: {
      DiskLocked: locked((target) => ({ target, expectedVersion: 0, trims })),
      LeaseLost: lost((target) => ({ target, expectedVersion: 0, trims })),
    },
    openDraft: {
      DiskLocked: locked((diskId) => ({ diskId, expectedVersion: 0 })),
      LeaseLost: lost((diskId) => ({ diskId, expectedVersion: 0 })),
      VersionConflict: async () => {
        const { id: diskId } = await createDisk(account);
        return { input: { diskId, expectedVersion: 7 }, extra: { currentVersion: 0 } };
      },
    },
    commitDraft: {
      DiskLocked: () => draftOf('DiskLocked'),
      LeaseLost: () => draftOf('LeaseLost'),
      VersionConflict: async () => {
        const { id: diskId } = await createDisk(account);
        const draftId = await openDraft({ diskId, expectedVersion: 0 });
        await commit(account, diskId, { text: 'faster', version: 0 });
        return { input: { draftId }, extra: { currentVersion: 1 } };
      },
    },
    detachDisk: { DiskLocked: locked((diskId) => ({ diskId })) },
    reinitializeDisk: { DiskLocked: locked((diskId) => ({ diskId })) },
    releaseDisk: {
      DiskLocked: locked((diskId) => ({ diskId })),
      SnapshotCreating: async () => {
        const { diskId } = await held();
        const { id: snapshotId } = await createSnapshot(account, diskId);
        return { input: { diskId, breakLease: true }, extra: { diskId, snapshotId } };
      },
    },
    rollbackDisk: {
      DiskLocked: async () => {
        const { id: diskId } = await createDisk(account);
        const { id: snapshotId } = await createSnapshot(account, diskId);
        await acquire(account, diskId, { holder });
        return { input: { diskId, snapshotId }, extra: { diskId, holder } };
      },
    },
    attachDisk: {
      UnsupportedInstanceKind: async () => {
        const { hostId: instanceId } = await held();
        const { id: diskId } = await createDisk(account);
        return { input: { diskId, instanceId }, extra: { instanceId, kind: 'HOST' } };
      },
    },
    updateInstance: { UnsupportedInstanceKind: onHost((instanceId) => ({ instanceId, name: 'mine' })) },
    startInstance: { UnsupportedInstanceKind: onHost((instanceId) => ({ instanceId })) },
    stopInstance: { UnsupportedInstanceKind: onHost((instanceId) => ({ instanceId })) },
    releaseInstance: {
      UnsupportedInstanceKind: onHost((instanceId) => ({ instanceId })),
      DiskLocked: async () => {
        const { id: instanceId, systemDisk } = await machine();
        return { input: { instanceId }, extra: { diskId: systemDisk.id, holder } };
      },
    },
    replaceSystemDisk: {
      UnsupportedInstanceKind: onHost((instanceId) => ({ instanceId, systemDisk: { sizeBytes: GIB } })),
      DiskLocked: async () => {
        const { id: instanceId, systemDisk } = await machine();
        return { input: { instanceId, systemDisk: { sizeBytes: GIB } }, extra: { diskId: systemDisk.id, holder } };
      },
    },
  };
}
