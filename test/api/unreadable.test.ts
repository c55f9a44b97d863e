import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MANIFESTS, readManifest } from '../../src/engine/books/manifest.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { acquire, COMMIT_DRAFT, commit, OPEN_DRAFT, refused, renew } from '../support/leases.ts';
import { createDisk, createSnapshot, GIB, rollbackDisk } from '../support/operations.ts';

const FIELDS = 'unreadable { count bytes ranges(first: 1000) { offsetBytes lengthBytes } }';
const RANGES = [
  { offsetBytes: 4096, lengthBytes: 4096 },
  { offsetBytes: 1_000_000, lengthBytes: 8192 },
];
const TWO = { count: 2, bytes: 12_288, ranges: RANGES };

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const of = async (kind: 'disk' | 'snapshot' | 'image', { id }: { readonly id: string }) =>
  (await account.call(`query ($id: ID!) { ${kind}(id: $id) { ${FIELDS} } }`, { id }))[kind].unreadable;

const openDraft = async (diskId: string, expectedVersion: number, fence?: number): Promise<string> =>
  (await account.call(OPEN_DRAFT, { input: { diskId, expectedVersion, fence } })).openDraft.draft.id;

/** Commits contents of which that could not be read, as an import does. */
async function commitWith(diskId: string, version: number, unreadable?: object | null): Promise<number> {
  const draftId = await openDraft(diskId, version);
  await writeBlocks(account, draftId, 0, { 0: blockOf(`${diskId} ${version}`) });
  return (await account.call(COMMIT_DRAFT, { input: { draftId, unreadable } })).commitDraft.disk.version;
}

async function damagedDisk(): Promise<{ readonly id: string }> {
  const disk = await createDisk(account);
  await commitWith(disk.id, 0, { ranges: RANGES });
  return disk;
}

const manifestsOf = async (id: string) => {
  const { keys } = await api.objects.list(`${MANIFESTS}${account.id}/${id}/`, { limit: 10 });
  const newest = await api.objects.get(keys.at(-1)?.key ?? '');
  return JSON.stringify(readManifest(newest as Buffer));
};

