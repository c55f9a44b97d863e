import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { sweepDrafts } from '../../src/service/datapath/discard.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, COMMIT, encodeBlock, readBlocks, upload, writeBlocks } from '../support/blocks.ts';
import { createDisk, createSnapshot, GIB, getDisk, RESIZE_DISK, releaseDisk } from '../support/operations.ts';

const BLOCK = 512 * 1024;
const DAY_MS = 86_400_000;
const PREPARE = 'mutation ($input: PrepareUploadInput!) { prepareUpload(input: $input) { objects { state url } } }';
const MAP =
  'query ($input: BlockMapInput!) { blockMap(input: $input) { sizeBytes root version nextIndex blocks { index id url } } }';
const PAGES =
  'query ($input: PageMapInput!) { pageMap(input: $input) { sizeBytes root version nextIndex pages { index id } } }';
const OPEN =
  'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id diskId version baseVersion root label createdAt expiresAt } } }';
const COMMIT_DRAFT = 'mutation ($input: CommitDraftInput!) { commitDraft(input: $input) { disk { id version root } } }';
const DISCARD = 'mutation ($input: DiscardDraftInput!) { discardDraft(input: $input) { draftId } }';
const DRAFTS = 'query ($diskId: ID!) { drafts(diskId: $diskId) { nodes { id label } } }';
const CHANGED =
  'query ($input: ChangedBlocksInput!) { changedBlocks(input: $input) { sizeBytes ranges { offsetBytes lengthBytes } nextOffsetBytes } }';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const commit = (input: object) => account.call(COMMIT, { input }).then(({ commitBlocks }) => commitBlocks);
const refuseCommit = async (input: object) => (await account.refusal(COMMIT, { input })).extensions;
const openDraft = async (input: object) => (await account.call(OPEN, { input })).openDraft.draft;

describe('9.1: preparing', () => {
  test('9.1: what is there is PRESENT, what is not is MISSING or to UPLOAD', async () => {
    const disk = await createDisk(account);
    await writeBlocks(account, disk.id, 0, { 0: blockOf('there') });
    const there = encodeBlock(blockOf('there'));
    const absent = encodeBlock(blockOf('absent'));
    const input = { target: disk.id, objects: [{ id: absent.id }, { id: there.id }] };
    const { prepareUpload } = await account.call(PREPARE, { input });
    expect(prepareUpload.objects).toEqual([
      { state: 'MISSING', url: null },
      { state: 'PRESENT', url: null },
    ]);
    expect(await upload(account, disk.id, [there, absent])).toEqual(['PRESENT', 'UPLOAD']);
  });

  test('9.1: a signed URL takes the announced number of bytes only', async () => {
    const disk = await createDisk(account);
    const { id, stored } = encodeBlock(blockOf('announced'));
    const announced = { sizeBytes: stored.length + 1, sha256: '0'.repeat(64) };
    const { prepareUpload } = await account.call(
      'mutation ($input: PrepareUploadInput!) { prepareUpload(input: $input) { objects { url headers { name value } } } }',
      { input: { target: disk.id, objects: [{ id, stored: announced }] } },
    );
    const { url, headers } = prepareUpload.objects[0];
    const others = headers.filter(({ name }: { name: string }) => name.toLowerCase() !== 'content-length');
    const named = others.map(({ name, value }: { name: string; value: string }) => [name, value]);
    const response = await fetch(url, { method: 'PUT', headers: named, body: new Uint8Array(stored) });
    expect(response.status).toBe(403);
  });
});

