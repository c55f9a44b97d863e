import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FileStore } from '../../src/platform/files/port.ts';
import type { ImportBucket } from '../../src/service/service.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { download, exportImage, getExport, workOnExport } from '../support/exports.ts';
import {
  diskOfImage,
  getImport,
  IMPORT_IMAGE,
  importImage,
  putFile,
  rawDisk,
  workOnImport,
} from '../support/imports.ts';
import { createMemoryFiles } from '../support/memory-files.ts';

const SEEN = '{ images { nodes { id } } snapshots { nodes { id } } chains { nodes { id } } }';

let api: TestApi;
let account: TestAccount;
let files: FileStore;
beforeAll(async () => {
  api = await createTestApi();
  files = api.service.files('here');
});
afterAll(() => api.close());
beforeEach(async () => {
  account = await api.createAccount();
});

const putOwn = (name: string, bytes: Buffer) => putFile(files, `imports/${account.id}/${name}`, bytes);

async function imported(key: string, input: object = {}): Promise<Told> {
  const { id } = await importImage(account, { key }, input);
  await workOnImport(api, account, id);
  return getImport(account, id);
}

const diskOf = (imageId: string) => diskOfImage(api, account, imageId);

/** With a bucket of the operator's. */
async function withBucket(open: Partial<ImportBucket>, work: (files: FileStore) => Promise<void>): Promise<void> {
  const there = createMemoryFiles();
  (api.service.importBuckets as ImportBucket[]).push({
    ...{ bucket: 'golden', region: 'here', accounts: [account.id], files: there },
    ...open,
  });
  try {
    await work(there);
  } finally {
    (api.service.importBuckets as ImportBucket[]).pop();
  }
}

describe('1.1: which files an import may read', () => {
  const codeOf = async (from: object) => (await account.refusal(IMPORT_IMAGE, { input: { from } })).extensions;

  test.each([
    ['an export of another account', 'exports/acc-other/x-1/disk.qcow2'],
    ['an upload of another account', 'imports/acc-other/disk.img'],
    ['an account whose name goes on', 'imports/OWNmore/disk.img'],
    ['a block', 'objects/0123/ab'],
    ['a manifest', 'manifests/OWN/x'],
    ['the audit', 'audit/OWN/x'],
    ['a way out of its own', 'imports/OWN/../acc-other/disk.img'],
    ['a way that stays', 'imports/OWN/./disk.img'],
    ['no name', 'imports/OWN/'],
    ['nothing', ''],
    ['a control character', 'imports/OWN/a\nb'],
    ['half a character', 'imports/OWN/a\ud800'],
    ['too long', `imports/OWN/${'x'.repeat(1024)}`],
  ])('6.3 refused: %s', async (_, key) => {
    expect(await codeOf({ key: key.replace('OWN', account.id) })).toMatchObject({
      ...{ code: 'InvalidParameter', field: 'from.key' },
    });
  });

  test('6.3 no bucket but those that the operator has opened to the account', async () => {
    const own = `imports/${account.id}/disk.img`;
    const refused = { code: 'InvalidParameter', field: 'from.bucket' };
    expect(await codeOf({ bucket: 'golden', key: own })).toMatchObject(refused);
    await withBucket({ accounts: ['acc-other'] }, async () => {
      expect(await codeOf({ bucket: 'golden', key: own })).toMatchObject(refused);
    });
    await withBucket({ region: 'there' }, async () => {
      expect(await codeOf({ bucket: 'golden', key: own })).toMatchObject(refused);
    });
  });

  test('6.3 in an open bucket each account reads its own, and what the operator names', async () => {
    const refused = { code: 'InvalidParameter', field: 'from.key' };
    await withBucket({}, async (there) => {
      const key = await putFile(there, `imports/${account.id}/disk.img`, rawDisk());
      const { id } = await importImage(account, { bucket: 'golden', key });
      await workOnImport(api, account, id);
      expect(await getImport(account, id)).toMatchObject({ status: 'SUCCEEDED', bucket: 'golden' });
      expect(await codeOf({ bucket: 'golden', key: 'images/disk.img' })).toMatchObject(refused);
      expect(await codeOf({ bucket: 'golden', key: 'imports/acc-other/disk.img' })).toMatchObject(refused);
    });
    await withBucket({ prefix: '' }, async (there) => {
      const key = await putFile(there, 'images/disk.img', rawDisk());
      const { id } = await importImage(account, { bucket: 'golden', key });
      await workOnImport(api, account, id);
      expect((await getImport(account, id)).status).toBe('SUCCEEDED');
      for (const other of ['exports/acc-other/x-1/disk.img', 'objects/d/a', 'manifests/a', 'audit/a'])
        expect(await codeOf({ bucket: 'golden', key: other })).toMatchObject(refused);
    });
    await withBucket({ prefix: 'images/' }, async () => {
      expect(await codeOf({ bucket: 'golden', key: 'image' })).toMatchObject(refused);
    });
  });

  test('6.3 a bucket that is closed meanwhile ends the import', async () => {
    let id = '';
    await withBucket({ prefix: 'images/' }, async (there) => {
      const key = await putFile(there, 'images/disk.img', rawDisk());
      id = (await importImage(account, { bucket: 'golden', key })).id;
    });
    await workOnImport(api, account, id);
    expect(await getImport(account, id)).toMatchObject({ status: 'FAILED', problem: { code: 'InvalidParameter' } });
  });
});

