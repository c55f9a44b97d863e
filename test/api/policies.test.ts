import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { coverCountEntity, coverEntity } from '../../src/service/model/policies/rows.ts';
import { deletePolicy as deleteInProcess, sweepCancellations } from '../../src/service/policies/delete.ts';
import {
  createTestApi,
  OPEN_SERVICE,
  OTHER_REGION,
  type TestAccount,
  type TestApi,
  type Told,
} from '../support/api.ts';
import { createInstance, REPLACE_SYSTEM_DISK, stop } from '../support/instances.ts';
import { createDisk, GIB, releaseDisk } from '../support/operations.ts';
import {
  APPLY_POLICY,
  applyPolicy,
  CREATE_POLICY,
  cancelPolicy,
  createPolicy,
  DELETE_POLICY,
  deletePolicy,
  getPolicy,
  policyOf,
  UPDATE_POLICY,
  updatePolicy,
} from '../support/policies.ts';

const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7];
const QUOTA = '{ quotas { kind limit used free } }';
const POLICIES = `query ($first: Int!, $after: String, $filter: PolicyFilter, $orderBy: PolicyOrder!) {
  policies(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { name } } nodes { name } pageInfo { hasNextPage endCursor }
  }
}`;

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const policyQuota = async (account: TestAccount): Promise<Told> =>
  (await account.call(QUOTA)).quotas.find(({ kind }: Told) => kind === 'POLICIES');
const idsOf = (nodes: readonly Told[]) => nodes.map(({ id }) => id);