describe('9.1: committing', () => {
  test('9.1, 9.4: a commit applies wholly and says its version; trims come before writes', async () => {
    const disk = await createDisk(account);
    const uploads = ['x', 'y'].map((text) => encodeBlock(blockOf(text)));
    await upload(account, disk.id, uploads);
    const [x, y] = uploads.map(({ id }) => id);
    expect(
      (
        await commit({
          target: disk.id,
          expectedVersion: 0,
          writes: [
            { index: 2047, id: x },
            { index: 5, id: x },
          ],
        })
      ).version,
    ).toBe(1);
    const second = await commit({
      target: disk.id,
      expectedVersion: 1,
      writes: [{ index: 6, id: y }],
      trims: [{ start: 0, count: 10 }],
    });
    expect(second).toEqual({ version: 2, root: (await getDisk(account, disk.id)).root });
    expect(await readBlocks(account, disk.id)).toEqual({ 6: 'y', 2047: 'x' });
  });

  test('9.1: a commit that names one missing block applies nothing', async () => {
    const disk = await createDisk(account);
    const { id } = encodeBlock(blockOf('z'));
    const missing = 'f'.repeat(64);
    await upload(account, disk.id, [encodeBlock(blockOf('z'))]);
    const writes = [
      { index: 0, id },
      { index: 1, id: missing },
    ];
    expect(await refuseCommit({ target: disk.id, expectedVersion: 0, writes })).toMatchObject({
      code: 'ObjectMissing',
      objectIds: [missing],
    });
    expect(await getDisk(account, disk.id)).toMatchObject({ version: 0, root: 'empty' });
  });

  test('9.1: of two writers one wins; the other hears VersionConflict with the version there is', async () => {
    const disk = await createDisk(account);
    const texts = ['left', 'right'];
    await upload(
      account,
      disk.id,
      texts.map((text) => encodeBlock(blockOf(text))),
    );
    const tries = texts.map((text, index) => {
      const writes = [{ index, id: encodeBlock(blockOf(text)).id }];
      return account.call(COMMIT, { input: { target: disk.id, expectedVersion: 0, writes } });
    });
    const outcomes = await Promise.allSettled(tries);
    const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readBlocks(account, disk.id)).toEqual({ [won]: texts[won] });
    expect(await refuseCommit({ target: disk.id, expectedVersion: 0, trims: [{ start: 0, count: 1 }] })).toMatchObject({
      code: 'VersionConflict',
      currentVersion: 1,
    });
  });

  test('9.1: nothing is written beyond the disk’s end, counted in begun blocks', async () => {
    const disk = await createDisk(account, { sizeBytes: 2 * BLOCK + 1 });
    const { id } = encodeBlock(blockOf('edge'));
    await upload(account, disk.id, [encodeBlock(blockOf('edge'))]);
    const at = (index: number) => ({ target: disk.id, expectedVersion: 0, writes: [{ index, id }] });
    expect(await refuseCommit(at(3))).toMatchObject({ code: 'InvalidParameter', field: 'writes.0.index' });
    expect(await refuseCommit({ target: disk.id, expectedVersion: 0, trims: [{ start: 1, count: 3 }] })).toMatchObject({
      field: 'trims.0.count',
    });
    await commit(at(2));
    await account.call(RESIZE_DISK, { input: { diskId: disk.id, sizeBytes: 3 * BLOCK + 1 } });
    expect((await commit({ ...at(3), expectedVersion: 1 })).version).toBe(2);
  });
});

