import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  deleteSnapshots,
  GIB,
  getChain,
  getDisk,
  getSnapshot,
  PREVIEW,
  releaseDisk,
  SNAPSHOT,
  UPDATE_SNAPSHOT,
} from '../support/operations.ts';

const BLOCK = 512 * 1024;
const DAY_MS = 86_400_000;
let api: TestApi;
let account: TestAccount;

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

describe('4.1: what a snapshot is', () => {
  test('4.1: a new snapshot has what was asked for, and its disk as it is now', async () => {
    const disk = await createDisk(account, { kind: 'SYSTEM' });
    await writeBlocks(account, disk.id, 0, { 0: blockOf('a') });
    const input = { name: 'Nightly', description: 'by hand', retentionDays: 3, tags: [{ key: 'why', value: 'test' }] };
    const snapshot = await createSnapshot(account, disk.id, input);
    expect(snapshot).toMatchObject({
      id: expect.stringMatching(/^s-[0-9a-z]{20}$/),
      region: disk.region,
      ...input,
      kind: 'MANUAL',
      sourceDisk: { id: disk.id, kind: 'SYSTEM', sizeBytes: GIB, encrypted: false, disk: { id: disk.id } },
      status: 'ACCOMPLISHED',
      progressPercent: 100,
      usage: 'NONE',
      diskCount: 0,
      type: 'FULL',
      encrypted: false,
      sizes: { ownBytes: BLOCK, totalBytes: BLOCK, sharedBytes: 0 },
      root: (await getDisk(account, disk.id)).root,
    });
    expect(Date.parse(snapshot.expiresAt) - Date.parse(snapshot.createdAt)).toBe(3 * DAY_MS);
    expect(await getSnapshot(account, snapshot.id)).toEqual(snapshot);
  });

  test('4.1: without retention it is kept for ever, and named by its id', async () => {
    const snapshot = await createSnapshot(account, (await createDisk(account)).id);
    expect(snapshot).toMatchObject({ name: snapshot.id, description: null, retentionDays: null, expiresAt: null });
  });

  test('4.1: name, description and tags can be changed; null takes the description away', async () => {
    const snapshot = await createSnapshot(account, (await createDisk(account)).id, {
      name: 'one',
      description: 'first',
    });
    const update = async (input: object) =>
      (await account.call(UPDATE_SNAPSHOT, { input: { snapshotId: snapshot.id, ...input } })).updateSnapshot.snapshot;
    expect(await update({ name: 'two' })).toEqual({ ...snapshot, name: 'two' });
    expect(await update({ description: null, tags: [{ key: 'k' }] })).toMatchObject({
      name: 'two',
      description: null,
      tags: [{ key: 'k', value: '' }],
    });
    expect(await update({})).toMatchObject({ name: 'two', description: null });
  });
});

describe('4.2: what creating needs', () => {
  test('4.2: a disk that is there, the service open, and a quota that is not used up', async () => {
    const stranger = await api.createAccount({ open: false });
    const disk = await createDisk(stranger);
    const create = (diskId: string) => stranger.refusal(CREATE_SNAPSHOT, { input: { diskId } });
    expect((await create(disk.id)).extensions).toMatchObject({ code: 'SnapshotServiceNotOpened', region: disk.region });
    const unknown = disk.id.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
    expect((await create(unknown)).extensions.code).toBe('NotFound');
  });

  test('4.2: a disk that is being made is refused', async () => {
    const source = await createSnapshot(account, (await createDisk(account)).id);
    const copy = await createDisk(account, { snapshotId: source.id, encrypted: true });
    const refusal = await account.refusal(CREATE_SNAPSHOT, { input: { diskId: copy.id } });
    expect(refusal.extensions).toMatchObject({ code: 'IncorrectDiskStatus', status: 'CREATING' });
  });
});

