import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { patch } from '../../src/platform/catalogue/port.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { createAccount } from '../../src/service/accounts/create-account.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getChain,
  getDisk,
  getSnapshot,
  isThere,
  releaseDisk,
  rollbackDisk,
  setQuota,
} from '../support/operations.ts';
import { emptyWhatIsOver, listTrash, purge, restore, setTrashHours, TRASH_ITEM, trashIds } from '../support/trash.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const FOREVER = Number.POSITIVE_INFINITY;
const SNAPSHOTS = '{ snapshots { nodes { id } } }';
const DELETE = `mutation ($input: DeleteSnapshotsInput!) {
  deleteSnapshots(input: $input) { results { deleted restorableUntil job { id } error { code } } }
}`;
const PREVIEW = `query ($input: DeleteSnapshotsPreviewInput!) {
  deleteSnapshotsPreview(input: $input) { storedBytes restorableUntil freeFrom }
}`;
const CHAIN_TRASH = `query ($id: ID!) {
  chain(id: $id) { snapshotCount capacity { logicalBytes } trash { count capacity { logicalBytes } } manualQuota { used } }
}`;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount({ trashHours: 'default' });
});
afterAll(() => api.close());

/** A disk with two snapshots, and contents that differ from both. */
async function diskWithTwo(of: TestAccount = account) {
  const disk = await createDisk(of);
  await writeBlocks(of, disk.id, 0, { 0: blockOf('a'), 1: blockOf('b') });
  const first = await createSnapshot(of, disk.id, {
    name: 'first',
    description: 'of two',
    tags: [{ key: 'k', value: 'v' }],
  });
  await writeBlocks(of, disk.id, 1, { 1: blockOf('c') });
  const second = await createSnapshot(of, disk.id);
  await writeBlocks(of, disk.id, 2, { 1: blockOf('d') });
  return { disk, first, second };
}

const deleteOne = async (of: TestAccount, id: string): Promise<Told> =>
  (await of.call(DELETE, { input: { snapshotIds: [id] } })).deleteSnapshots.results[0];

/** Grace times pass, and reclaim frees what nothing refers to. */
async function outlastGrace() {
  await api.settle();
  const reclaimer = createReclaimer(api.engine, { ...RECLAIM_TIMES, searchEveryMs: 0 });
  for (let pass = 0; pass < 3; pass++) {
    api.clock.advance(25 * HOUR_MS);
    await reclaimer.sweep(api.clock.now() + 10 * 60_000);
  }
}