describe('9.7: what could not be read of a source', () => {
  test('is known of the disk from the commit on, and of whatever has its contents', async () => {
    const disk = await damagedDisk();
    const snapshot = await createSnapshot(account, disk.id);
    const clone = await createDisk(account, { sizeBytes: undefined, snapshotId: snapshot.id });
    const { createImage: made } = await account.call(
      'mutation ($input: CreateImageInput!) { createImage(input: $input) { image { id } } }',
      { input: { snapshotId: snapshot.id } },
    );
    const copy = await createDisk(account, { sizeBytes: undefined, imageId: made.image.id });
    expect(await of('disk', disk)).toEqual(TWO);
    expect(await of('snapshot', snapshot)).toEqual(TWO);
    expect(await of('disk', clone)).toEqual(TWO);
    expect(await of('image', made.image)).toEqual(TWO);
    expect(await of('disk', copy)).toEqual(TWO);
    await api.settle();
    for (const { id } of [disk, snapshot, clone, made.image])
      expect(await manifestsOf(id)).toContain('4096+4096 1000000+8192');
  });

  test('is null where all was read', async () => {
    const disk = await createDisk(account);
    const snapshot = await createSnapshot(account, disk.id);
    expect(await of('disk', disk)).toBeNull();
    expect(await of('snapshot', snapshot)).toBeNull();
  });

  test.each([
    ['a commit that says nothing of it', undefined, TWO],
    ['one that says null', null, TWO],
    ['one after which all was read', { ranges: [] }, null],
    ['one with other ranges', { ranges: RANGES.slice(1) }, { count: 1, bytes: 8192, ranges: RANGES.slice(1) }],
    ['one with the same', { ranges: RANGES }, TWO],
  ])('is after %s what that leaves', async (_, input, after) => {
    const disk = await damagedDisk();
    await commitWith(disk.id, 1, input);
    expect(await of('disk', disk)).toEqual(after);
  });

  test('goes and comes with the contents in a rollback and a reinitialisation', async () => {
    const disk = await damagedDisk();
    const damaged = await createSnapshot(account, disk.id);
    await commitWith(disk.id, 1, { ranges: [] });
    const whole = await createSnapshot(account, disk.id);
    await rollbackDisk(account, disk.id, damaged.id);
    expect(await of('disk', disk)).toEqual(TWO);
    await rollbackDisk(account, disk.id, whole.id);
    expect(await of('disk', disk)).toBeNull();

    const reinitialize = `mutation ($input: ReinitializeDiskInput!) { reinitializeDisk(input: $input) { disk { ${FIELDS} } } }`;
    const clone = await createDisk(account, { sizeBytes: undefined, snapshotId: damaged.id });
    await commitWith(clone.id, 0, { ranges: [] });
    expect(await of('disk', clone)).toBeNull();
    const back = await account.call(reinitialize, { input: { diskId: clone.id } });
    expect(back.reinitializeDisk.disk.unreadable).toEqual(TWO);
    const zeros = await account.call(reinitialize, { input: { diskId: (await damagedDisk()).id } });
    expect(zeros.reinitializeDisk.disk.unreadable).toBeNull();
  });

  test('is that of the instant of a snapshot that waits for the writer', async () => {
    const disk = await damagedDisk();
    const { lease } = await acquire(account, disk.id);
    const { id } = await createSnapshot(account, disk.id);
    const draftId = await openDraft(disk.id, 1, lease.fence);
    await writeBlocks(account, draftId, 0, { 0: blockOf('flushed') });
    const input = { draftId, fence: lease.fence, unreadable: { ranges: RANGES.slice(1) } };
    await account.call(COMMIT_DRAFT, { input });
    await renew(account, disk.id, lease.fence, 1);
    expect(await of('snapshot', { id })).toEqual({ count: 1, bytes: 8192, ranges: RANGES.slice(1) });
  });

  test('stays where a writer writes: what it wrote over is not known', async () => {
    const disk = await damagedDisk();
    await commit(account, disk.id, { text: 'later', version: 1 });
    expect(await of('disk', disk)).toEqual(TWO);
  });

  test('is kept up to a thousand ranges, and counted beyond', async () => {
    const disk = await createDisk(account);
    const ranges = Array.from({ length: 1000 }, (_, at) => ({ offsetBytes: at * 8192, lengthBytes: 4096 }));
    await commitWith(disk.id, 0, { ranges, moreRanges: 7, moreBytes: 70_000 });
    expect(await of('disk', disk)).toEqual({ count: 1007, bytes: 1000 * 4096 + 70_000, ranges });
  });

  const range = (offsetBytes: number, lengthBytes: number) => ({ ranges: [{ offsetBytes, lengthBytes }] });
  test.each([
    ['of no length', range(0, 0), 'unreadable.ranges.0.lengthBytes'],
    ['before the disk', range(-1, 10), 'unreadable.ranges.0.offsetBytes'],
    ['beyond the disk', range(GIB, 1), 'unreadable.ranges.0.offsetBytes'],
    ['across its end', range(GIB - 1, 2), 'unreadable.ranges.0.lengthBytes'],
    ['out of order', { ranges: [...RANGES].reverse() }, 'unreadable.ranges.1.offsetBytes'],
    ['that overlap', { ranges: [RANGES[0], RANGES[0]] }, 'unreadable.ranges.1.offsetBytes'],
    ['beyond those that are named, though there is room', { ranges: RANGES, moreRanges: 1 }, 'unreadable.moreRanges'],
    ['too many', { ranges: Array.from({ length: 1001 }, (_, at) => range(at * 2, 1).ranges[0]) }, 'unreadable.ranges'],
    ['of less than nothing', { ranges: RANGES, moreBytes: -1 }, 'unreadable.moreBytes'],
  ])('is refused with ranges %s, and nothing is committed', async (_, unreadable, field) => {
    const disk = await createDisk(account);
    const draftId = await openDraft(disk.id, 0);
    expect(await refused(account, COMMIT_DRAFT, { draftId, unreadable })).toMatchObject({
      code: 'InvalidParameter',
      field,
    });
    expect(await of('disk', disk)).toBeNull();
  });
});
