import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BLOCK_BYTES, objectKey } from '../../src/engine/blocks/block.ts';
import { openImage } from '../../src/formats/open.ts';
import { VarveError } from '../../src/platform/errors.ts';
import type { FileStore } from '../../src/platform/files/port.ts';
import { MOST_RUNNING_EXPORTS } from '../../src/service/exports/create.ts';
import { sweepExports } from '../../src/service/exports/sweep.ts';
import type { Service } from '../../src/service/service.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import {
  CANCEL_EXPORT,
  cancelExport,
  createImage,
  download,
  EXPORT_IMAGE,
  exportImage,
  getExport,
  workOnExport,
} from '../support/exports.ts';
import { contentsOf, memoryFile } from '../support/image-files.ts';
import { createMemoryFiles } from '../support/memory-files.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SIZE = 14 * 1024 * 1024 + 4096; // ends within a block, and within a cluster
const DELETE_IMAGE = 'mutation ($id: ID!) { deleteImage(input: { imageId: $id }) { imageId } }';
const LIST = `query ($filter: ImageExportFilter, $after: String) {
  imageExports(first: 2, filter: $filter, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}`;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  account = await api.createAccount();
});

const CONTENTS = { 0: 'first', 9: 'in the middle', 28: 'last' };

/** An image with three blocks, and its disk's bytes. */
async function withImage(name = 'golden image'): Promise<{ image: Told; raw: Buffer }> {
  const disk = await createDisk(account, { sizeBytes: SIZE });
  const last = Buffer.alloc(BLOCK_BYTES);
  blockOf('last').copy(last, 0, 0, SIZE % BLOCK_BYTES);
  await writeBlocks(account, disk.id, 0, { 0: blockOf(CONTENTS[0]), 9: blockOf(CONTENTS[9]), 28: last });
  const raw = Buffer.alloc(SIZE);
  raw.set(blockOf(CONTENTS[0]));
  raw.set(blockOf(CONTENTS[9]), 9 * BLOCK_BYTES);
  raw.set(last.subarray(0, SIZE % BLOCK_BYTES), 28 * BLOCK_BYTES);
  return { image: await createImage(account, (await createSnapshot(account, disk.id)).id, name), raw };
}

const rawOf = async (qcow2: Buffer) => contentsOf(await openImage('qcow2', memoryFile(qcow2)));

/** The service over files that behave as told. */
function withFiles(change: (files: FileStore) => Partial<FileStore>): Service {
  const files = (region: string) => {
    const own = api.service.files(region);
    return { ...own, ...change(own) };
  };
  return { ...api.service, files };
}

/** The exports that a round of the janitor wakes workers for. */
async function wokenBy(start: { readonly isFirst?: boolean } = {}): Promise<string[]> {
  const woken: string[] = [];
  const send: Service['queue']['send'] = async (all) => {
    for (const one of all) if (one.kind === 'export') woken.push(one.id);
  };
  await sweepExports({ ...api.service, queue: { send } }, Number.POSITIVE_INFINITY, start);
  return woken;
}

const expectNoUploads = async (key: string) => expect(await api.service.files('here').uploads(key)).toEqual([]);