describe('10.1: a snapshot that a person deleted', () => {
  test('comes back for 24 hours, bit for bit, with name, description and tags', async () => {
    const { disk, first } = await diskWithTwo();
    const before = await getSnapshot(account, first.id);
    const { deleted, restorableUntil, job } = await deleteOne(account, first.id);
    expect({ deleted, job }).toEqual({ deleted: true, job: null });
    expect(Date.parse(restorableUntil) - api.clock.now()).toBeGreaterThan(DAY_MS - 60_000);
    expect(Date.parse(restorableUntil) - api.clock.now()).toBeLessThanOrEqual(DAY_MS);
    await outlastGrace(); // nobody empties the bin
    expect(await restore(account, first.id)).toEqual({
      id: first.id,
      restored: true,
      error: null,
      changes: [],
      snapshotIds: [],
    });
    await api.settle();
    expect(await getSnapshot(account, first.id)).toEqual(before);
    expect(await readBlocks(account, first.id)).toEqual({ 0: 'a', 1: 'b' });
    await rollbackDisk(account, disk.id, first.id);
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'a', 1: 'b' });
  });

  test('is hidden from finds and lists, and makes nothing meanwhile', async () => {
    const { disk, first, second } = await diskWithTwo();
    await deleteOne(account, first.id);
    expect(await isThere(account, first.id)).toBe(false);
    expect((await account.call(SNAPSHOTS)).snapshots.nodes).not.toContainEqual({ id: first.id });
    const chain = await getChain(account, disk.id);
    expect(chain.nodes.nodes.map(({ snapshot, parentId }: Told) => [snapshot.id, parentId])).toEqual([
      [second.id, null],
    ]);
    expect((await deleteOne(account, first.id)).error.code).toBe('NotFound');
    const clone = 'mutation ($id: ID!) { createDisk(input: { snapshotId: $id }) { disk { id } } }';
    expect((await account.refusal(clone, { id: first.id })).extensions.code).toBe('NotFound');
  });

  test('is listed in the recycle bin, page by page, what went last first', async () => {
    const own = await api.createAccount({ trashHours: 'default' });
    const { disk, first, second } = await diskWithTwo(own);
    await deleteOne(own, first.id);
    await deleteOne(own, second.id);
    const page = await listTrash(own, 'SNAPSHOT', { first: 1 });
    expect(page).toMatchObject({ nodes: [{ id: second.id }], pageInfo: { hasNextPage: true } });
    const rest = await listTrash(own, 'SNAPSHOT', { first: 1, after: page.pageInfo.endCursor });
    expect(rest).toMatchObject({
      nodes: [{ id: first.id, kind: 'SNAPSHOT', name: 'first', diskId: disk.id, tags: [{ key: 'k', value: 'v' }] }],
      pageInfo: { hasNextPage: false },
    });
    expect(await trashIds(own, 'DISK')).toEqual([]);
    expect((await own.call(TRASH_ITEM, { id: first.id })).trashItem).toEqual(rest.nodes[0]);
    const stranger = await api.createAccount();
    expect(await trashIds(stranger)).toEqual([]);
    expect((await stranger.refusal(TRASH_ITEM, { id: first.id })).extensions.code).toBe('NotFound');
  });

  test('the preview says until when it could be brought back, and from when its bytes are free', async () => {
    const { first } = await diskWithTwo();
    const told = (await account.call(PREVIEW, { input: { snapshotIds: [first.id] } })).deleteSnapshotsPreview;
    const until = Date.parse(told.restorableUntil);
    expect(Math.abs(until - api.clock.now() - DAY_MS)).toBeLessThan(60_000);
    expect(Date.parse(told.freeFrom) - until).toBe(RECLAIM_TIMES.graceMs);
    const none = await api.createAccount({ trashHours: 0 });
    const other = await diskWithTwo(none);
    const gone = (await none.call(PREVIEW, { input: { snapshotIds: [other.first.id] } })).deleteSnapshotsPreview;
    expect(gone.restorableUntil).toBeNull();
  });

  test('counts for no quota, and is shown apart in the capacity of its chain', async () => {
    const { disk, first, second } = await diskWithTwo();
    await api.settle();
    const before = (await account.call(CHAIN_TRASH, { id: disk.id })).chain;
    await deleteOne(account, second.id);
    const after = (await account.call(CHAIN_TRASH, { id: disk.id })).chain;
    expect(after).toMatchObject({ snapshotCount: 1, manualQuota: { used: 1 }, trash: { count: 1 } });
    expect(after.capacity.logicalBytes + after.trash.capacity.logicalBytes).toBe(before.capacity.logicalBytes);
    expect(after.trash.capacity.logicalBytes).toBeGreaterThan(0);
    await restore(account, second.id);
    expect((await account.call(CHAIN_TRASH, { id: disk.id })).chain).toEqual(before);
    expect(await isThere(account, first.id)).toBe(true);
  });

  test('comes back over a full quota as QuotaExceeded, and lies where it lay', async () => {
    const own = await api.createAccount({ trashHours: 'default' });
    const { disk, first } = await diskWithTwo(own);
    await deleteOne(own, first.id);
    await setQuota(own, 'MANUAL_SNAPSHOTS_PER_DISK', 1);
    const { restored, error } = await restore(own, first.id);
    expect([restored, error.code]).toEqual([false, 'QuotaExceeded']);
    expect(await trashIds(own)).toEqual([first.id]);
    await setQuota(own, 'MANUAL_SNAPSHOTS_PER_DISK', 2);
    expect((await restore(own, first.id)).restored).toBe(true);
    expect((await getChain(own, disk.id)).snapshotCount).toBe(2);
  });

  test('a chain has 512 nodes at most with them: one more is refused, and nothing is pushed out', async () => {
    const { disk, first, second } = await diskWithTwo();
    await deleteOne(account, first.id);
    const key = { accountId: account.id, id: disk.id };
    const chain = await api.catalogue.get(chainEntity, key);
    const fill = (trashCount: number) => api.catalogue.transact([patch(chainEntity, key, { set: { trashCount } })]);
    await fill(511);
    const create = 'mutation ($id: ID!) { createSnapshot(input: { diskId: $id }) { snapshot { id } } }';
    const { extensions } = await account.refusal(create, { id: disk.id });
    expect(extensions).toMatchObject({ code: 'QuotaExceeded', quota: 'SNAPSHOTS_WITH_RECYCLE_BIN', limit: 512 });
    await fill(510);
    await account.call(create, { id: disk.id });
    await fill(chain?.trashCount ?? 0);
    expect(await trashIds(account)).toContain(first.id);
    expect(await isThere(account, second.id)).toBe(true);
  });

  test('is purged after its time, and its blocks stay for the whole grace time of reclaim', async () => {
    const own = await api.createAccount({ trashHours: 'default' });
    const { disk, second } = await diskWithTwo(own);
    await api.settle();
    await deleteOne(own, second.id);
    const { domainId } = (await api.catalogue.get(trashEntity, { accountId: own.id, id: second.id }))
      ?.snapshot?.[0] ?? {
      domainId: '',
    };
    const stored = async () => (await api.objects.list(`objects/${domainId}/`, { limit: 100 })).keys.length;
    const before = await stored();
    api.clock.advance(DAY_MS - 60_000);
    await emptyWhatIsOver(api);
    expect(await trashIds(own)).toEqual([second.id]);
    api.clock.advance(60_000);
    expect((await emptyWhatIsOver(api)).purged).toBeGreaterThan(0);
    expect(await trashIds(own)).toEqual([]);
    expect((await restore(own, second.id)).error.code).toBe('NotFound');
    await api.settle();
    const reclaimer = createReclaimer(api.engine, { ...RECLAIM_TIMES, searchEveryMs: 0 });
    api.clock.advance(23 * HOUR_MS);
    await reclaimer.sweep(api.clock.now() + 10 * 60_000);
    expect(await stored()).toBe(before);
    await outlastGrace();
    expect(await stored()).toBeLessThan(before);
    expect((await getChain(own, disk.id)).snapshotCount).toBe(1);
    expect(await emptyWhatIsOver(api)).toEqual({ purged: 0 });
  });

  test('is gone at once where the time is 0, as ever', async () => {
    const own = await api.createAccount({ trashHours: 0 });
    const { first } = await diskWithTwo(own);
    const { restorableUntil, job } = await deleteOne(own, first.id);
    expect(restorableUntil).toBeNull();
    expect(job).not.toBeNull();
    expect(await trashIds(own)).toEqual([]);
  });

  test('shortening the time never purges what was deleted before, and lengthening it keeps nothing longer', async () => {
    const own = await api.createAccount({ trashHours: 48 });
    const { first, second } = await diskWithTwo(own);
    await deleteOne(own, first.id);
    expect(await setTrashHours(own, 0)).toBe(0);
    api.clock.advance(47 * HOUR_MS);
    await emptyWhatIsOver(api);
    expect(await trashIds(own)).toEqual([first.id]);
    expect(await setTrashHours(own, 8760)).toBe(8760);
    api.clock.advance(2 * HOUR_MS);
    await emptyWhatIsOver(api);
    expect(await trashIds(own)).toEqual([]);
    const { restorableUntil } = await deleteOne(own, second.id);
    expect(Date.parse(restorableUntil) - api.clock.now()).toBeGreaterThan(364 * DAY_MS);
  });

  test('purging it before the time needs ADMIN, and there is no way back', async () => {
    const { first } = await diskWithTwo();
    await deleteOne(account, first.id);
    const operator = await account.createKey('OPERATOR');
    const mutation = 'mutation ($ids: [ID!]!) { purgeTrash(input: { ids: $ids }) { results { purged } } }';
    expect((await account.refusal(mutation, { ids: [first.id] }, operator)).extensions.code).toBe('Forbidden');
    expect(await purge(account, first.id)).toMatchObject({ purged: true, job: { kind: 'DELETE_SNAPSHOT' } });
    expect((await purge(account, first.id)).error.code).toBe('NotFound');
    expect((await restore(account, first.id)).error.code).toBe('NotFound');
  });

  test('comes back with its retention, which ends no sooner than 24 hours from then', async () => {
    const disk = await createDisk(account);
    const short = await createSnapshot(account, disk.id, { retentionDays: 1 });
    const long = await createSnapshot(account, disk.id, { retentionDays: 30 });
    for (const { id } of [short, long]) await deleteOne(account, id);
    api.clock.advance(25 * HOUR_MS); // the janitor has not come by
    expect((await restore(account, short.id)).changes).toEqual(['RETENTION_EXTENDED']);
    const end = Date.parse((await getSnapshot(account, short.id)).expiresAt);
    expect(Math.abs(end - api.clock.now() - DAY_MS)).toBeLessThan(60_000);
    expect((await restore(account, long.id)).changes).toEqual([]);
    expect(await getSnapshot(account, long.id)).toEqual(long);
  });

  test('counts what is made from it, also what comes and goes while it lies there', async () => {
    const { first } = await diskWithTwo();
    const clone = await createDisk(account, { snapshotId: first.id });
    const stays = await createDisk(account, { snapshotId: first.id });
    await deleteSnapshots(account, [first.id], true);
    await releaseDisk(account, clone.id);
    await restore(account, first.id);
    expect(await getSnapshot(account, first.id)).toMatchObject({ usage: 'DISK', diskCount: 1 });
    expect((await deleteOne(account, first.id)).error.code).toBe('SnapshotUsedByDisk');
    await deleteSnapshots(account, [first.id], true);
    expect((await restore(account, clone.id)).changes).toEqual(['ORIGIN_GONE']);
    await restore(account, first.id);
    expect(await getSnapshot(account, first.id)).toMatchObject({ diskCount: 2 });
    expect((await getDisk(account, stays.id)).origin).toMatchObject({ snapshot: { id: first.id } });
  });

  test('1.3: the end of arrears empties the recycle bin', async () => {
    const own = await api.createAccount({ trashHours: 8760 });
    const { disk, first } = await diskWithTwo(own);
    await deleteOne(own, first.id);
    await releaseDisk(own, disk.id);
    await markInArrears(api.service, { account: own.id });
    api.clock.advance(14 * DAY_MS);
    await sweepArrears(api.service, FOREVER);
    expect(await trashIds(own)).toEqual([first.id]);
    api.clock.advance(2 * DAY_MS);
    await sweepArrears(api.service, FOREVER);
    expect([...(await trashIds(own)), ...(await trashIds(own, 'DISK'))]).toEqual([]);
    expect((await own.call(SNAPSHOTS)).snapshots.nodes).toEqual([]);
  });
});

test('10.1: an account that the operator makes has a recycle bin of 24 hours', async () => {
  const made = await createAccount(api.service, { account: `op-${account.id.slice(4, 20)}` });
  const asked = api.accountOf(made.accountId, made.apiKey);
  expect((await asked.call('{ viewer { account { trashHours } } }')).viewer.account.trashHours).toBe(24);
});