describe('9.1: reading', () => {
  test('9.1: maps are paged, and refuse another version', async () => {
    const disk = await createDisk(account, { sizeBytes: 4 * GIB });
    await writeBlocks(account, disk.id, 0, { 1: blockOf('m1'), 1500: blockOf('m2'), 8000: blockOf('m3') });
    const map = async (input: object) => (await account.call(MAP, { input: { source: disk.id, ...input } })).blockMap;
    const first = await map({ limit: 2, urls: false, expectedVersion: 1 });
    expect(first).toMatchObject({ sizeBytes: 4 * GIB, version: 1, nextIndex: 8000 });
    expect(first.blocks.map(({ index, url }: { index: number; url: null }) => [index, url])).toEqual([
      [1, null],
      [1500, null],
    ]);
    expect((await map({ startIndex: first.nextIndex })).nextIndex).toBeNull();
    const pages = async (input: object) =>
      (await account.call(PAGES, { input: { source: disk.id, ...input } })).pageMap;
    const indices = (list: { index: number }[]) => list.map(({ index }) => index);
    expect(indices((await pages({})).pages)).toEqual([0, 1, 7]);

    const part = await map({ startIndex: 1, endIndex: 8000, urls: false });
    expect([indices(part.blocks), part.nextIndex]).toEqual([[1, 1500], null]);
    expect((await map({ startIndex: 1, endIndex: 1, urls: false })).blocks).toEqual([]);
    expect((await map({ endIndex: 8001, limit: 1, urls: false })).nextIndex).toBe(1500);
    const few = await pages({ startIndex: 1, endIndex: 7 });
    expect([indices(few.pages), few.nextIndex]).toEqual([[1], null]);
    for (const [text, input] of [
      [MAP, { source: disk.id, endIndex: -1 }],
      [PAGES, { source: disk.id, endIndex: 2 ** 40 }],
    ] as const) {
      const refusal = (await account.refusal(text, { input })).extensions;
      expect(refusal).toMatchObject({ code: 'InvalidParameter', field: 'endIndex' });
    }
    const stale = { input: { source: disk.id, expectedVersion: 0 } };
    expect((await account.refusal(MAP, stale)).extensions).toMatchObject({
      code: 'VersionConflict',
      currentVersion: 1,
    });
    expect((await account.refusal(PAGES, stale)).extensions.code).toBe('VersionConflict');
  });

  test('9.5: a page that is damaged or missing is told with disk, offset and object', async () => {
    const own = await api.createAccount();
    const disk = await createDisk(own, { sizeBytes: 4 * GIB });
    await writeBlocks(own, disk.id, 0, { 0: blockOf(own.id), 5000: blockOf(`${own.id}x`) });
    const snapshot = await createSnapshot(own, disk.id);
    const { pageMap } = await own.call(PAGES, { input: { source: disk.id } });
    const page = pageMap.pages[1];
    const { url } = (await own.call(MAP, { input: { source: disk.id } })).blockMap.blocks[0];
    const domainId = new URL(url).pathname.split('/').at(-2) ?? '';
    await api.objects.put(objectKey(domainId, page.id), Buffer.from('nonsense'));
    const told = { diskId: disk.id, objectId: page.id, offsetBytes: 4096 * BLOCK, reason: expect.any(String) };
    for (const source of [disk.id, snapshot.id]) {
      api.forgetPages();
      expect((await own.refusal(MAP, { input: { source } })).extensions).toMatchObject({
        code: 'ObjectDamaged',
        ...told,
      });
    }
    await api.objects.remove([objectKey(domainId, page.id)]);
    api.forgetPages();
    expect((await own.refusal(MAP, { input: { source: disk.id } })).extensions).toMatchObject({
      code: 'ObjectDamaged',
      ...told,
    });
    const input = { toSnapshotId: snapshot.id };
    expect((await own.refusal(CHANGED, { input })).extensions).toMatchObject({ code: 'ObjectDamaged', ...told });
  });
});

describe('9.1: drafts', () => {
  test('9.1: a change too large for one commit is seen as a whole or not at all', async () => {
    const disk = await createDisk(account);
    await writeBlocks(account, disk.id, 0, { 0: blockOf('d0') });
    const draft = await openDraft({ diskId: disk.id, expectedVersion: 1, label: 'import 1' });
    expect(draft).toMatchObject({ diskId: disk.id, version: 0, baseVersion: 1, label: 'import 1' });
    await writeBlocks(account, draft.id, 0, { 1: blockOf('d1') });
    await writeBlocks(account, draft.id, 1, { 0: null });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'd0' });
    expect(await readBlocks(account, draft.id)).toEqual({ 1: 'd1' });
    expect((await account.call(DRAFTS, { diskId: disk.id })).drafts.nodes).toEqual([
      { id: draft.id, label: 'import 1' },
    ]);
    const { commitDraft } = await account.call(COMMIT_DRAFT, { input: { draftId: draft.id } });
    expect(commitDraft.disk).toMatchObject({ id: disk.id, version: 2 });
    expect(await readBlocks(account, disk.id)).toEqual({ 1: 'd1' });
    expect((await account.call(COMMIT_DRAFT, { input: { draftId: draft.id } })).commitDraft.disk.version).toBe(2);
    expect((await account.call(DRAFTS, { diskId: disk.id })).drafts.nodes).toEqual([]);
    await api.settle();
    expect(await readBlocks(account, disk.id)).toEqual({ 1: 'd1' });
  });

  test('9.1: a draft of a disk that has changed since is refused', async () => {
    const disk = await createDisk(account);
    const draft = await openDraft({ diskId: disk.id, expectedVersion: 0 });
    await writeBlocks(account, disk.id, 0, { 0: blockOf('between') });
    const refusal = await account.refusal(COMMIT_DRAFT, { input: { draftId: draft.id } });
    expect(refusal.extensions).toMatchObject({ code: 'VersionConflict', currentVersion: 1 });
    expect((await account.refusal(OPEN, { input: { diskId: disk.id, expectedVersion: 0 } })).extensions.code).toBe(
      'VersionConflict',
    );
  });

  test('9.1: a draft can be thrown away, again too, and is closed then', async () => {
    const disk = await createDisk(account);
    const draft = await openDraft({ diskId: disk.id, expectedVersion: 0 });
    for (let time = 0; time < 2; time++) {
      expect((await account.call(DISCARD, { input: { draftId: draft.id } })).discardDraft).toEqual({
        draftId: draft.id,
      });
    }
    const closed = [
      await account.refusal(COMMIT_DRAFT, { input: { draftId: draft.id } }),
      await account.refusal(MAP, { input: { source: draft.id } }),
      await account.refusal(COMMIT, {
        input: { target: draft.id, expectedVersion: 0, trims: [{ start: 0, count: 1 }] },
      }),
    ];
    expect(closed.map(({ extensions }) => extensions.code)).toEqual(['DraftClosed', 'DraftClosed', 'DraftClosed']);
  });

  test('9.1: a draft that nobody works with ends by itself; one that somebody does is put off', async () => {
    const disk = await createDisk(account);
    const left = await openDraft({ diskId: disk.id, expectedVersion: 0 });
    const used = await openDraft({ diskId: disk.id, expectedVersion: 0 });
    api.clock.advance(DAY_MS * 0.75);
    await writeBlocks(account, used.id, 0, { 0: blockOf('busy') });
    api.clock.advance(DAY_MS * 0.5);
    expect((await account.refusal(COMMIT_DRAFT, { input: { draftId: left.id } })).extensions.code).toBe('DraftClosed');
    const { discarded } = await sweepDrafts(api.service, api.clock.now() + 60_000);
    expect(discarded).toBeGreaterThanOrEqual(1);
    expect(await api.service.tree.get(account.id, left.id)).toBeUndefined();
    expect((await account.call(COMMIT_DRAFT, { input: { draftId: used.id } })).commitDraft.disk.version).toBe(1);
  });

  test('9.1: releasing a disk takes its drafts along', async () => {
    const disk = await createDisk(account);
    const draft = await openDraft({ diskId: disk.id, expectedVersion: 0 });
    await releaseDisk(account, disk.id);
    expect(await api.service.tree.get(account.id, draft.id)).toBeUndefined();
  });
});