describe('5.1: a policy', () => {
  test('has defaults, and is due at its next slot', async () => {
    const account = await api.createAccount();
    const before = api.clock.now();
    const policy = await createPolicy(account, { hours: [23, 4], tags: [{ key: 'a' }] });
    expect(policy).toMatchObject({
      id: expect.stringMatching(/^sp-/),
      region: 'here',
      name: policy.id,
      hours: [4, 23],
      weekdays: ALL_WEEK,
      timeZone: 'UTC',
      retentionDays: 30,
      status: 'ACTIVE',
      tags: [{ key: 'a', value: '' }],
      diskCount: 0,
    });
    const next = new Date(policy.nextRunAt);
    expect([4, 23]).toContain(next.getUTCHours());
    expect(next.getTime()).toBeGreaterThan(before);
    expect(
      (await account.call('query ($id: ID!) { node(id: $id) { id __typename } }', { id: policy.id })).node,
    ).toEqual({
      id: policy.id,
      __typename: 'Policy',
    });
  });

  test('takes the time zone of its region, may keep for ever, and lives where it was made', async () => {
    const account = await api.createAccount({ open: false });
    await account.call(OPEN_SERVICE, { terms: '2026-01', region: OTHER_REGION });
    const policy = await createPolicy(account, { region: OTHER_REGION, hours: [9], retentionDays: null });
    expect(policy).toMatchObject({ region: OTHER_REGION, timeZone: 'Asia/Tokyo', retentionDays: null });
    expect(new Date(policy.nextRunAt).getUTCHours()).toBe(0);
    const disk = await createDisk(account);
    const [result] = await applyPolicy(account, policy.id, disk.id);
    expect(result).toMatchObject({ applied: false, error: { code: 'InvalidParameter' } });
  });

  test('5.1: a time zone has the spelling of the IANA database, however it was written', async () => {
    const account = await api.createAccount();
    const { id, timeZone } = await createPolicy(account, { timeZone: 'europe/berlin' });
    expect(timeZone).toBe('Europe/Berlin');
    expect(await updatePolicy(account, id, { timeZone: 'ASIA/KOLKATA' })).toMatchObject({ timeZone: 'Asia/Kolkata' });
  });

  test('1.2: needs the service to be open', async () => {
    const account = await api.createAccount({ open: false });
    const refusal = await account.refusal(CREATE_POLICY, { input: { hours: [1] } });
    expect(refusal.extensions).toMatchObject({ code: 'SnapshotServiceNotOpened', region: 'here' });
  });

  test('1.4: there are as many as the quota says, also with many at once', async () => {
    const account = await api.createAccount();
    await account.call('mutation { setQuota(input: { kind: POLICIES, limit: 3 }) { quota { limit } } }');
    const calls = Array.from({ length: 6 }, () =>
      createPolicy(account).then(
        (policy) => policy.id,
        () => undefined,
      ),
    );
    const made = (await Promise.all(calls)).filter((id) => id !== undefined);
    expect(made).toHaveLength(3);
    expect(await policyQuota(account)).toEqual({ kind: 'POLICIES', limit: 3, used: 3, free: 0 });
    const refusal = await account.refusal(CREATE_POLICY, { input: { hours: [1] } });
    expect(refusal.extensions).toMatchObject({ code: 'QuotaExceeded', quota: 'POLICIES', limit: 3, used: 3 });
    await deletePolicy(account, made[0]);
    expect((await policyQuota(account)).used).toBe(2);
    await createPolicy(account);
  });

  test('4.12: is made once for a token', async () => {
    const account = await api.createAccount();
    const input = { hours: [1], clientToken: 'once' };
    const [a, b] = await Promise.all([createPolicy(account, input), createPolicy(account, input)]);
    expect(a.id).toBe(b.id);
    const refusal = await account.refusal(CREATE_POLICY, { input: { ...input, hours: [2] } });
    expect(refusal.extensions.code).toBe('IdempotentParameterMismatch');
  });

  test('is changed in part, paused and resumed', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { name: 'nightly' });
    expect(await updatePolicy(account, id, { hours: [5], weekdays: [1], retentionDays: 7 })).toMatchObject({
      name: 'nightly',
      hours: [5],
      weekdays: [1],
      retentionDays: 7,
    });
    const monday = new Date((await getPolicy(account, id)).nextRunAt);
    expect([monday.getUTCDay(), monday.getUTCHours()]).toEqual([1, 5]);
    expect(await updatePolicy(account, id, { retentionDays: null })).toMatchObject({ retentionDays: null, hours: [5] });
    expect(await updatePolicy(account, id, { status: 'PAUSED' })).toMatchObject({ status: 'PAUSED', nextRunAt: null });
    expect(await updatePolicy(account, id, { timeZone: 'Asia/Kolkata' })).toMatchObject({ nextRunAt: null });
    const resumed = await updatePolicy(account, id, { status: 'ACTIVE' });
    expect(new Date(resumed.nextRunAt).toISOString()).toMatch(/T23:30:00/);
  });

  test('is listed in pages, filtered and in order', async () => {
    const account = await api.createAccount();
    for (const [at, name] of ['Beta', 'alpha', 'gamma'].entries()) {
      await createPolicy(account, { name, ...(at === 1 && { tags: [{ key: 'team', value: 'x' }] }) });
      api.clock.advance(1000);
    }
    const list = async (args: object) =>
      (await account.call(POLICIES, { first: 50, orderBy: { field: 'CREATED_AT' }, ...args })).policies;
    const names = async (args: object) => (await list(args)).nodes.map(({ name }: Told) => name);
    expect(await names({})).toEqual(['Beta', 'alpha', 'gamma']);
    expect(await names({ orderBy: { field: 'NAME', direction: 'DESC' } })).toEqual(['gamma', 'alpha', 'Beta']);
    expect(await names({ filter: { nameContains: 'A', tags: [{ key: 'team' }] } })).toEqual(['alpha']);
    expect(await names({ filter: { status: 'PAUSED' } })).toEqual([]);
    const first = await list({ first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(await names({ first: 2, after: first.pageInfo.endCursor })).toEqual(['gamma']);
  });

  test('is none of another account', async () => {
    const [mine, theirs] = [await api.createAccount(), await api.createAccount()];
    const { id } = await createPolicy(mine);
    const disk = await createDisk(theirs);
    expect((await theirs.call('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    for (const [query, input] of [
      [UPDATE_POLICY, { policyId: id }],
      [DELETE_POLICY, { policyId: id }],
      [APPLY_POLICY, { policyId: id, diskIds: [disk.id] }],
    ] as const) {
      expect((await theirs.refusal(query, { input })).extensions.code).toBe('NotFound');
    }
    const own = await createPolicy(theirs);
    const foreign = await createDisk(mine);
    expect((await applyPolicy(theirs, own.id, foreign.id))[0].error.code).toBe('NotFound');
    expect((await cancelPolicy(theirs, foreign.id))[0].error.code).toBe('NotFound');
  });
});

describe('5.2: disks under a policy', () => {
  test('come under it by many, each with its own result, and leave it', async () => {
    const account = await api.createAccount();
    const [a, b] = [await createPolicy(account), await createPolicy(account)];
    const [cloud, shared, system, local] = [
      await createDisk(account),
      await createDisk(account, { category: 'SHARED' }),
      await createDisk(account, { kind: 'SYSTEM' }),
      await createDisk(account, { category: 'LOCAL' }),
    ];
    const missing = 'd-00000000000000000000';
    expect(await applyPolicy(account, a.id, cloud.id, shared.id, system.id, local.id, missing)).toMatchObject([
      { diskId: cloud.id, applied: true, replacedPolicyId: null, diskStatus: 'AVAILABLE', error: null },
      { applied: true },
      { applied: true },
      { applied: false, error: { code: 'UnsupportedDiskCategory' } },
      { applied: false, error: { code: 'NotFound' } },
    ]);
    expect((await applyPolicy(account, a.id, cloud.id))[0]).toMatchObject({ applied: true, replacedPolicyId: null });
    expect(await getPolicy(account, a.id)).toMatchObject({ diskCount: 3 });

    // Another replaces it.
    expect((await applyPolicy(account, b.id, cloud.id))[0]).toMatchObject({ replacedPolicyId: a.id });
    expect(await policyOf(account, cloud.id)).toBe(b.id);
    expect(await getPolicy(account, a.id)).toMatchObject({ diskCount: 2 });
    expect(await getPolicy(account, b.id)).toMatchObject({ diskCount: 1, disks: { nodes: [{ id: cloud.id }] } });

    expect(await cancelPolicy(account, cloud.id, shared.id, missing, local.id)).toMatchObject([
      { cancelled: true, policyId: b.id },
      { cancelled: true, policyId: a.id },
      { cancelled: false, error: { code: 'NotFound' } },
      { cancelled: true, policyId: null },
    ]);
    expect(await policyOf(account, cloud.id)).toBeUndefined();
    await releaseDisk(account, system.id);
    expect(await getPolicy(account, a.id)).toMatchObject({ diskCount: 0, disks: { nodes: [] } });
  });

  test('many calls at once leave one policy, and counts that are right', async () => {
    const account = await api.createAccount();
    const policies = [await createPolicy(account), await createPolicy(account)];
    const disks = await Promise.all(Array.from({ length: 6 }, () => createDisk(account)));
    const ids = idsOf(disks);
    await Promise.all([
      ...policies.map(({ id }) => applyPolicy(account, id, ...ids)),
      cancelPolicy(account, ...ids.slice(0, 2)),
    ]);
    const under = await Promise.all(ids.map((id) => policyOf(account, id)));
    for (const { id } of policies) {
      const policy = await getPolicy(account, id);
      const expected = ids.filter((_, at) => under[at] === id);
      expect(idsOf(policy.disks.nodes).sort()).toEqual(expected.sort());
      expect(policy.diskCount).toBe(expected.length);
    }
  });

  test('come under it as they are made, also with an instance', async () => {
    const account = await api.createAccount();
    const { id: policyId } = await createPolicy(account);
    const disk = await createDisk(account, { policyId });
    const instance = await createInstance(account, {
      systemDisk: { sizeBytes: GIB, policyId },
      dataDisks: [{ sizeBytes: GIB, policyId }, { sizeBytes: GIB }],
    });
    const [covered, plain] = instance.dataDisks;
    expect(idsOf((await getPolicy(account, policyId)).disks.nodes).sort()).toEqual(
      [disk.id, instance.systemDisk.id, covered.id].sort(),
    );
    expect(await policyOf(account, plain.id)).toBeUndefined();
    await stop(account, instance.id);
    const input = { instanceId: instance.id, systemDisk: { sizeBytes: GIB, policyId } };
    const { replaceSystemDisk } = await account.call(REPLACE_SYSTEM_DISK, { input });
    expect(await policyOf(account, replaceSystemDisk.instance.systemDisk.id)).toBe(policyId);
    expect((await getPolicy(account, policyId)).diskCount).toBe(3);
  });

  test.each([
    ['a LOCAL disk', { category: 'LOCAL' }, 'UnsupportedDiskCategory'],
    ['a disk of another region', { region: OTHER_REGION }, 'InvalidParameter'],
  ])('%s cannot be made under it', async (_, input, code) => {
    const account = await api.createAccount();
    const { id: policyId } = await createPolicy(account);
    const create = 'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id } } }';
    const refusal = await account.refusal(create, { input: { sizeBytes: GIB, policyId, ...input } });
    expect(refusal.extensions.code).toBe(code);
  });

  test('leave it everywhere when it is deleted', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account);
    const disks = await Promise.all(Array.from({ length: 5 }, () => createDisk(account, { policyId: id })));
    await deletePolicy(account, id);
    expect(await Promise.all(disks.map((disk) => policyOf(account, disk.id)))).toEqual(disks.map(() => undefined));
    expect((await account.refusal(DELETE_POLICY, { input: { policyId: id } })).extensions.code).toBe('NotFound');
    expect(
      await api.catalogue.get(coverCountEntity, { accountId: account.id, policyId: id, shard: 0 }),
    ).toBeUndefined();
  });

  test('a deletion that is cut off is finished by the janitor, and meanwhile the disks show none', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account);
    const disks = await Promise.all(Array.from({ length: 4 }, () => createDisk(account, { policyId: id })));
    const cut = { ...api.catalogue };
    const changes: Promise<unknown>[] = [];
    cut.transact = async (writes) => {
      if (changes.length === 2) {
        await Promise.all(changes); // they are at work beside this one
        throw new Error('killed');
      }
      const change = api.catalogue.transact(writes);
      changes.push(change);
      return change;
    };
    const service = { ...api.service, catalogue: cut };
    await expect(deleteInProcess(service, serviceCaller(account.id), id)).rejects.toThrow('killed');
    const partition = { accountId: account.id, policyId: id };
    expect((await api.catalogue.list(coverEntity, { partition, limit: 10 })).rows).toHaveLength(3);
    expect(await Promise.all(disks.map((disk) => policyOf(account, disk.id)))).toEqual(disks.map(() => undefined));
    expect((await applyPolicy(account, (await createPolicy(account)).id, disks[0].id))[0].applied).toBe(true);
    expect(await sweepCancellations(api.service, Number.POSITIVE_INFINITY)).toEqual({ cancelled: expect.any(Number) });
    expect((await api.catalogue.list(coverEntity, { partition, limit: 10 })).rows).toEqual([]);
    expect(await policyOf(account, disks[0].id)).toBeDefined();
    expect(await sweepCancellations(api.service, Number.POSITIVE_INFINITY)).toEqual({ cancelled: 0 });
  });
});