describe('7.3: what a file is', () => {
  /** A qcow2 file whose tables name one compressed cluster again and again. */
  function bomb(): Buffer {
    const clusterBytes = 64 * 1024;
    const entries = 8192;
    const header = Buffer.alloc(clusterBytes);
    header.write('QFI\xfb', 'latin1');
    header.writeUInt32BE(2, 4);
    header.writeUInt32BE(16, 20);
    const tables = 8;
    header.writeBigUInt64BE(BigInt(tables * entries * clusterBytes), 24);
    header.writeUInt32BE(tables, 36);
    header.writeBigUInt64BE(BigInt(clusterBytes), 40);
    header.writeBigUInt64BE(BigInt(4 * clusterBytes), 48);
    header.writeUInt32BE(1, 56);
    const l1 = Buffer.alloc(clusterBytes);
    for (let at = 0; at < tables; at++) l1.writeBigUInt64BE(BigInt(2 * clusterBytes) | (1n << 63n), at * 8);
    const packed = deflateRawSync(Buffer.alloc(clusterBytes, 1));
    const l2 = Buffer.alloc(clusterBytes);
    for (let at = 0; at < entries; at++) l2.writeBigUInt64BE((1n << 62n) | BigInt(3 * clusterBytes), at * 8);
    return Buffer.concat([header, l1, l2, packed]);
  }

  async function qcow2Of(raw: Buffer): Promise<Buffer> {
    const { imageId } = await imported(await putOwn('raw.img', raw), { format: 'RAW' });
    const { id } = await exportImage(account, imageId);
    await workOnExport(api, account, id);
    return download((await getExport(account, id)).downloadUrl);
  }

  test('7.3 contents and name that agree are believed, others need the format', async () => {
    const raw = rawDisk();
    const file = await qcow2Of(raw);
    expect(await imported(await putOwn('a.qcow2', file))).toMatchObject({ status: 'SUCCEEDED', format: 'QCOW2' });
    const unclear = { status: 'FAILED', problem: { code: 'ImportFormatUnclear' } };
    expect(await imported(await putOwn('a.img', file))).toMatchObject(unclear);
    expect(await imported(await putOwn('b.qcow2', raw))).toMatchObject(unclear);
    expect(await imported(await putOwn('a.gz', raw))).toMatchObject(unclear);
    const said = await imported(await putOwn('c.img', file), { format: 'QCOW2' });
    expect((await diskOf(said.imageId)).equals(raw)).toBe(true);
    // A guest may have written the header into its own disk.
    const asRaw = await imported(await putOwn('d.img', file), { format: 'RAW' });
    expect((await diskOf(asRaw.imageId)).equals(file)).toBe(true);
  });

  test('7.3 damaged, hostile and empty files end with a code, and leave nothing', async () => {
    const file = await qcow2Of(rawDisk());
    const before = await account.call(SEEN);
    const problemOf = async (name: string, bytes: Buffer, input: object = {}) => {
      const { status, problem } = await imported(await putOwn(name, bytes), input);
      return [status, problem?.code];
    };
    expect(await problemOf('empty.img', Buffer.alloc(0))).toEqual(['FAILED', 'ImageDamaged']);
    expect(await problemOf('cut.qcow2', file.subarray(0, file.length / 2))).toEqual(['FAILED', 'ImageDamaged']);
    expect(await problemOf('no.vhd', rawDisk(), { format: 'VHD' })).toEqual(['FAILED', 'ImageDamaged']);
    const backed = Buffer.from(file);
    backed.writeBigUInt64BE(104n, 8);
    backed.writeUInt32BE(8, 16);
    expect(await problemOf('backed.qcow2', backed)).toEqual(['FAILED', 'ImageUnsupported']);
    const huge = Buffer.from(file);
    huge.writeBigUInt64BE(2n ** 62n, 24);
    expect(await problemOf('huge.qcow2', huge)).toEqual(['FAILED', 'ImageUnsupported']);
    expect(await problemOf('bomb.qcow2', bomb())).toEqual(['FAILED', 'ImportTooLarge']);
    const missing = await imported(`imports/${account.id}/nothing.img`);
    expect(missing).toMatchObject({ status: 'FAILED', problem: { code: 'NotFound' } });
    expect(await account.call(SEEN)).toEqual(before);
  }, 60_000);
});
