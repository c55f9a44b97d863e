import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createRowLoader, readingBy } from '../../src/service/calls/row-loader.ts';
import { refusalsOfDisk } from '../../src/service/disks/actions.ts';
import { findDisk } from '../../src/service/model/disks/find.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { countReads } from '../support/counted-reads.ts';
import {
  ATTACH,
  attach,
  createImage,
  createInstance,
  DETACH,
  inProgress,
  REINITIALIZE,
  stop,
} from '../support/instances.ts';
import { acquire, TTL_MS } from '../support/leases.ts';
import {
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  deleteSnapshots,
  GIB,
  RELEASE_DISK,
  RESIZE_DISK,
  ROLLBACK_DISK,
  setQuota,
} from '../support/operations.ts';
import { APPLY_POLICY, createPolicy } from '../support/policies.ts';

const ACTIONS = '{ name allowed code message }';
const OF_DISK = `query ($id: ID!) { disk(id: $id) { actions ${ACTIONS} } }`;
const OF_SNAPSHOT = `query ($id: ID!) { snapshot(id: $id) { actions ${ACTIONS} } }`;
const DAY_MS = 86_400_000;

let api: TestApi;
let account: TestAccount;
let machine: Told;
let policy: Told;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  machine = await createInstance(account);
  policy = await createPolicy(account);
});
afterAll(() => api.close());

/** The actions that are not allowed, with their codes. */
function refusedOf(actions: readonly Told[]): Told {
  for (const { allowed, code, message } of actions) expect([code === null, message === null]).toEqual([allowed, allowed]);
  return Object.fromEntries(actions.filter(({ allowed }) => !allowed).map(({ name, code }) => [name, code]));
}

const refusedOfDisk = async (id: string, key?: string): Promise<Told> =>
  refusedOf((await account.call(OF_DISK, { id }, key)).disk.actions);
const refusedOfSnapshot = async (id: string): Promise<Told> =>
  refusedOf((await account.call(OF_SNAPSHOT, { id })).snapshot.actions);

/** The mutations themselves, with no more input than is needed. */
const MUTATIONS: Readonly<Record<string, (diskId: string, snapshotId: string) => readonly [string, object]>> = {
  resizeDisk: (diskId) => [RESIZE_DISK, { diskId, sizeBytes: 2 * GIB }],
  attachDisk: (diskId) => [ATTACH, { diskId, instanceId: machine.id }],
  detachDisk: (diskId) => [DETACH, { diskId }],
  createSnapshot: (diskId) => [CREATE_SNAPSHOT, { diskId }],
  rollbackDisk: (diskId, snapshotId) => [ROLLBACK_DISK, { diskId, snapshotId }],
  reinitializeDisk: (diskId) => [REINITIALIZE, { diskId }],
  releaseDisk: (diskId) => [RELEASE_DISK, { diskId }],
};

async function codeOf(name: string, diskId: string, snapshotId: string): Promise<string> {
  if (name === 'applyPolicy') {
    const { applyPolicy } = await account.call(APPLY_POLICY, { input: { policyId: policy.id, diskIds: [diskId] } });
    return applyPolicy.results[0].error.code;
  }
  const [query, input] = MUTATIONS[name]?.(diskId, snapshotId) ?? [];
  return (await account.refusal(query as string, { input })).extensions.code;
}

interface Scene {
  readonly diskId: string;
  readonly snapshotId?: string;
  readonly within?: (work: () => Promise<void>) => Promise<void>;
}

const NOT_ATTACHED = { detachDisk: 'IncorrectDiskStatus' };
const NO_SNAPSHOT = { rollbackDisk: 'NotFound' };
const NOWHERE = 's-00000000000000000000';