describe('6.3: the export of an image', () => {
  test.each([
    ['QCOW2', rawOf],
    ['RAW', async (file: Buffer) => file],
  ] as const)('6.3 is a %s file with exactly the contents of the image', async (format, read) => {
    const { image, raw } = await withImage();
    const begun = await exportImage(account, image.id, { format });
    expect(begun).toMatchObject({ status: 'RUNNING', imageId: image.id, format, bucket: null, downloadUrl: null });
    expect(await workOnExport(api, account, begun.id)).toBe('done');
    const ended = await getExport(account, begun.id);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', problem: null, doneBytes: ended.totalBytes });
    expect(ended.key).toMatch(new RegExp(`^exports/${account.id}/${begun.id}/golden-image\\.(qcow2|img)$`));
    const file = await download(ended.downloadUrl);
    expect(file.length).toBe(ended.totalBytes);
    expect((await read(file)).equals(raw)).toBe(true);
    await expectNoUploads(ended.key);
  });

  test('6.3 of an empty image', async () => {
    const disk = await createDisk(account, { sizeBytes: SIZE });
    const image = await createImage(account, (await createSnapshot(account, disk.id)).id);
    const { id } = await exportImage(account, image.id);
    await workOnExport(api, account, id);
    const file = await download((await getExport(account, id)).downloadUrl);
    expect((await rawOf(file)).equals(Buffer.alloc(SIZE))).toBe(true);
  });

  test('6.3 goes on where a worker stopped, and says how far it is', async () => {
    const { image, raw } = await withImage();
    const { id } = await exportImage(account, image.id, { format: 'RAW' });
    expect(await workOnExport(api, account, id, { until: api.clock.now() })).toBe('more');
    const half = await getExport(account, id);
    expect(half).toMatchObject({ status: 'RUNNING', totalBytes: SIZE });
    expect(half.doneBytes).toBeGreaterThan(0);
    const sent: number[] = [];
    const counting = withFiles((own) => ({
      putPart: (upload, number, bytes) => {
        sent.push(number);
        return own.putPart(upload, number, bytes);
      },
    }));
    expect(await workOnExport(api, account, id, { on: counting })).toBe('done');
    expect(sent).toHaveLength(1);
    expect((await download((await getExport(account, id)).downloadUrl)).equals(raw)).toBe(true);
  });

  test('6.3 delivered to two workers is made once', async () => {
    const { image, raw } = await withImage();
    const { id } = await exportImage(account, image.id);
    await Promise.all([workOnExport(api, account, id), workOnExport(api, account, id)]);
    await workOnExport(api, account, id);
    const ended = await getExport(account, id);
    expect(ended.status).toBe('SUCCEEDED');
    expect((await rawOf(await download(ended.downloadUrl))).equals(raw)).toBe(true);
    await expectNoUploads(ended.key);
  });

  test('6.3 with the same token is the same export', async () => {
    const { image } = await withImage();
    const [one, again] = [
      await exportImage(account, image.id, { clientToken: 'a' }),
      await exportImage(account, image.id, { clientToken: 'a' }),
    ];
    expect(again.id).toBe(one.id);
    const other = { imageId: image.id, format: 'RAW', clientToken: 'a' };
    const refusal = await account.refusal(EXPORT_IMAGE, { input: other });
    expect(refusal.extensions.code).toBe('IdempotentParameterMismatch');
  });

  test('6.3 cancelled leaves nothing, also of a worker that was just at it', async () => {
    const { image } = await withImage();
    const { id, key } = await exportImage(account, image.id, { format: 'RAW' });
    const files = api.service.files('here');
    const late = withFiles((own) => ({
      // Cancelled and tidied up after the worker has looked for an upload, before it begins one.
      begin: async (wanted) => {
        expect(await cancelExport(account, id)).toBe(true);
        await workOnExport(api, account, id);
        return own.begin(wanted);
      },
    }));
    expect(await workOnExport(api, account, id, { on: late })).toBe('gone');
    expect(await getExport(account, id)).toMatchObject({ status: 'CANCELLED', downloadUrl: null });
    await expectNoUploads(key);
    await files.begin(key); // as one that was stopped longer than that
    api.clock.advance(HOUR_MS);
    await workOnExport(api, account, id);
    await expectNoUploads(key);
    expect(await files.size(key)).toBe(undefined);
    expect(await workOnExport(api, account, id)).toBe('gone');
    expect(await cancelExport(account, id)).toBe(false);
  });

  test('6.3 a store in trouble delays it, loses nothing, and is told', async () => {
    const { image } = await withImage();
    const { id } = await exportImage(account, image.id);
    const busy = new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: 1000 });
    const on = withFiles(() => ({ putPart: () => Promise.reject(busy) }));
    expect(await workOnExport(api, account, id, { on })).toBe('done');
    const waiting = await getExport(account, id);
    expect(waiting).toMatchObject({ status: 'RUNNING', problem: { code: 'Throttled' } });
    api.clock.advance(60_000);
    expect(await wokenBy()).toContain(id);
    expect(await workOnExport(api, account, id)).toBe('done');
    expect(await getExport(account, id)).toMatchObject({ status: 'SUCCEEDED', problem: null });
  });

  test('6.3 goes on at once after a start of the service, which has lost its messages', async () => {
    const { image } = await withImage();
    const { id } = await exportImage(account, image.id);
    expect(await wokenBy()).not.toContain(id);
    expect(await wokenBy({ isFirst: true })).toContain(id);
  });

  test('6.3 fails and says why: a damaged block, no image, a file too long', async () => {
    const { image } = await withImage();
    const node = await api.service.tree.get(account.id, image.id);
    const [{ id: blockId }] = (await api.service.contents.blocks(node as never, { start: 0 }, 1)).blocks as [Told];
    const blockKey = objectKey(node?.domainId ?? '', blockId);
    const damaged = await exportImage(account, image.id);
    const objects = (region: string) => {
      const own = api.service.objects(region);
      return { ...own, get: async (key: string) => (key === blockKey ? Buffer.alloc(BLOCK_BYTES, 1) : own.get(key)) };
    };
    await workOnExport(api, account, damaged.id, { on: { ...api.service, objects } });
    const told = await getExport(account, damaged.id);
    expect(told).toMatchObject({ status: 'FAILED', problem: { code: 'ObjectDamaged' } });
    await expectNoUploads(told.key);

    const orphan = await exportImage(account, image.id);
    await account.call(DELETE_IMAGE, { id: image.id });
    await workOnExport(api, account, orphan.id);
    expect(await getExport(account, orphan.id)).toMatchObject({ status: 'FAILED', problem: { code: 'NotFound' } });

    const huge = await createDisk(account, { sizeBytes: 626 * 1024 ** 3 });
    const hugeImage = await createImage(account, (await createSnapshot(account, huge.id)).id);
    const long = await exportImage(account, hugeImage.id, { format: 'RAW' });
    await workOnExport(api, account, long.id);
    const { status, problem } = await getExport(account, long.id);
    expect([status, problem.code]).toEqual(['FAILED', 'ExportTooLarge']);
  });

  test('6.3 a file of the region’s store goes after seven days, with its URLs', async () => {
    const { image } = await withImage();
    const { id, key } = await exportImage(account, image.id);
    await workOnExport(api, account, id);
    const { expiresAt } = await getExport(account, id);
    expect(Date.parse(expiresAt) - api.clock.now()).toBeGreaterThan(6.9 * DAY_MS);
    api.clock.advance(HOUR_MS);
    await workOnExport(api, account, id);
    expect((await getExport(account, id)).status).toBe('SUCCEEDED');
    api.clock.advance(7 * DAY_MS);
    expect((await getExport(account, id)).downloadUrl).toBe(null);
    const doubting = { ...api.service, trust: { ...api.service.trust, mayDeleteByTime: () => false } };
    await workOnExport(api, account, id, { on: doubting });
    expect(await api.service.files('here').size(key)).toBeGreaterThan(0);
    await workOnExport(api, account, id);
    expect(await api.service.files('here').size(key)).toBe(undefined);
    expect((await getExport(account, id)).status).toBe('EXPIRED');
  });

  test('10.4: an end that a clock stored that was ahead is mended', async () => {
    const { image } = await withImage();
    const { id } = await exportImage(account, image.id);
    api.clock.advance(30 * DAY_MS);
    await workOnExport(api, account, id);
    api.clock.advance(-30 * DAY_MS);
    expect(await wokenBy()).toContain(id);
    await workOnExport(api, account, id);
    const { expiresAt, status } = await getExport(account, id);
    expect(status).toBe('SUCCEEDED');
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(api.clock.now() + 7 * DAY_MS);
  });

  test('6.3 is refused: encrypted, of another account, no open bucket, too many', async () => {
    const { image } = await withImage();
    const sealed = await createDisk(account, { sizeBytes: SIZE, encrypted: true });
    const sealedImage = await createImage(account, (await createSnapshot(account, sealed.id)).id);
    const codeOf = async (input: object, by = account) => (await by.refusal(EXPORT_IMAGE, { input })).extensions;
    expect((await codeOf({ imageId: sealedImage.id })).code).toBe('EncryptedImageNotExportable');
    expect((await codeOf({ imageId: image.id }, await api.createAccount())).code).toBe('NotFound');
    const strange = await codeOf({ imageId: image.id, bucket: 'somebody-elses' });
    expect(strange).toMatchObject({ code: 'InvalidParameter', field: 'bucket' });
    for (let made = 0; made < MOST_RUNNING_EXPORTS; made++) await exportImage(account, image.id);
    const full = { quota: 'RUNNING_EXPORTS', limit: MOST_RUNNING_EXPORTS, used: MOST_RUNNING_EXPORTS };
    expect(await codeOf({ imageId: image.id })).toMatchObject({ code: 'QuotaExceeded', ...full });
  });

  test('6.3 goes to a bucket that the operator has opened, and stays there', async () => {
    const { image } = await withImage();
    const files = createMemoryFiles();
    const open = { bucket: 'ours', region: 'here', accounts: [account.id], files };
    (api.service.exportBuckets as Told).push(open);
    try {
      const { id, key } = await exportImage(account, image.id, { bucket: 'ours' });
      expect(await workOnExport(api, account, id)).toBe('done');
      const ended = await getExport(account, id);
      expect(ended).toMatchObject({ status: 'SUCCEEDED', bucket: 'ours', expiresAt: null });
      expect(ended.downloadUrl).toContain(key);
      expect([...files.stored.keys()]).toEqual([`exports/${account.id}/${id}/golden-image.qcow2`]);
      const other = await api.createAccount();
      const refusal = await other.refusal(EXPORT_IMAGE, { input: { imageId: image.id, bucket: 'ours' } });
      expect(refusal.extensions.code).toBe('NotFound');
    } finally {
      (api.service.exportBuckets as Told).pop();
    }
  });

  test('6.3 exports are listed page by page, by image and by state', async () => {
    const { image } = await withImage();
    const made: string[] = [];
    for (let count = 0; count < 3; count++) made.unshift((await exportImage(account, image.id)).id);
    await cancelExport(account, made[0] ?? '');
    const first = (await account.call(LIST)).imageExports;
    expect(first.nodes.map(({ id }: Told) => id)).toEqual(made.slice(0, 2));
    const { endCursor: after } = first.pageInfo;
    expect((await account.call(LIST, { after })).imageExports.nodes).toEqual([{ id: made[2] }]);
    const filter = { status: ['CANCELLED'], imageId: image.id };
    expect((await account.call(LIST, { filter })).imageExports.nodes).toEqual([{ id: made[0] }]);
    expect((await account.call(LIST, { filter: { imageId: 'm-0' } })).imageExports.nodes).toEqual([]);
  });

  test('6.3 bad input names its field', async () => {
    const { image } = await withImage();
    const { id } = await exportImage(account, image.id);
    const url = `{ imageExport(id: "${id}") { downloadUrl(ttlSeconds: 4000) } }`;
    expect((await account.refusal(url)).extensions).toMatchObject({ code: 'InvalidParameter', field: 'ttlSeconds' });
    const unknown = await account.refusal(CANCEL_EXPORT, { input: { exportId: 'x-nothing' } });
    expect(unknown.extensions.code).toBe('NotFound');
  });
});
