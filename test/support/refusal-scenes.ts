import { expect } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { ENGINE_LIMITS } from '../../src/engine/deps.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { patch } from '../../src/platform/catalogue/port.ts';
import { createLog } from '../../src/platform/log.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { OTHER_REGION, type TestAccount, type TestApi, type Told } from './api.ts';
import { HASH } from './bad-values.ts';
import { blockOf, encodeBlock, writeBlocks } from './blocks.ts';
import { createImage, createInstance, inProgress, stop } from './instances.ts';
import { createDisk, createSnapshot, deleteSnapshots, GIB, setQuota } from './operations.ts';
import { createPolicy } from './policies.ts';
import { DAY_MS } from './timer.ts';

/** What is asked, by whom, and what the refusal carries besides its code. */
export interface Asked {
  readonly input: object;
  readonly extra: object;
  readonly as?: TestAccount;
  /** What has to be so meanwhile. */
  readonly during?: (work: () => Promise<unknown>) => Promise<void>;
  readonly handle?: TestApi['invoke'];
}
type Scene = () => Promise<Asked>;
export type Scenes = Readonly<Record<string, Readonly<Record<string, Scene>>>>;

/** For each operation and code that its description names, how it comes about through the API. */
export function refusalScenes(api: TestApi, account: TestAccount): Scenes {
  const idOf = async (made: Promise<Told>): Promise<string> => (await made).id;
  const disk = (input: object = {}) => idOf(createDisk(account, input));
  const instance = (input: object = {}) => createInstance(account, input);
  const stopped = async () => {
    const made = await instance();
    await stop(account, made.id);
    return made;
  };
  async function snapshot(input: object = {}): Promise<string> {
    return idOf(createSnapshot(account, await disk(input)));
  }
  const underWay = (diskId: string) => (work: () => Promise<unknown>) => inProgress(api, account, diskId, work);

  /** A snapshot that is still being made. */
  async function unready(): Promise<{ diskId: string; snapshotId: string }> {
    const diskId = await disk();
    const snapshotId = await idOf(createSnapshot(account, diskId));
    const key = { accountId: account.id, id: snapshotId };
    await api.catalogue.transact([patch(snapshotEntity, key, { set: { status: 'PROGRESSING' } })]);
    return { diskId, snapshotId };
  }

  const newSystemDisk = (systemDisk: object) => ({ systemDisk });
  async function replacing(systemDisk: object): Promise<object> {
    return { instanceId: (await stopped()).id, systemDisk };
  }

  /** What a new disk is refused for, wherever it is made. */
  function newDiskScenes(inputOf: (disk: object) => Promise<object>, field: string): Record<string, Scene> {
    return {
      SnapshotNotReady: async () => {
        const { snapshotId } = await unready();
        return { input: await inputOf({ snapshotId }), extra: { snapshotId, status: 'PROGRESSING' } };
      },
      EncryptionMismatch: async () => {
        const snapshotId = await snapshot({ encrypted: true });
        return { input: await inputOf({ snapshotId, encrypted: false }), extra: { field: `${field}encrypted` } };
      },
      KeyUnavailable: async () => ({
        input: await inputOf({ sizeBytes: GIB, encryptionKeyId: 'nobody' }),
        extra: { keyId: 'nobody' },
      }),
      UnsupportedDiskCategory: async () => ({
        input: await inputOf({ snapshotId: await snapshot(), category: 'LOCAL' }),
        extra: { category: 'LOCAL' },
      }),
    };
  }

  const closed = () => api.createAccount({ open: false });
  const lapse = (own: TestAccount) =>
    markInArrears(api.service, {
      account: own.id,
      since: new Date(api.clock.now() - 2 * DAY_MS).toISOString(),
      yesDeleteNow: true,
    });
  /** An instance whose creation has not come to its end is neither RUNNING nor STOPPED. */
  async function pending(): Promise<{ diskId: string; instanceId: string; spare: string }> {
    const made = await instance({ dataDisks: [{ sizeBytes: GIB }] });
    const key = { accountId: account.id, id: made.id };
    await api.catalogue.transact([patch(instanceEntity, key, { set: { status: 'PENDING' } })]);
    return { diskId: made.dataDisks[0].id, instanceId: made.id, spare: await disk() };
  }
  const MANUAL = 'MANUAL_SNAPSHOTS_PER_DISK';

  /** A rollback that takes a safety snapshot, of an account of its own. */
  async function withSafety(): Promise<[TestAccount, object]> {
    const own = await api.createAccount();
    const { id: diskId } = await createDisk(own);
    return [own, { diskId, snapshotId: (await createSnapshot(own, diskId)).id, safetySnapshot: true }];
  }

  /** A disk that is being encrypted by a copy. */
  const copying = async () => disk({ snapshotId: await snapshot(), encrypted: true });

  return {
    attachDisk: {
      IncorrectDiskStatus: async () => {
        const { dataDisks } = await instance({ dataDisks: [{ sizeBytes: GIB }] });
        const diskId = dataDisks[0].id;
        return { input: { diskId, instanceId: (await instance()).id }, extra: { diskId, status: 'IN_USE' } };
      },
      IncorrectInstanceStatus: async () => {
        const { instanceId, spare } = await pending();
        return { input: { diskId: spare, instanceId }, extra: { instanceId, status: 'PENDING' } };
      },
    },
    detachDisk: {
      IncorrectDiskStatus: async () => {
        const diskId = await disk();
        return { input: { diskId }, extra: { diskId, status: 'AVAILABLE' } };
      },
      IncorrectInstanceStatus: async () => {
        const { diskId, instanceId } = await pending();
        return { input: { diskId }, extra: { instanceId, status: 'PENDING' } };
      },
    },
    commitBlocks: {
      VersionConflict: async () => {
        const target = await disk();
        await writeBlocks(account, target, 0, { 0: blockOf('first') });
        return { input: { target, expectedVersion: 0, trims: [{ start: 0, count: 1 }] }, extra: { currentVersion: 1 } };
      },
      ObjectMissing: async () => {
        const input = { target: await disk(), expectedVersion: 0, writes: [{ index: 0, id: HASH }] };
        return { input, extra: { objectIds: [HASH] } };
      },
      ObjectTombstoned: async () => {
        const first = await disk();
        const block = encodeBlock(blockOf('dying'));
        await writeBlocks(account, first, 0, { 0: blockOf('dying') });
        const { domainId = '' } = (await api.catalogue.get(diskEntity, { accountId: account.id, id: first })) ?? {};
        const set = { tombstonedAt: api.clock.now() };
        await api.catalogue.transact([patch(objectEntity, { domainId, id: block.id }, { set })]);
        const input = { target: await disk(), expectedVersion: 0, writes: [{ index: 0, id: block.id }] };
        return { input, extra: { retryAfterMs: expect.any(Number) } };
      },
    },
    createDisk: newDiskScenes(async (input) => input, ''),
    createInstance: newDiskScenes(async (input) => newSystemDisk(input), 'systemDisk.'),
    replaceSystemDisk: {
      ...newDiskScenes(replacing, 'systemDisk.'),
      IncorrectInstanceStatus: async () => {
        const { id: instanceId } = await instance();
        return { input: { instanceId, systemDisk: { sizeBytes: GIB } }, extra: { instanceId, status: 'RUNNING' } };
      },
      SnapshotCreating: async () => {
        const { id: instanceId, systemDisk } = await stopped();
        const input = { instanceId, systemDisk: { sizeBytes: GIB } };
        return { input, extra: { diskId: systemDisk.id }, during: underWay(systemDisk.id) };
      },
    },
    resizeDisk: {
      IncorrectDiskStatus: async () => {
        const diskId = await copying();
        return { input: { diskId, sizeBytes: 2 * GIB }, extra: { diskId, status: 'CREATING' } };
      },
    },
    completeReencryption: {
      IncorrectDiskStatus: async () => {
        const diskId = await disk();
        return { input: { diskId }, extra: { diskId, status: 'AVAILABLE' } };
      },
    },
    releaseDisk: {
      IncorrectDiskStatus: async () => {
        const diskId = (await instance()).systemDisk.id;
        return { input: { diskId }, extra: { diskId, status: 'IN_USE' } };
      },
    },
    createImage: {
      SnapshotNotReady: async () => {
        const { snapshotId } = await unready();
        return { input: { snapshotId }, extra: { snapshotId, status: 'PROGRESSING' } };
      },
    },
    shareImage: {
      EncryptedImageNotShareable: async () => {
        const { id: imageId } = await createImage(account, await snapshot({ encrypted: true }));
        return { input: { imageId, accountIds: ['acc-other'] }, extra: { imageId } };
      },
    },
    startInstance: {
      IncorrectInstanceStatus: async () => {
        const { id: instanceId } = await instance();
        return { input: { instanceId }, extra: { instanceId, status: 'RUNNING', allowed: ['STOPPED'] } };
      },
      SnapshotCreating: async () => {
        const { id: instanceId, systemDisk } = await stopped();
        return { input: { instanceId }, extra: { diskId: systemDisk.id }, during: underWay(systemDisk.id) };
      },
    },
    stopInstance: {
      IncorrectInstanceStatus: async () => {
        const { id: instanceId } = await stopped();
        return { input: { instanceId }, extra: { instanceId, status: 'STOPPED', allowed: ['RUNNING'] } };
      },
      SnapshotCreating: async () => {
        const { id: instanceId, systemDisk } = await instance();
        return { input: { instanceId }, extra: { diskId: systemDisk.id }, during: underWay(systemDisk.id) };
      },
    },
    releaseInstance: {
      IncorrectInstanceStatus: async () => {
        const { id: instanceId } = await instance();
        return { input: { instanceId }, extra: { instanceId, status: 'RUNNING' } };
      },
      SnapshotCreating: async () => {
        const { id: instanceId, systemDisk } = await stopped();
        return { input: { instanceId }, extra: { diskId: systemDisk.id }, during: underWay(systemDisk.id) };
      },
      DeletionProtected: async () => {
        const { id: instanceId } = await instance({ deletionProtection: true, start: false });
        return { input: { instanceId }, extra: { instanceId } };
      },
    },
    createPolicy: {
      SnapshotServiceNotOpened: async () => ({ as: await closed(), input: { hours: [1] }, extra: { region: 'here' } }),
      QuotaExceeded: async () => {
        const as = await api.createAccount();
        await setQuota(as, 'POLICIES', 0);
        return { as, input: { hours: [1] }, extra: { quota: 'POLICIES', limit: 0, used: 0 } };
      },
    },
    updatePolicy: {
      SnapshotServiceNotOpened: async () => {
        const { id: policyId } = await createPolicy(account);
        const input = { policyId, copyTargets: [{ region: OTHER_REGION }] };
        return { input, extra: { region: OTHER_REGION } };
      },
    },
    applyPolicy: {
      UnsupportedDiskCategory: async () => {
        const { id: policyId } = await createPolicy(account);
        return { input: { policyId, diskIds: [await disk({ category: 'LOCAL' })] }, extra: {} };
      },
    },
    rollbackDisk: {
      AccountInArrears: async () => {
        const [as, input] = await withSafety();
        await lapse(as);
        return { as, input, extra: { accountId: as.id } };
      },
      QuotaExceeded: async () => {
        const [as, input] = await withSafety();
        await setQuota(as, MANUAL, 0);
        return { as, input, extra: { quota: MANUAL, limit: 0, used: 1 } };
      },
      InvalidSnapshotDisk: async () => {
        const snapshotId = await snapshot();
        return { input: { diskId: await disk(), snapshotId }, extra: { snapshotId } };
      },
      SnapshotNotReady: async () => {
        const { diskId, snapshotId } = await unready();
        return { input: { diskId, snapshotId }, extra: { snapshotId, status: 'PROGRESSING' } };
      },
      SnapshotCreating: async () => {
        const diskId = await disk();
        const snapshotId = await idOf(createSnapshot(account, diskId));
        return { input: { diskId, snapshotId }, extra: { diskId }, during: underWay(diskId) };
      },
      IncorrectDiskStatus: async () => {
        const expiresAt = new Date(api.clock.now() + 60_000).toISOString();
        const diskId = await disk({ chargeType: 'PREPAID', expiresAt });
        const snapshotId = await idOf(createSnapshot(account, diskId));
        api.clock.advance(120_000);
        return { input: { diskId, snapshotId }, extra: { diskId, status: 'EXPIRED' } };
      },
      IncorrectInstanceStatus: async () => {
        const { id: instanceId, systemDisk } = await instance();
        const snapshotId = await idOf(createSnapshot(account, systemDisk.id));
        return { input: { diskId: systemDisk.id, snapshotId }, extra: { instanceId, status: 'RUNNING' } };
      },
    },
    reinitializeDisk: {
      IncorrectDiskStatus: async () => {
        const diskId = await copying();
        return { input: { diskId }, extra: { diskId, status: 'CREATING' } };
      },
      IncorrectInstanceStatus: async () => {
        const { id: instanceId, systemDisk } = await instance();
        return { input: { diskId: systemDisk.id }, extra: { instanceId, status: 'RUNNING' } };
      },
      OriginSnapshotDeleted: async () => {
        const snapshotId = await snapshot();
        const diskId = await disk({ snapshotId });
        await deleteSnapshots(account, [snapshotId], true);
        return { input: { diskId }, extra: { diskId, originId: snapshotId } };
      },
      SnapshotCreating: async () => {
        const diskId = await disk();
        return { input: { diskId }, extra: { diskId }, during: underWay(diskId) };
      },
    },
    startScrub: {
      IdempotentParameterMismatch: async () => {
        const start = 'mutation ($input: StartScrubInput!) { startScrub(input: $input) { scrub { id } } }';
        await account.call(start, { input: { clientToken: 'scrub' } });
        return { input: { clientToken: 'scrub', samplePercent: 50 }, extra: { field: 'clientToken' } };
      },
    },
    changedBlocks: {
      InvalidSnapshotDisk: async () => {
        const toSnapshotId = await snapshot();
        return { input: { fromSnapshotId: await snapshot(), toSnapshotId }, extra: { snapshotId: expect.any(String) } };
      },
      ObjectDamaged: async () => {
        const diskId = await disk();
        await writeBlocks(account, diskId, 0, { 0: blockOf('lost') });
        const { id: toSnapshotId, root } = await createSnapshot(account, diskId);
        const { domainId = '' } = (await api.catalogue.get(diskEntity, { accountId: account.id, id: diskId })) ?? {};
        await api.objects.remove([objectKey(domainId, root)]);
        api.forgetPages();
        return { input: { toSnapshotId }, extra: { objectId: root, diskId, reason: 'MISSING' } };
      },
    },
    deleteSnapshots: usedScenes(),
    deleteSnapshotsPreview: {
      ...usedScenes(),
      PreviewTooLarge: async () => {
        const diskId = await disk();
        await writeBlocks(account, diskId, 0, { 0: blockOf('large'), 1: blockOf('larger') });
        const snapshotId = await idOf(createSnapshot(account, diskId));
        await writeBlocks(account, diskId, 1, { 0: blockOf('other'), 1: blockOf('another') });
        const limits = { ...ENGINE_LIMITS, previewRefs: 1 };
        const service = { ...api.service, tree: createVersionTree({ ...api.engine, limits }) };
        const handle = createHandler(service, createLog({ level: 'error', clock: api.clock, write: () => undefined }));
        return { input: { snapshotIds: [snapshotId] }, extra: { limit: 1 }, handle };
      },
    },
    createSnapshot: {
      SnapshotServiceNotOpened: async () => {
        const as = await closed();
        return { as, input: { diskId: (await createDisk(as)).id }, extra: { region: 'here' } };
      },
      AccountInArrears: async () => {
        const as = await api.createAccount();
        await lapse(as);
        return { as, input: { diskId: (await createDisk(as)).id }, extra: { accountId: as.id } };
      },
      QuotaExceeded: async () => {
        const as = await api.createAccount();
        await setQuota(as, MANUAL, 0);
        return { as, input: { diskId: (await createDisk(as)).id }, extra: { quota: MANUAL, limit: 0, used: 0 } };
      },
      UnsupportedDiskCategory: async () => ({
        input: { diskId: await disk({ category: 'LOCAL' }) },
        extra: { category: 'LOCAL' },
      }),
      IncorrectDiskStatus: async () => {
        const diskId = await copying();
        return { input: { diskId }, extra: { diskId, status: 'CREATING' } };
      },
      IncorrectInstanceStatus: async () => {
        const { diskId, instanceId } = await pending();
        return { input: { diskId }, extra: { instanceId, status: 'PENDING' } };
      },
      SnapshotCreating: async () => {
        const diskId = await disk();
        return { input: { diskId }, extra: { diskId }, during: underWay(diskId) };
      },
    },
  };

  function usedScenes(): Record<string, Scene> {
    return {
      SnapshotUsedByDisk: async () => {
        const snapshotId = await snapshot();
        await disk({ snapshotId });
        return { input: { snapshotIds: [snapshotId] }, extra: {} };
      },
      SnapshotUsedByImage: async () => {
        const snapshotId = await snapshot();
        await createImage(account, snapshotId);
        return { input: { snapshotIds: [snapshotId], force: true }, extra: {} };
      },
    };
  }
}