test('5.7: a policy shows the disks it covers and those it could cover, in pages', async () => {
  const account = await api.createAccount();
  const [policy, other] = [await createPolicy(account), await createPolicy(account)];
  const made: string[] = [];
  for (let count = 0; count < 5; count++) {
    made.push((await createDisk(account)).id);
    api.clock.advance(1000);
  }
  await createDisk(account, { category: 'LOCAL' });
  await applyPolicy(account, policy.id, ...made.slice(0, 3));
  await applyPolicy(account, other.id, made[3] ?? '');
  const page = async (field: string, args: string) => {
    const text = `query ($id: ID!) { policy(id: $id) { page: ${field}(${args}) { nodes { id } edges { cursor node { id } }
      pageInfo { hasNextPage endCursor } } } }`;
    return (await account.call(text, { id: policy.id })).policy.page;
  };
  const first = await page('disks', 'first: 2');
  expect(idsOf(first.nodes)).toEqual(made.slice(0, 2));
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(idsOf((await page('disks', `first: 2, after: "${first.pageInfo.endCursor}"`)).nodes)).toEqual([made[2]]);
  expect(idsOf((await page('coverableDisks', 'first: 10')).nodes)).toEqual([made[4], made[3]]);
  expect(idsOf((await page('coverableDisks', 'first: 10, withoutPolicy: true')).nodes)).toEqual([made[4]]);
  const filtered = await account.call('query ($id: ID!) { disks(filter: { policyId: $id }) { nodes { id } } }', {
    id: other.id,
  });
  expect(idsOf(filtered.disks.nodes)).toEqual([made[3]]);
});

test('5.8: an hour that a clock change skips runs at the next instant there is, one that it repeats runs once', async () => {
  const own = await createTestApi();
  try {
    const account = await own.createAccount();
    const policy = await createPolicy(account, { hours: [2], timeZone: 'Europe/Berlin' });
    const nextAfter = async (instant: string): Promise<string> => {
      own.clock.advance(Date.parse(instant) - own.clock.now());
      // A change makes the policy look at the clock.
      await updatePolicy(account, policy.id, { hours: [3] });
      return (await updatePolicy(account, policy.id, { hours: [2] })).nextRunAt;
    };
    // 02:00 is not there: 03:00 in summer time
    expect(await nextAfter('2027-03-27T12:00:00Z')).toBe('2027-03-28T01:00:00.000Z');
    expect(await nextAfter('2027-03-28T01:00:00Z')).toBe('2027-03-29T00:00:00.000Z');
    // the first 02:00
    expect(await nextAfter('2027-10-30T12:00:00Z')).toBe('2027-10-31T00:00:00.000Z');
    // not the second
    expect(await nextAfter('2027-10-31T00:30:00Z')).toBe('2027-11-01T01:00:00.000Z');
  } finally {
    await own.close();
  }
});