describe('4.3: names and descriptions', () => {
  test.each([
    ['a letter of any script', 'Ωmega', null],
    ['two characters', 'ab', null],
    ['128 characters beyond the basic plane', `𠀀${'𠀁'.repeat(127)}`, null],
    ['one character', 'a', 'name'],
    ['129 characters', 'a'.repeat(129), 'name'],
    ['a digit first', '1a', 'name'],
    ['http://', 'http://x', 'name'],
    ['https:// in capitals', 'HTTPS://x', 'name'],
    ['auto', 'automatic', 'name'],
    ['Auto', 'Auto2.0_x', 'name'],
    ['a control character', 'ab\u0007', 'name'],
  ])('4.3: a name: %s', async (_, name, field) => {
    const { id } = await createDisk(account);
    if (field === null) expect((await createSnapshot(account, id, { name })).name).toBe(name);
    else
      expect((await account.refusal(CREATE_SNAPSHOT, { input: { diskId: id, name } })).extensions).toMatchObject({
        code: 'InvalidParameter',
        field,
      });
  });

  test.each([
    ['auto is fine', 'automatic', null],
    ['256 characters', 'é'.repeat(256), null],
    ['257 characters', 'é'.repeat(257), 'description'],
    ['one character', '!', 'description'],
    ['http://', 'http://example', 'description'],
  ])('4.3: a description: %s', async (_, description, field) => {
    const { id } = await createDisk(account);
    const input = { diskId: id, description };
    if (field === null) expect((await createSnapshot(account, id, { description })).description).toBe(description);
    else
      expect((await account.refusal(CREATE_SNAPSHOT, { input })).extensions).toMatchObject({
        code: 'InvalidParameter',
        field,
      });
  });

  test('4.3: two spellings of one name are one name', async () => {
    const { id } = await createDisk(account);
    expect((await createSnapshot(account, id, { name: 'Cafe\u0301' })).name).toBe('Caf\u00e9');
  });
});

describe('4.4, 4.5: contents', () => {
  test('4.4: a snapshot holds what was committed at its instant, whatever is written later', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('first'), 7: blockOf('seven') });
    const snapshot = await createSnapshot(account, id);
    await writeBlocks(account, id, 1, { 0: blockOf('second'), 7: null });
    expect(await readBlocks(account, snapshot.id)).toEqual({ 0: 'first', 7: 'seven' });
    expect(await readBlocks(account, id)).toEqual({ 0: 'second' });
  });

  test('4.5: the first is full, the next one stores what changed; zeros count nowhere', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('c0'), 1: blockOf('c1'), 2: blockOf('c2') });
    const first = await createSnapshot(account, id);
    await writeBlocks(account, id, 1, { 1: blockOf('c1b'), 2: null });
    const second = await createSnapshot(account, id);
    expect(first).toMatchObject({ type: 'FULL', sizes: { ownBytes: 3 * BLOCK, totalBytes: 3 * BLOCK } });
    expect(second).toMatchObject({
      type: 'INCREMENTAL',
      sizes: { ownBytes: BLOCK, totalBytes: 2 * BLOCK, sharedBytes: BLOCK },
    });
    expect(second.sizes.ownStoredBytes).toBeLessThan(BLOCK / 16);
  });

  test('4.5: writing the same bytes again stores nothing new', async () => {
    const one = await createDisk(account);
    const other = await createDisk(account);
    await writeBlocks(account, one.id, 0, { 0: blockOf('same') });
    const before = (await api.objects.list('objects/', { limit: 1000 })).keys.length;
    await writeBlocks(account, other.id, 0, { 0: blockOf('same') });
    expect((await api.objects.list('objects/', { limit: 1000 })).keys.length).toBe(before);
    expect((await getDisk(account, other.id)).sizes).toMatchObject({ totalBytes: BLOCK });
  });
});

describe('4.5, 4.8: what a snapshot stands on', () => {
  test('4.5: the first snapshot of a clone is full, and tells what it shares with the clone’s origin', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('o0'), 1: blockOf('o1') });
    const origin = await createSnapshot(account, id);
    const clone = await createDisk(account, { snapshotId: origin.id });
    await writeBlocks(account, clone.id, 0, { 1: blockOf('o1b') });
    const first = await createSnapshot(account, clone.id);
    expect(first).toMatchObject({
      type: 'FULL',
      sizes: { ownBytes: BLOCK, sharedBytes: BLOCK, totalBytes: 2 * BLOCK },
    });
    expect((await getChain(account, clone.id)).nodes.nodes[0].parentId).toBe(origin.id);
  });

  test('4.8: drafts and deleted snapshots in between are not seen', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('s0') });
    const first = await createSnapshot(account, id);
    await writeBlocks(account, id, 1, { 0: blockOf('s1') });
    const middle = await createSnapshot(account, id);
    await createDisk(account, { snapshotId: middle.id });
    await deleteSnapshots(account, [middle.id], true);
    await writeBlocks(account, id, 2, { 1: blockOf('s2') });
    const input = { diskId: id, expectedVersion: 3 };
    await account.call('mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }', { input });
    const last = await createSnapshot(account, id);
    await api.settle();
    expect(last.type).toBe('INCREMENTAL');
    const { nodes } = (await getChain(account, id)).nodes;
    expect(nodes.map(({ parentId, snapshot }: Told) => [snapshot.id, parentId])).toEqual([
      [first.id, null],
      [last.id, first.id],
    ]);
  });

  test('4.5: a draft under the first snapshot leaves it full', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('f0') });
    const input = { diskId: id, expectedVersion: 1 };
    await account.call('mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }', { input });
    expect((await createSnapshot(account, id)).type).toBe('FULL');
  });
});

