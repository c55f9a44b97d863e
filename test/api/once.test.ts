import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenEntity } from '../../src/service/calls/once.ts';
import { createTestApi, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { CREATE_IMAGE, CREATE_INSTANCE, createInstance, REPLACE_SYSTEM_DISK } from '../support/instances.ts';
import {
  CREATE_DISK,
  CREATE_KEY,
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  deleteSnapshots,
  GIB,
  getChain,
  ROLLBACK_DISK,
  rollbackDisk,
} from '../support/operations.ts';
import { CREATE_POLICY } from '../support/policies.ts';

const OPEN_DRAFT = 'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

interface Case {
  readonly name: string;
  readonly query: string;
  input(): Promise<Record<string, unknown>>;
  readonly other: Record<string, unknown>;
  idOf(data: Told): string;
}

const CASES: Case[] = [
  {
    name: 'createDisk',
    query: CREATE_DISK,
    input: async () => ({ sizeBytes: GIB, tags: [{ key: 'b' }, { key: 'a' }] }),
    other: { sizeBytes: GIB + 1 },
    idOf: ({ createDisk }) => createDisk.disk.id,
  },
  {
    name: 'createSnapshot',
    query: CREATE_SNAPSHOT,
    input: async () => ({ diskId: (await createDisk(account)).id, name: 'once' }),
    other: { name: 'twice' },
    idOf: ({ createSnapshot: { snapshot } }) => snapshot.id,
  },
  {
    name: 'openDraft',
    query: OPEN_DRAFT,
    input: async () => ({ diskId: (await createDisk(account)).id, expectedVersion: 0 }),
    other: { label: 'another' },
    idOf: ({ openDraft }) => openDraft.draft.id,
  },
  {
    name: 'createApiKey',
    query: CREATE_KEY,
    input: async () => ({ name: 'robot', role: 'VIEWER' }),
    other: { role: 'OPERATOR' },
    idOf: ({ createApiKey }) => createApiKey.apiKey.id,
  },
];

describe.each(CASES)('4.12: $name', ({ name, query, input, other, idOf }) => {
  test(`4.12: ${name}: the same token with the same input makes one object`, async () => {
    const variables = { input: { ...(await input()), clientToken: `${name}-1` } };
    const first = idOf(await account.call(query, variables));
    expect(idOf(await account.call(query, variables))).toBe(first);
  });

  test(`4.12: ${name}: with another input it is refused`, async () => {
    const same = { ...(await input()), clientToken: `${name}-2` };
    await account.call(query, { input: same });
    const refusal = await account.refusal(query, { input: { ...same, ...other } });
    expect(refusal.extensions).toMatchObject({ code: 'IdempotentParameterMismatch', field: 'clientToken' });
  });

  test(`4.12: ${name}: first calls at the same time make one object`, async () => {
    const variables = { input: { ...(await input()), clientToken: `${name}-3` } };
    const made = await Promise.all(Array.from({ length: 5 }, () => account.call(query, variables)));
    expect(new Set(made.map(idOf)).size).toBe(1);
  });
});

test('4.12: tokens of different accounts do not meet', async () => {
  const stranger = await api.createAccount();
  const input = { sizeBytes: GIB, clientToken: 'everybodys' };
  const mine = (await account.call(CREATE_DISK, { input })).createDisk.disk.id;
  expect((await stranger.call(CREATE_DISK, { input })).createDisk.disk.id).not.toBe(mine);
});

test('4.12: concurrent first snapshots with one token count once', async () => {
  const { id } = await createDisk(account);
  const input = { diskId: id, clientToken: 'counted' };
  await Promise.all(Array.from({ length: 4 }, () => account.call(CREATE_SNAPSHOT, { input })));
  expect(await getChain(account, id)).toMatchObject({ snapshotCount: 1, manualQuota: { used: 1 } });
});

test('4.12: the secret of a key is in the first answer alone', async () => {
  const input = { name: 'robot', role: 'VIEWER', clientToken: 'secret' };
  expect((await account.call(CREATE_KEY, { input })).createApiKey.secret).toMatch(/^vk_[0-9a-f]{16}_[0-9a-f]{64}$/);
  expect((await account.call(CREATE_KEY, { input })).createApiKey.secret).toBeNull();
});

test('4.12: a rollback with a token is done once, and its safety snapshot taken once', async () => {
  const { id } = await createDisk(account);
  await writeBlocks(account, id, 0, { 0: blockOf('r0') });
  const a = await createSnapshot(account, id);
  await writeBlocks(account, id, 1, { 0: blockOf('r1') });
  const options = { safetySnapshot: true, clientToken: 'back' };
  const first = await rollbackDisk(account, id, a.id, options);
  await writeBlocks(account, id, 3, { 0: blockOf('r2') });
  const again = await rollbackDisk(account, id, a.id, options);
  expect(again).toMatchObject({ safetySnapshot: first.safetySnapshot, loss: first.loss, disk: { version: 4 } });
  expect(await getChain(account, id)).toMatchObject({ snapshotCount: 2 });
});

test('4.12: what was made and is gone is not made again', async () => {
  const { id } = await createDisk(account);
  const input = { diskId: id, clientToken: 'gone' };
  const { createSnapshot: made } = await account.call(CREATE_SNAPSHOT, { input });
  await deleteSnapshots(account, [made.snapshot.id]);
  expect((await account.refusal(CREATE_SNAPSHOT, { input })).extensions).toMatchObject({
    code: 'NotFound',
    id: made.snapshot.id,
  });
});

interface Same {
  readonly query: string;
  input(): Promise<Record<string, unknown>>;
  /** The same, written in another way. */
  readonly again: readonly Record<string, unknown>[];
}

const SAME: Record<string, Same> = {
  createDisk: {
    query: CREATE_DISK,
    input: async () => ({ sizeBytes: GIB }),
    again: [{ snapshotId: null, policyId: null }, { region: REGION }, { region: null, encrypted: null }],
  },
  createInstance: {
    query: CREATE_INSTANCE,
    input: async () => ({ systemDisk: { sizeBytes: GIB } }),
    again: [{ systemDisk: { sizeBytes: GIB, policyId: null } }, { region: REGION }, { name: null }],
  },
  replaceSystemDisk: {
    query: REPLACE_SYSTEM_DISK,
    input: async () => ({
      instanceId: (await createInstance(account, { start: false })).id,
      systemDisk: { sizeBytes: GIB },
    }),
    again: [{ systemDisk: { sizeBytes: GIB, imageId: null, policyId: null } }],
  },
  rollbackDisk: {
    query: ROLLBACK_DISK,
    input: async () => {
      const diskId = (await createDisk(account)).id;
      return { diskId, snapshotId: (await createSnapshot(account, diskId)).id };
    },
    again: [{ expectedVersion: null, safetySnapshotName: null }],
  },
  createSnapshot: {
    query: CREATE_SNAPSHOT,
    input: async () => ({ diskId: (await createDisk(account)).id }),
    again: [{ name: null, description: null, retentionDays: null }],
  },
  createImage: {
    query: CREATE_IMAGE,
    input: async () => ({ snapshotId: (await createSnapshot(account, (await createDisk(account)).id)).id }),
    again: [{ name: null, description: null }],
  },
  createPolicy: {
    query: CREATE_POLICY,
    input: async () => ({ hours: [1, 2], timeZone: 'Europe/Berlin' }),
    again: [{ region: REGION, name: null }, { hours: [2, 1] }, { timeZone: 'europe/berlin' }],
  },
};

test.each(Object.entries(SAME))('4.12: %s: null, and a default written out, are the same input', async (name, same) => {
  const input = { ...(await same.input()), clientToken: `same-${name}` };
  const first = await account.call(same.query, { input });
  const idOf = (data: Told) => JSON.stringify(data).match(/"(id|releasedDiskId)":"[^"]+"/)?.[0];
  for (const again of same.again) {
    const repeated = await account.call(same.query, { input: { ...input, ...again } });
    expect([again, idOf(repeated)]).toEqual([again, idOf(first)]);
  }
});

test.each([
  {
    operation: 'createDisk',
    query: CREATE_DISK,
    input: { sizeBytes: GIB, snapshotId: null },
    inputHash: '5673ea7af2a63beac9e8d81de5975d866b48aa364d58aeb1afe852460e952097',
  },
  {
    operation: 'createInstance',
    query: CREATE_INSTANCE,
    input: { systemDisk: { sizeBytes: GIB, policyId: null } },
    inputHash: 'cf2c62440feaacb8efa686f226d44549eb57023ec98836974bf476fabd24d437',
  },
  {
    operation: 'createPolicy',
    query: CREATE_POLICY,
    input: { hours: [1], timeZone: 'europe/berlin' },
    inputHash: '9463a81192c2cfdd588fa667984384c7c01ce080ea0ca947342f315a432b1b67',
  },
])(
  '4.12: $operation: a token that was stored is good for the same input ever after',
  async ({ operation, query, input, inputHash }) => {
    await account.call(query, { input: { ...input, clientToken: 'kept' } });
    const row = await api.catalogue.get(tokenEntity, { accountId: account.id, operation, token: 'kept' });
    expect(row?.inputHash).toBe(inputHash);
  },
);

test('4.12: a key that has expired since is still what its call made', async () => {
  const expiresAt = new Date(api.clock.now() + 2000).toISOString();
  const input = { name: 'robot', role: 'VIEWER', expiresAt, clientToken: 'expired' };
  const first = await account.call(CREATE_KEY, { input });
  api.clock.advance(5000);
  expect((await account.call(CREATE_KEY, { input })).createApiKey).toEqual({ ...first.createApiKey, secret: null });
  const refusal = await account.refusal(CREATE_KEY, { input: { ...input, clientToken: 'another' } });
  expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'expiresAt' });
});
