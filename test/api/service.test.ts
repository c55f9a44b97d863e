import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, OPEN_SERVICE, OTHER_REGION, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import {
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  getChain,
  releaseDisk,
  SET_QUOTA,
  setQuota,
} from '../support/operations.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const FIELDS = 'region opened openedAt acceptedTerms currentTerms';
const QUOTAS = `query ($region: String, $diskId: ID) {
  quotas(region: $region, diskId: $diskId) { kind region limit used free }
}`;

describe('1.1: accounts', () => {
  let owner: TestAccount;
  let stranger: TestAccount;
  let ids: Record<'disk' | 'snapshot' | 'draft' | 'job', string>;

  beforeAll(async () => {
    owner = await api.createAccount();
    stranger = await api.createAccount();
    const disk = await createDisk(owner);
    await writeBlocks(owner, disk.id, 0, { 0: blockOf('mine') });
    const snapshot = await createSnapshot(owner, disk.id);
    const input = { diskId: disk.id, expectedVersion: 1 };
    const { openDraft } = await owner.call(
      'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }',
      { input },
    );
    const { job } = await releaseDisk(owner, (await createDisk(owner)).id);
    ids = { disk: disk.id, snapshot: snapshot.id, draft: openDraft.draft.id, job: job.id };
  });

  test.each<[string, string, (all: typeof ids) => object]>([
    ['disk', 'query ($id: ID!) { disk(id: $id) { id } }', ({ disk }) => ({ id: disk })],
    ['snapshot', 'query ($id: ID!) { snapshot(id: $id) { id } }', ({ snapshot }) => ({ id: snapshot })],
    ['chain', 'query ($id: ID!) { chain(id: $id) { id } }', ({ disk }) => ({ id: disk })],
    ['job', 'query ($id: ID!) { job(id: $id) { id } }', ({ job }) => ({ id: job })],
    ['quotas', 'query ($id: ID!) { quotas(diskId: $id) { kind } }', ({ disk }) => ({ id: disk })],
    ['drafts', 'query ($id: ID!) { drafts(diskId: $id) { nodes { id } } }', ({ disk }) => ({ id: disk })],
    [
      'blockMap',
      'query ($input: BlockMapInput!) { blockMap(input: $input) { root } }',
      ({ disk }) => ({ input: { source: disk } }),
    ],
    [
      'pageMap',
      'query ($input: PageMapInput!) { pageMap(input: $input) { root } }',
      ({ snapshot }) => ({ input: { source: snapshot } }),
    ],
    [
      'changedBlocks',
      'query ($input: ChangedBlocksInput!) { changedBlocks(input: $input) { sizeBytes } }',
      ({ snapshot }) => ({ input: { toSnapshotId: snapshot } }),
    ],
    [
      'createDisk',
      'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id } } }',
      ({ snapshot }) => ({ input: { snapshotId: snapshot } }),
    ],
    [
      'updateDisk',
      'mutation ($input: UpdateDiskInput!) { updateDisk(input: $input) { disk { id } } }',
      ({ disk }) => ({ input: { diskId: disk, name: 'taken' } }),
    ],
    [
      'resizeDisk',
      'mutation ($input: ResizeDiskInput!) { resizeDisk(input: $input) { disk { id } } }',
      ({ disk }) => ({ input: { diskId: disk, sizeBytes: 2 ** 40 } }),
    ],
    [
      'releaseDisk',
      'mutation ($input: ReleaseDiskInput!) { releaseDisk(input: $input) { diskId } }',
      ({ disk }) => ({ input: { diskId: disk } }),
    ],
    [
      'rollbackDisk',
      'mutation ($input: RollbackDiskInput!) { rollbackDisk(input: $input) { disk { id } } }',
      ({ disk, snapshot }) => ({ input: { diskId: disk, snapshotId: snapshot } }),
    ],
    [
      'completeReencryption',
      'mutation ($input: CompleteReencryptionInput!) { completeReencryption(input: $input) { disk { id } } }',
      ({ disk }) => ({ input: { diskId: disk } }),
    ],
    [
      'createSnapshot',
      'mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) { snapshot { id } } }',
      ({ disk }) => ({ input: { diskId: disk } }),
    ],
    [
      'updateSnapshot',
      'mutation ($input: UpdateSnapshotInput!) { updateSnapshot(input: $input) { snapshot { id } } }',
      ({ snapshot }) => ({ input: { snapshotId: snapshot, name: 'taken' } }),
    ],
    [
      'prepareUpload',
      'mutation ($input: PrepareUploadInput!) { prepareUpload(input: $input) { objects { state } } }',
      ({ disk }) => ({ input: { target: disk, objects: [{ id: '0'.repeat(64) }] } }),
    ],
    [
      'commitBlocks',
      'mutation ($input: CommitBlocksInput!) { commitBlocks(input: $input) { version } }',
      ({ disk }) => ({ input: { target: disk, expectedVersion: 1, trims: [{ start: 0, count: 1 }] } }),
    ],
    [
      'openDraft',
      'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }',
      ({ disk }) => ({ input: { diskId: disk, expectedVersion: 1 } }),
    ],
    [
      'commitDraft',
      'mutation ($input: CommitDraftInput!) { commitDraft(input: $input) { disk { id } } }',
      ({ draft }) => ({ input: { draftId: draft } }),
    ],
    [
      'discardDraft',
      'mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) { draftId } }',
      ({ draft }) => ({ input: { draftId: draft } }),
    ],
  ])('1.1: what is another account’s does not exist: %s', async (_, query, variables) => {
    const refusal = await stranger.refusal(query, variables(ids));
    expect(refusal.extensions.code).toBe('NotFound');
    const other = (_: string, head: string, last: string) => head + (last === '0' ? '1' : '0');
    const asked = JSON.stringify(variables(ids)).replaceAll(/(-\w{19})(\w)/g, other);
    const never = await stranger.refusal(query, JSON.parse(asked));
    expect(never.message.replaceAll(/-\w{20}/g, '')).toBe(refusal.message.replaceAll(/-\w{20}/g, ''));
  });

  test('1.1: lists, batches and node(id) hold the caller’s own only', async () => {
    const query = `query ($ids: [ID!]!, $id: ID!) {
      disks { nodes { id } } snapshots { nodes { id } } chains { nodes { id } } jobs { nodes { id } }
      bySource: snapshots(filter: { diskId: $id }) { nodes { id } }
      nodes(ids: $ids) { id } node(id: $id) { id }
    }`;
    const variables = { ids: [ids.disk, ids.snapshot, ids.job], id: ids.disk };
    const none = { nodes: [] };
    const seen = await stranger.call(query, variables);
    expect(seen).toEqual({
      disks: none,
      snapshots: none,
      chains: none,
      jobs: none,
      bySource: none,
      nodes: [null, null, null],
      node: null,
    });
    expect((await owner.call(query, variables)).nodes).toEqual(variables.ids.map((id) => ({ id })));
    const { deleteSnapshots } = await stranger.call(
      'mutation ($ids: [ID!]!) { deleteSnapshots(input: { snapshotIds: $ids, force: true }) { results { deleted error { code } } } }',
      { ids: [ids.snapshot] },
    );
    expect(deleteSnapshots.results).toEqual([{ deleted: false, error: { code: 'NotFound' } }]);
  });

  test('1.1: what another account stored cannot be named, whatever it is', async () => {
    const disk = await createDisk(stranger);
    const { blockMap } = await owner.call(
      'query ($input: BlockMapInput!) { blockMap(input: $input) { blocks { id } } }',
      { input: { source: ids.disk } },
    );
    const { id } = blockMap.blocks[0];
    const prepare = 'mutation ($input: PrepareUploadInput!) { prepareUpload(input: $input) { objects { state } } }';
    const { prepareUpload } = await stranger.call(prepare, { input: { target: disk.id, objects: [{ id }] } });
    expect(prepareUpload.objects).toEqual([{ state: 'MISSING' }]);
    const commit = 'mutation ($input: CommitBlocksInput!) { commitBlocks(input: $input) { version } }';
    const input = { target: disk.id, expectedVersion: 0, writes: [{ index: 0, id }] };
    expect((await stranger.refusal(commit, { input })).extensions).toMatchObject({
      code: 'ObjectMissing',
      objectIds: [id],
    });
  });
});