describe('4.11: changed blocks', () => {
  test('4.11: between two snapshots, or a snapshot and zeros, as ranges, paged', async () => {
    const disk = await createDisk(account, { sizeBytes: 6 * BLOCK - 100 });
    await writeBlocks(account, disk.id, 0, { 0: blockOf('q0'), 1: blockOf('q1'), 3: blockOf('q3'), 5: blockOf('q5') });
    const a = await createSnapshot(account, disk.id);
    await writeBlocks(account, disk.id, 1, { 1: null, 3: blockOf('q3b') });
    const b = await createSnapshot(account, disk.id);
    const changed = async (input: object) => (await account.call(CHANGED, { input })).changedBlocks;
    const range = (start: number, lengthBytes: number) => ({ offsetBytes: start * BLOCK, lengthBytes });
    expect(await changed({ toSnapshotId: a.id })).toEqual({
      sizeBytes: 6 * BLOCK - 100,
      ranges: [range(0, 2 * BLOCK), range(3, BLOCK), range(5, BLOCK - 100)],
      nextOffsetBytes: null,
    });
    const both = [range(1, BLOCK), range(3, BLOCK)];
    expect((await changed({ fromSnapshotId: a.id, toSnapshotId: b.id })).ranges).toEqual(both);
    expect((await changed({ fromSnapshotId: b.id, toSnapshotId: a.id })).ranges).toEqual(both);
    const first = await changed({ fromSnapshotId: a.id, toSnapshotId: b.id, limit: 1 });
    expect(first).toMatchObject({ ranges: [both[0]], nextOffsetBytes: 3 * BLOCK });
    const rest = await changed({ fromSnapshotId: a.id, toSnapshotId: b.id, startOffsetBytes: first.nextOffsetBytes });
    expect(rest).toMatchObject({ ranges: [both[1]], nextOffsetBytes: null });
    expect((await changed({ fromSnapshotId: a.id, toSnapshotId: a.id })).ranges).toEqual([]);
  });

  test('4.11: snapshots of different chains are not compared', async () => {
    const [one, other] = [await createDisk(account), await createDisk(account)];
    const from = await createSnapshot(account, one.id);
    const to = await createSnapshot(account, other.id);
    const refusal = await account.refusal(CHANGED, { input: { fromSnapshotId: from.id, toSnapshotId: to.id } });
    expect(refusal.extensions.code).toBe('InvalidSnapshotDisk');
  });
});
