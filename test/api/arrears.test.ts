import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const ACCOUNT = '{ viewer { account { status arrearsSince serviceStopsAt snapshotsDeletedAt } } }';
const SNAPSHOT = 'mutation ($diskId: ID!) { createSnapshot(input: { diskId: $diskId }) { snapshot { id } } }';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const sweep = () => sweepArrears(api.service, Number.POSITIVE_INFINITY);
const mark = (account: TestAccount, since?: string) => markInArrears(api.service, { account: account.id, since });
const idsOf = async (account: TestAccount): Promise<string[]> => {
  const { snapshots } = await account.call('{ snapshots { nodes { id } } }');
  return snapshots.nodes.map(({ id }: { id: string }) => id).sort();
};

describe('1.3: an account that does not pay', () => {
  test('the whole course over 16 days', async () => {
    const account = await api.createAccount();
    const other = await api.createAccount();
    const disk = await createDisk(account);
    const [plain, cloned, imaged] = [
      await createSnapshot(account, disk.id),
      await createSnapshot(account, disk.id),
      await createSnapshot(account, disk.id),
    ];
    const clone = await createDisk(account, { snapshotId: cloned.id });
    const made = 'mutation ($id: ID!) { createImage(input: { snapshotId: $id }) { image { id } } }';
    await account.call(made, { id: imaged.id });
    const theirs = await createSnapshot(other, (await createDisk(other)).id);

    expect((await account.call(ACCOUNT)).viewer.account).toEqual({
      status: 'NORMAL',
      arrearsSince: null,
      serviceStopsAt: null,
      snapshotsDeletedAt: null,
    });
    const { arrearsSince } = await mark(account);
    const at = (ms: number) => new Date(Date.parse(arrearsSince ?? '') + ms).toISOString();
    expect((await account.call(ACCOUNT)).viewer.account).toEqual({
      status: 'IN_ARREARS',
      arrearsSince,
      serviceStopsAt: at(DAY_MS),
      snapshotsDeletedAt: at(15 * DAY_MS),
    });

    api.clock.advance(23 * HOUR_MS);
    const late = await createSnapshot(account, disk.id);
    api.clock.advance(HOUR_MS);
    expect((await account.refusal(SNAPSHOT, { diskId: disk.id })).extensions).toMatchObject({
      code: 'AccountInArrears',
      accountId: account.id,
      arrearsSince,
    });

    // Day 2 to 15: everything is kept; reading, rollback and deletion work.
    api.clock.advance(13 * DAY_MS);
    expect(await sweep()).toEqual({ deleted: 0 });
    const rollback = 'mutation ($input: RollbackDiskInput!) { rollbackDisk(input: $input) { disk { id } } }';
    await account.call(rollback, { input: { diskId: disk.id, snapshotId: plain.id } });
    const remove = 'mutation ($ids: [ID!]!) { deleteSnapshots(input: { snapshotIds: $ids }) { results { deleted } } }';
    expect((await account.call(remove, { ids: [late.id] })).deleteSnapshots.results).toEqual([{ deleted: true }]);
    expect(await idsOf(account)).toEqual([plain.id, cloned.id, imaged.id].sort());

    // Day 16: only what a disk or an image was made from stays.
    api.clock.advance(DAY_MS + 1000);
    expect(await sweep()).toEqual({ deleted: 1 });
    expect(await idsOf(account)).toEqual([cloned.id, imaged.id].sort());
    expect(await idsOf(other)).toEqual([theirs.id]);
    expect(await sweep()).toEqual({ deleted: 0 });

    // What is no longer in use goes with a later round.
    const release = 'mutation ($id: ID!) { releaseDisk(input: { diskId: $id }) { diskId } }';
    await account.call(release, { id: clone.id });
    api.clock.advance(HOUR_MS + 1000);
    expect(await sweep()).toEqual({ deleted: 1 });
    expect(await idsOf(account)).toEqual([imaged.id]);

    await settleByOperator(api.service, { account: account.id });
    expect((await account.call(ACCOUNT)).viewer.account).toMatchObject({ status: 'NORMAL', arrearsSince: null });
    await account.call(SNAPSHOT, { diskId: disk.id });
    api.clock.advance(30 * DAY_MS);
    expect(await sweep()).toEqual({ deleted: 0 });
  });

  test('paying on the last day keeps everything', async () => {
    const account = await api.createAccount();
    const { id } = await createSnapshot(account, (await createDisk(account)).id);
    await mark(account);
    api.clock.advance(15 * DAY_MS + 1000);
    await settleByOperator(api.service, { account: account.id });
    await sweep();
    expect(await idsOf(account)).toEqual([id]);
  });

  test('a payment that arrives while snapshots are being deleted keeps those that are left', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    for (let count = 0; count < 3; count++) await createSnapshot(account, disk.id);
    await mark(account);
    api.clock.advance(15 * DAY_MS + 1000);
    const tree = { ...api.service.tree };
    let removals = 0;
    tree.remove = async (input, also) => {
      removals += 1;
      if (removals === 2) await settleByOperator(api.service, { account: account.id });
      return api.service.tree.remove(input, also);
    };
    expect(await sweepArrears({ ...api.service, tree }, Number.POSITIVE_INFINITY)).toEqual({ deleted: 1 });
    expect(await idsOf(account)).toHaveLength(2);
  });

  test('a round that is cut off goes on with the next', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    for (let count = 0; count < 3; count++) await createSnapshot(account, disk.id);
    await mark(account);
    api.clock.advance(15 * DAY_MS + 1000);
    expect(await sweepArrears(api.service, api.clock.now())).toEqual({ deleted: 0 });
    expect(await sweep()).toEqual({ deleted: 3 });
  });

  test('marking twice keeps the first instant; what is no instant of the past is refused', async () => {
    const account = await api.createAccount();
    const since = new Date(api.clock.now() - HOUR_MS).toISOString();
    expect(await mark(account, since)).toMatchObject({ arrearsSince: since });
    expect(await mark(account)).toMatchObject({ arrearsSince: since });
    for (const bad of ['tomorrow', new Date(api.clock.now() + HOUR_MS).toISOString()]) {
      await expect(mark(account, bad)).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field: 'since' } });
    }
    await expect(markInArrears(api.service, { account: 'nobody' })).rejects.toMatchObject({ code: 'NotFound' });
    await expect(settleByOperator(api.service, {})).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  test('nobody settles by the API, and the operator only the arrears that are meant', async () => {
    const account = await api.createAccount();
    const { arrearsSince } = await mark(account);
    const fields = (await account.call('{ __schema { mutationType { fields { name } } } }')).__schema.mutationType
      .fields;
    expect(fields.filter(({ name }: { name: string }) => /settle|arrears/i.test(name))).toEqual([]);
    const settle = (since: unknown) => settleByOperator(api.service, { account: account.id, since });
    for (const other of ['2020-01-01T00:00:00.000Z', 'x', 5]) {
      await expect(settle(other)).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field: 'since' } });
    }
    expect((await account.call(ACCOUNT)).viewer.account.status).toBe('IN_ARREARS');
    await settle(arrearsSince);
    await settle(arrearsSince); // paid already
    expect((await account.call(ACCOUNT)).viewer.account.status).toBe('NORMAL');
  });

  test.each([
    { when: '24 hours ago', agoMs: DAY_MS, said: {}, isTaken: true },
    { when: 'a second more', agoMs: DAY_MS + 1000, said: {}, isTaken: false },
    { when: 'a year ago', agoMs: 365 * DAY_MS, said: {}, isTaken: false },
    { when: 'a year ago, and that is denied', agoMs: 365 * DAY_MS, said: { yesDeleteNow: false }, isTaken: false },
    { when: 'a year ago, and that is meant', agoMs: 365 * DAY_MS, said: { yesDeleteNow: true }, isTaken: true },
  ])('since $when', async ({ agoMs, said, isTaken }) => {
    const account = await api.createAccount();
    const { id } = await createSnapshot(account, (await createDisk(account)).id);
    const now = api.clock.now();
    const since = new Date(now - agoMs).toISOString();
    const atOnce = { ...api.service, clock: { now: () => now } };
    const marking = markInArrears(atOnce, { account: account.id, since, ...said });
    if (isTaken) expect(await marking).toMatchObject({ arrearsSince: since });
    else {
      const field = { code: 'InvalidParameter', extra: { field: 'since' } };
      await expect(marking).rejects.toMatchObject({ ...field, message: expect.stringContaining('yesDeleteNow') });
    }
    await sweep();
    expect(await idsOf(account)).toEqual(isTaken && agoMs > 15 * DAY_MS ? [] : [id]);
  });

  test.each(['yes', 1, null])('yesDeleteNow: %j is no answer', async (yesDeleteNow) => {
    const account = await api.createAccount();
    const marking = markInArrears(api.service, { account: account.id, yesDeleteNow });
    await expect(marking).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field: 'yesDeleteNow' } });
    expect((await account.call(ACCOUNT)).viewer.account.status).toBe('NORMAL');
  });
});