test('1.1: a region holds its own disks', async () => {
  const account = await api.createAccount();
  const here = await createDisk(account);
  const there = await createDisk(account, { region: OTHER_REGION });
  const ids = async (region: string) =>
    (await account.call('query ($region: String) { disks(region: $region) { nodes { id } } }', { region })).disks.nodes;
  expect(await ids(REGION)).toEqual([{ id: here.id }]);
  expect(await ids(OTHER_REGION)).toEqual([{ id: there.id }]);
});

describe('1.2: switching snapshots on', () => {
  test('1.2: the terms have a text and a version, before and after they are accepted', async () => {
    const account = await api.createAccount({ open: false });
    const query = '{ snapshotService { acceptedTerms acceptedTermsText currentTerms currentTermsText } }';
    const { snapshotService: before } = await account.call(query);
    expect(before).toMatchObject({ acceptedTerms: null, acceptedTermsText: null });
    expect(before.currentTermsText).toContain(`version ${before.currentTerms}`);
    const refused = await account.refusal(OPEN_SERVICE, { terms: 'others' });
    expect(refused.extensions).toMatchObject({ code: 'InvalidParameter', field: 'acceptedTerms' });
    await account.call(OPEN_SERVICE, { terms: before.currentTerms });
    const { snapshotService: after } = await account.call(query);
    expect(after).toMatchObject({ acceptedTerms: before.currentTerms, acceptedTermsText: before.currentTermsText });
  });

  test('1.2: once for each region, with the accepted terms and the time', async () => {
    const account = await api.createAccount({ open: false });
    const { snapshotService: before } = await account.call(`{ snapshotService { ${FIELDS} } }`);
    expect(before).toMatchObject({ region: REGION, opened: false, openedAt: null, acceptedTerms: null });
    const disk = await createDisk(account);
    const create = { input: { diskId: disk.id } };
    expect((await account.refusal(CREATE_SNAPSHOT, create)).extensions.code).toBe('SnapshotServiceNotOpened');
    const terms = before.currentTerms;
    const { openSnapshotService } = await account.call(OPEN_SERVICE, { terms });
    const service = openSnapshotService.snapshotService;
    expect(service).toMatchObject({ region: REGION, opened: true, acceptedTerms: terms });
    api.clock.advance(60_000);
    expect((await account.call(OPEN_SERVICE, { terms })).openSnapshotService.snapshotService).toEqual(service);
    await account.call(CREATE_SNAPSHOT, create);
    const { regions } = await account.call('{ regions { name isDefault snapshotService { opened } } }');
    expect(regions).toEqual([
      { name: REGION, isDefault: true, snapshotService: { opened: true } },
      { name: OTHER_REGION, isDefault: false, snapshotService: { opened: false } },
    ]);
  });

  test('1.2: only the terms in force can be accepted', async () => {
    const account = await api.createAccount({ open: false });
    const refusal = await account.refusal(OPEN_SERVICE, { terms: 'anything' });
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'acceptedTerms' });
  });
});