const SCENES: Readonly<Record<string, readonly [() => Promise<Scene>, object]>> = {
  'a new disk': [async () => ({ diskId: (await createDisk(account)).id }), { ...NOT_ATTACHED, ...NO_SNAPSHOT }],
  'one with a snapshot': [
    async () => {
      const { id: diskId } = await createDisk(account);
      return { diskId, snapshotId: (await createSnapshot(account, diskId)).id };
    },
    NOT_ATTACHED,
  ],
  'one of an instance that runs': [
    async () => {
      const { id: diskId } = await createDisk(account);
      const { id: snapshotId } = await createSnapshot(account, diskId);
      await attach(account, diskId, (await createInstance(account)).id);
      return { diskId, snapshotId };
    },
    {
      attachDisk: 'IncorrectDiskStatus',
      rollbackDisk: 'IncorrectInstanceStatus',
      reinitializeDisk: 'IncorrectInstanceStatus',
      releaseDisk: 'IncorrectDiskStatus',
    },
  ],
  'the system disk of one that is stopped': [
    async () => {
      const { id, systemDisk } = await createInstance(account);
      await stop(account, id);
      return { diskId: systemDisk.id };
    },
    {
      ...NO_SNAPSHOT,
      attachDisk: 'IncorrectDiskStatus',
      detachDisk: 'InvalidParameter',
      releaseDisk: 'IncorrectDiskStatus',
    },
  ],
  'a LOCAL disk': [
    async () => ({ diskId: (await createDisk(account, { category: 'LOCAL' })).id }),
    {
      ...NOT_ATTACHED,
      ...NO_SNAPSHOT,
      createSnapshot: 'UnsupportedDiskCategory',
      applyPolicy: 'UnsupportedDiskCategory',
    },
  ],
  'one that somebody writes to': [
    async () => {
      const { id: diskId } = await createDisk(account);
      const { id: snapshotId } = await createSnapshot(account, diskId);
      await acquire(account, diskId);
      return { diskId, snapshotId };
    },
    {
      attachDisk: 'IncorrectDiskStatus',
      detachDisk: 'DiskLocked',
      rollbackDisk: 'DiskLocked',
      reinitializeDisk: 'DiskLocked',
      releaseDisk: 'DiskLocked',
    },
  ],
  'one with a snapshot in progress': [
    async () => {
      const { id: diskId } = await createDisk(account);
      const { id: snapshotId } = await createSnapshot(account, diskId);
      return { diskId, snapshotId, within: (work) => inProgress(api, account, diskId, work) };
    },
    {
      ...NOT_ATTACHED,
      createSnapshot: 'SnapshotCreating',
      rollbackDisk: 'SnapshotCreating',
      reinitializeDisk: 'SnapshotCreating',
      releaseDisk: 'SnapshotCreating',
    },
  ],
  'one whose origin is gone': [
    async () => {
      const source = await createDisk(account);
      const { id: snapshotId } = await createSnapshot(account, source.id);
      const { id: diskId } = await createDisk(account, { snapshotId });
      await deleteSnapshots(account, [snapshotId], true);
      return { diskId };
    },
    { ...NOT_ATTACHED, ...NO_SNAPSHOT, reinitializeDisk: 'OriginSnapshotDeleted' },
  ],
};