describe('4.6: deletion', () => {
  test('4.6: many in any order, each with its own result; the others keep their contents', async () => {
    const { id } = await createDisk(account);
    const snapshots: Told[] = [];
    for (let version = 0; version < 4; version++) {
      await writeBlocks(account, id, version, { 0: blockOf(`v${version}`), [version + 1]: blockOf(`w${version}`) });
      snapshots.push(await createSnapshot(account, id));
    }
    const [a, b, c, d] = snapshots.map((snapshot) => snapshot.id);
    const results = await deleteSnapshots(account, [c, 's-00000000000000000000', a, 'nonsense']);
    expect(results.map(({ deleted, error }) => (deleted ? 'deleted' : error.code))).toEqual([
      'deleted',
      'NotFound',
      'deleted',
      'NotFound',
    ]);
    expect((await account.refusal(SNAPSHOT, { id: a })).extensions.code).toBe('NotFound');
    await api.settle();
    expect(await readBlocks(account, b)).toEqual({ 0: 'v1', 1: 'w0', 2: 'w1' });
    expect(await readBlocks(account, d)).toEqual({ 0: 'v3', 1: 'w0', 2: 'w1', 3: 'w2', 4: 'w3' });
    expect(await getSnapshot(account, b)).toMatchObject({ type: 'FULL', sizes: { ownBytes: 3 * BLOCK } });
    expect(await getSnapshot(account, d)).toMatchObject({ type: 'INCREMENTAL', sizes: { ownBytes: 3 * BLOCK } });
    expect((await getChain(account, id)).snapshotCount).toBe(2);
  });

  test('4.6: one that a disk was made from needs force, and the disk works on', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 5: blockOf('five') });
    const snapshot = await createSnapshot(account, id);
    const clone = await createDisk(account, { snapshotId: snapshot.id });
    expect((await deleteSnapshots(account, [snapshot.id]))[0].error.code).toBe('SnapshotUsedByDisk');
    expect((await deleteSnapshots(account, [snapshot.id], true))[0]).toMatchObject({ deleted: true, error: null });
    await releaseDisk(account, id);
    await api.settle();
    expect(await readBlocks(account, clone.id)).toEqual({ 5: 'five' });
    expect((await getDisk(account, clone.id)).origin).toEqual({
      kind: 'SNAPSHOT',
      snapshotId: snapshot.id,
      snapshot: null,
    });
    expect((await releaseDisk(account, clone.id)).diskId).toBe(clone.id);
  });

  test('4.6: the preview tells exactly what a deletion frees, and changes nothing', async () => {
    const own = await api.createAccount();
    const { id } = await createDisk(own);
    await writeBlocks(own, id, 0, { 0: blockOf('alone'), 1: blockOf('shared') });
    const first = await createSnapshot(own, id);
    await writeBlocks(own, id, 1, { 0: null });
    const clone = await createDisk(own, { snapshotId: (await createSnapshot(own, id)).id });
    await api.settle();
    const preview = async (input: object) => (await own.call(PREVIEW, { input })).deleteSnapshotsPreview;
    const told = await preview({ snapshotIds: [first.id] });
    // The block and the page that lists it.
    expect(told).toMatchObject({ objects: 2, settled: true, results: [{ snapshotId: first.id, error: null }] });
    const used = clone.origin.snapshotId;
    expect((await preview({ snapshotIds: [used, first.id] })).results).toEqual([
      { snapshotId: used, error: { code: 'SnapshotUsedByDisk' } },
      { snapshotId: first.id, error: null },
    ]);
    expect(await readBlocks(own, first.id)).toEqual({ 0: 'alone', 1: 'shared' });
  });
});