describe('1.4: quotas', () => {
  test('1.4: defaults, with what is used', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    await createSnapshot(account, disk.id);
    expect((await account.call(QUOTAS, { diskId: disk.id })).quotas).toEqual([
      { kind: 'MANUAL_SNAPSHOTS_PER_DISK', region: REGION, limit: 256, used: 1, free: 255 },
      { kind: 'AUTO_SNAPSHOTS_PER_DISK', region: REGION, limit: 256, used: 0, free: 256 },
      { kind: 'POLICIES', region: REGION, limit: 100, used: 0, free: 100 },
      { kind: 'DISKS', region: REGION, limit: 10_000, used: 1, free: 9_999 },
      { kind: 'SCRUBS_AT_ONCE', region: REGION, limit: 2, used: 0, free: 2 },
      { kind: 'API_KEYS', region: REGION, limit: 100, used: 1, free: 99 },
    ]);
    expect((await account.call(QUOTAS)).quotas[0]).toMatchObject({ used: null, free: null });
  });

  test('1.4: a disk that has no snapshots uses nothing of its quotas', async () => {
    const account = await api.createAccount();
    const { id } = await createDisk(account, { category: 'LOCAL', region: OTHER_REGION });
    expect((await account.call(QUOTAS, { diskId: id })).quotas.slice(0, 2)).toEqual([
      { kind: 'MANUAL_SNAPSHOTS_PER_DISK', region: OTHER_REGION, limit: 256, used: 0, free: 256 },
      { kind: 'AUTO_SNAPSHOTS_PER_DISK', region: OTHER_REGION, limit: 256, used: 0, free: 256 },
    ]);
    const refusal = await account.refusal(QUOTAS, { diskId: 'd-00000000000000000000' });
    expect(refusal.extensions.code).toBe('NotFound');
  });

  test('1.4: a full quota refuses, says which, and deletes nothing; two at once cannot break it', async () => {
    const account = await api.createAccount();
    const { id } = await createDisk(account);
    await setQuota(account, 'MANUAL_SNAPSHOTS_PER_DISK', 2);
    await createSnapshot(account, id);
    const input = { diskId: id };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => account.call(CREATE_SNAPSHOT, { input })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusal = await account.refusal(CREATE_SNAPSHOT, { input });
    expect(refusal.extensions).toMatchObject({
      code: 'QuotaExceeded',
      quota: 'MANUAL_SNAPSHOTS_PER_DISK',
      limit: 2,
      used: 2,
    });
    expect(await getChain(account, id)).toMatchObject({ snapshotCount: 2, manualQuota: { used: 2, free: 0 } });
  });

  test('1.4: a quota can be set up to the default, in one region', async () => {
    const account = await api.createAccount();
    const set = (input: object) => account.refusal(SET_QUOTA, { input: { kind: 'POLICIES', ...input } });
    expect((await set({ limit: 101 })).extensions).toMatchObject({ code: 'InvalidParameter', field: 'limit' });
    expect((await set({ limit: -1 })).extensions).toMatchObject({ code: 'InvalidParameter', field: 'limit' });
    await account.call(SET_QUOTA, { input: { kind: 'POLICIES', limit: 3, region: OTHER_REGION } });
    expect((await account.call(QUOTAS, { region: OTHER_REGION })).quotas[2]).toMatchObject({ limit: 3 });
    expect((await account.call(QUOTAS)).quotas[2]).toMatchObject({ limit: 100 });
  });
});
