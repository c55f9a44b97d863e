import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, post, type TestAccount, type TestApi } from '../support/api.ts';
import { ATTACH, createImage, createInstance, getInstance } from '../support/instances.ts';
import { CREATE_SNAPSHOT, createDisk, createSnapshot, getChain } from '../support/operations.ts';
import { CREATE_POLICY } from '../support/policies.ts';

/** Many calls at the same time that all change the same object: what there is room for is done. */

const SHARE = 'mutation ($input: ShareImageInput!) { shareImage(input: $input) { image { id } } }';
const IMAGE = 'query ($id: ID!) { image(id: $id) { sharedWith } }';
const SET_POLICIES =
  'mutation ($limit: Int!) { setQuota(input: { kind: POLICIES, limit: $limit }) { quota { limit } } }';
const POLICIES = '{ quotas { kind used } }';
const LONG_MS = 180_000;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

/** How many calls had each outcome: `done`, or the code of their refusal. */
async function outcomes(count: number, query: string, inputOf: (at: number) => object, of = account) {
  const told: Record<string, number> = {};
  const calls = Array.from({ length: count }, async (_, at) => {
    const { errors } = await post(api.invoke, of.key, query, { input: inputOf(at) });
    const outcome = errors?.[0]?.extensions.code ?? 'done';
    told[outcome] = (told[outcome] ?? 0) + 1;
  });
  await Promise.all(calls);
  return told;
}

test(
  '5.1: 30 policies at once',
  async () => {
    expect(await outcomes(30, CREATE_POLICY, () => ({ hours: [1] }))).toEqual({ done: 30 });
  },
  LONG_MS,
);

test(
  '1.4: one more at once than the quota has room for: exactly that one is refused, with the quota',
  async () => {
    const own = await api.createAccount();
    await own.call(SET_POLICIES, { limit: 24 });
    expect(await outcomes(25, CREATE_POLICY, () => ({ hours: [1] }), own)).toEqual({ done: 24, QuotaExceeded: 1 });
    expect((await own.call(POLICIES)).quotas[2]).toMatchObject({ kind: 'POLICIES', used: 24 });
  },
  LONG_MS,
);

test(
  '4.2: 20 snapshots of one disk at once',
  async () => {
    const { id } = await createDisk(account);
    expect(await outcomes(20, CREATE_SNAPSHOT, () => ({ diskId: id }))).toEqual({ done: 20 });
    expect(await getChain(account, id)).toMatchObject({ snapshotCount: 20, manualQuota: { used: 20 } });
  },
  LONG_MS,
);

test(
  '3.3: 16 disks attached to one instance at once',
  async () => {
    const { id: instanceId } = await createInstance(account);
    const disks = await Promise.all(Array.from({ length: 16 }, () => createDisk(account)));
    expect(await outcomes(16, ATTACH, (at) => ({ diskId: disks[at].id, instanceId }))).toEqual({ done: 16 });
    expect((await getInstance(account, instanceId)).dataDisks).toHaveLength(16);
  },
  LONG_MS,
);

test(
  '6.2: an image shared with 20 accounts at once',
  async () => {
    const snapshot = await createSnapshot(account, (await createDisk(account)).id);
    const { id } = await createImage(account, snapshot.id);
    const others = await Promise.all(Array.from({ length: 20 }, () => api.createAccount({ open: false })));
    const told = await outcomes(20, SHARE, (at) => ({ imageId: id, accountIds: [others[at]?.id] }));
    expect(told).toEqual({ done: 20 });
    expect((await account.call(IMAGE, { id })).image.sharedWith).toHaveLength(20);
  },
  LONG_MS,
);