const OPEN_DRAFT = 'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }';
const openDraft = (diskId: string, expectedVersion: number) =>
  account.call(OPEN_DRAFT, { input: { diskId, expectedVersion } });

describe('4.8: the chain', () => {
  test('4.8: nodes in order with parent, own and shared size; capacity; quotas', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('k0'), 1: blockOf('k1') });
    const first = await createSnapshot(account, id);
    await writeBlocks(account, id, 1, { 1: blockOf('k1b') });
    const second = await createSnapshot(account, id);
    const chain = await getChain(account, id);
    expect(chain).toMatchObject({
      id,
      disk: { id },
      snapshotCount: 2,
      capacity: { logicalBytes: 3 * BLOCK },
      manualQuota: { limit: 256, used: 2, free: 254 },
      autoQuota: { limit: 256, used: 0, free: 256 },
      nodes: {
        totalCount: 2,
        nodes: [
          { parentId: null, snapshot: { id: first.id, type: 'FULL' }, sizes: { ownBytes: 2 * BLOCK, sharedBytes: 0 } },
          {
            parentId: first.id,
            snapshot: { id: second.id, type: 'INCREMENTAL' },
            sizes: { ownBytes: BLOCK, sharedBytes: BLOCK },
          },
        ],
      },
    });
    expect(chain.capacity.storedBytes).toBe(first.sizes.ownStoredBytes + second.sizes.ownStoredBytes);
  });

  test('4.8: an open draft changes no size of the disk, its snapshots and the chain', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 0: blockOf('p0'), 1: blockOf('p1'), 2: blockOf('p2') });
    await createSnapshot(account, id);
    await writeBlocks(account, id, 1, { 1: blockOf('p1b'), 2: blockOf('p2b') });
    const { sizes: without } = await getDisk(account, id);
    expect(without).toMatchObject({ ownBytes: 2 * BLOCK, sharedBytes: BLOCK });
    await openDraft(id, 2);
    await api.settle();
    expect((await getDisk(account, id)).sizes).toEqual(without);
    const second = await createSnapshot(account, id);
    expect(second.sizes).toEqual(without);
    await openDraft(id, 2);
    await api.settle();
    expect((await getSnapshot(account, second.id)).sizes).toEqual(without);
    const chain = await getChain(account, id);
    expect(chain.nodes.nodes.map(({ sizes }: Told) => sizes.ownBytes / BLOCK)).toEqual([3, 2]);
    expect(chain.capacity.logicalBytes).toBe(5 * BLOCK);
    await writeBlocks(account, id, 2, { 0: blockOf('p0b') });
    expect((await getDisk(account, id)).sizes?.ownBytes ?? BLOCK).toBe(BLOCK);
  });

  test('4.8: it outlives the disk while a snapshot is left', async () => {
    const { id } = await createDisk(account);
    const { id: snapshotId } = await createSnapshot(account, id);
    await releaseDisk(account, id);
    expect(await getChain(account, id)).toMatchObject({ disk: null, snapshotCount: 1 });
    await deleteSnapshots(account, [snapshotId]);
    expect((await account.refusal('query ($id: ID!) { chain(id: $id) { id } }', { id })).extensions.code).toBe(
      'NotFound',
    );
  });

  test('4.8: chains of a region are listed, newest first', async () => {
    const own = await api.createAccount();
    const disks = [await createDisk(own), await createDisk(own), await createDisk(own)];
    const { chains } = await own.call(
      '{ chains(first: 2) { nodes { id snapshotCount } pageInfo { hasNextPage endCursor } } }',
    );
    expect(chains.nodes.map(({ id }: { id: string }) => id)).toEqual([disks[2].id, disks[1].id]);
    const rest = await own.call(
      'query ($after: String) { chains(after: $after) { nodes { id } pageInfo { hasNextPage } } }',
      { after: chains.pageInfo.endCursor },
    );
    expect(rest.chains).toEqual({ nodes: [{ id: disks[0].id }], pageInfo: { hasNextPage: false } });
  });
});