describe('11.1: what can be done with a disk', () => {
  test.each(Object.entries(SCENES))('11.1: %s refuses what its actions say', async (_, [make, expected]) => {
    const { diskId, snapshotId = NOWHERE, within = (work) => work() } = await make();
    await within(async () => {
      const refused = await refusedOfDisk(diskId);
      expect(refused).toEqual(expected);
      for (const [name, code] of Object.entries(refused)) expect(await codeOf(name, diskId, snapshotId)).toBe(code);
    });
  });

  test('11.1: follows a lease that nobody has renewed, and the time that is paid for', async () => {
    const { id } = await createDisk(account);
    await acquire(account, id);
    api.clock.advance(TTL_MS + 1000);
    expect(await refusedOfDisk(id)).toEqual(NO_SNAPSHOT);
    const expiresAt = new Date(api.clock.now() + DAY_MS).toISOString();
    const paid = await createDisk(account, { chargeType: 'PREPAID', expiresAt });
    api.clock.advance(2 * DAY_MS);
    const over = 'IncorrectDiskStatus';
    const expected = { resizeDisk: over, attachDisk: over, reinitializeDisk: over };
    expect(await refusedOfDisk(paid.id)).toEqual({ ...expected, ...NOT_ATTACHED, ...NO_SNAPSHOT });
  });

  test('11.1: counts the quota, and asks for the service', async () => {
    const { id } = await createDisk(account);
    await createSnapshot(account, id);
    await setQuota(account, 'MANUAL_SNAPSHOTS_PER_DISK', 1);
    expect(await refusedOfDisk(id)).toEqual({ ...NOT_ATTACHED, createSnapshot: 'QuotaExceeded' });
    await setQuota(account, 'MANUAL_SNAPSHOTS_PER_DISK', 256);
    const other = await api.createAccount({ open: false });
    const disk = await createDisk(other);
    const { actions } = (await other.call(OF_DISK, { id: disk.id })).disk;
    expect(refusedOf(actions)).toMatchObject({ createSnapshot: 'SnapshotServiceNotOpened' });
  });

  test('11.1: a VIEWER may do nothing', async () => {
    const { id } = await createDisk(account);
    const refused = await refusedOfDisk(id, await account.createKey('VIEWER'));
    expect(Object.keys(refused)).toHaveLength(10);
    expect(new Set(Object.values(refused))).toEqual(new Set(['Forbidden']));
  });

  test('11.1: as many requests for a page of disks as for one', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 4; at++) ids.push((await createDisk(account)).id);
    const caller = serviceCaller(account.id);
    const disks = await Promise.all(ids.map((id) => findDisk(api.catalogue, caller, id)));
    const requestsFor = async (some: typeof disks) => {
      const { catalogue, requests } = countReads(api.service.catalogue);
      const service = { ...api.service, catalogue: readingBy(createRowLoader(catalogue), catalogue) };
      await Promise.all(some.map((disk) => refusalsOfDisk(service, caller, disk)));
      return requests();
    };
    expect(await requestsFor(disks.slice(0, 1))).toBe(8);
    expect(await requestsFor(disks)).toBe(8);
  });
});

describe('11.1: what can be done with a snapshot', () => {
  test('11.1: follows its pin and what was made from it', async () => {
    const { id: diskId } = await createDisk(account);
    const { id } = await createSnapshot(account, diskId);
    expect(await refusedOfSnapshot(id)).toEqual({});
    const deleted = async () => (await deleteSnapshots(account, [id]))[0].error.code;
    await account.call('mutation ($id: ID!) { pinSnapshot(input: { snapshotId: $id }) { snapshot { id } } }', { id });
    expect(await refusedOfSnapshot(id)).toEqual({ deleteSnapshots: await deleted() });
    await account.call('mutation ($id: ID!) { unpinSnapshot(input: { snapshotId: $id }) { snapshot { id } } }', { id });
    await createDisk(account, { snapshotId: id });
    expect(await refusedOfSnapshot(id)).toEqual({ deleteSnapshots: await deleted() });
    await createImage(account, id);
    expect(await refusedOfSnapshot(id)).toEqual({ deleteSnapshots: await deleted() });
    await acquire(account, diskId);
    expect(await refusedOfSnapshot(id)).toEqual({ deleteSnapshots: 'SnapshotUsedByImage', rollbackDisk: 'DiskLocked' });
  });

  test('11.1: asks whether it is complete, and whether its disk is there', async () => {
    const { id: diskId } = await createDisk(account);
    await acquire(account, diskId);
    const { id, status } = await createSnapshot(account, diskId);
    expect(status).toBe('PROGRESSING');
    const ready = ['pinSnapshot', 'setSnapshotRetention', 'createDisk', 'createImage', 'copySnapshot', 'rollbackDisk'];
    const notReady = Object.fromEntries(ready.map((name) => [name, 'SnapshotNotReady']));
    expect(await refusedOfSnapshot(id)).toEqual(notReady);
    const other = await createDisk(account);
    const kept = await createSnapshot(account, other.id);
    await account.call(RELEASE_DISK, { input: { diskId: other.id } });
    expect(await refusedOfSnapshot(kept.id)).toEqual({ rollbackDisk: 'NotFound' });
  });
});
