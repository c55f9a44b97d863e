import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { VarveError } from '../../src/platform/errors.ts';
import type { FileStore } from '../../src/platform/files/port.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { sweepImports } from '../../src/service/imports/sweep.ts';
import type { Service } from '../../src/service/service.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf } from '../support/blocks.ts';
import { eventsOf } from '../support/events.ts';
import { exportImage, getExport, workOnExport } from '../support/exports.ts';
import {
  CANCEL_IMPORT,
  cancelImport,
  diskOfImage,
  getImport,
  IMPORT_IMAGE,
  importImage,
  putFile,
  rawDisk,
  SIZE,
  workOnImport,
} from '../support/imports.ts';
import { createDisk } from '../support/operations.ts';
import { DAY_MS, HOUR_MS } from '../support/timer.ts';

const LIST = `query ($filter: ImageImportFilter, $after: String) {
  imageImports(first: 2, filter: $filter, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}`;
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

/** The service over files that behave as told. */
function withFiles(change: (files: FileStore) => Partial<FileStore>): Service {
  return {
    ...api.service,
    files: (region) => ({ ...api.service.files(region), ...change(api.service.files(region)) }),
  };
}

async function wokenBy(start: { readonly isFirst?: boolean } = {}): Promise<string[]> {
  const woken: string[] = [];
  const send: Service['queue']['send'] = async (all) => {
    for (const one of all) if (one.kind === 'import') woken.push(one.id);
  };
  await sweepImports({ ...api.service, queue: { send } }, Number.POSITIVE_INFINITY, start);
  return woken;
}

const expectNothing = async () =>
  expect(await account.call(SEEN)).toEqual({ images: { nodes: [] }, snapshots: { nodes: [] }, chains: { nodes: [] } });

describe('6.3: the import of an image from a bucket', () => {
  test('6.3 is an image with exactly the contents of the file, and its snapshot', async () => {
    const raw = rawDisk();
    const key = await putOwn('disk.img', raw);
    const begun = await importImage(account, { key }, { name: 'golden', description: 'of a file', diskKind: 'SYSTEM' });
    expect(begun).toMatchObject({
      status: 'RUNNING',
      key,
      bucket: null,
      imageId: null,
      totalBytes: null,
      doneBytes: 0,
    });
    await expectNothing();
    expect(await workOnImport(api, account, begun.id)).toBe('done');
    const ended = await getImport(account, begun.id);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', format: 'RAW', problem: null, fileBytes: SIZE });
    expect([ended.totalBytes, ended.doneBytes]).toEqual([SIZE, SIZE]);
    const { image } = await account.call(
      '{ image(id: "ID") { name description diskKind sizeBytes snapshotId encrypted root } }'.replace(
        'ID',
        ended.imageId,
      ),
    );
    const told = { name: 'golden', description: 'of a file', diskKind: 'SYSTEM', sizeBytes: SIZE, encrypted: false };
    expect(image).toMatchObject({ ...told, snapshotId: ended.snapshotId });
    const { snapshot } = await account.call(
      '{ snapshot(id: "ID") { status usage root sourceDisk { id } } }'.replace('ID', ended.snapshotId),
    );
    expect(snapshot).toMatchObject({ status: 'ACCOMPLISHED', usage: 'IMAGE', root: image.root });
    const { chain } = await account.call(`{ chain(id: "${snapshot.sourceDisk.id}") { snapshotCount disk { id } } }`);
    expect(chain).toEqual({ snapshotCount: 1, disk: null });
    expect((await diskOf(ended.imageId)).equals(raw)).toBe(true);
    expect(await workOnImport(api, account, begun.id)).toBe('gone');
  });

  test('6.3 of the file of an export, in which only what is allocated is read', async () => {
    const raw = rawDisk();
    const { imageId } = await imported(await putOwn('disk.img', raw));
    const { id } = await exportImage(account, imageId, { format: 'QCOW2' });
    await workOnExport(api, account, id);
    const { key, totalBytes } = await getExport(account, id);
    const again = await importImage(account, { key });
    let readBytes = 0;
    const on = withFiles((own) => ({
      read: (state, offset, length) => {
        readBytes += length;
        return own.read(state, offset, length);
      },
    }));
    await workOnImport(api, account, again.id, { on });
    const ended = await getImport(account, again.id);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', format: 'QCOW2' });
    expect((await diskOf(ended.imageId)).equals(raw)).toBe(true);
    expect(readBytes).toBeLessThan(2 * totalBytes);
    expect(readBytes).toBeLessThan(SIZE);
  });

  test('6.3 zeros are holes, and what is there already is not stored again', async () => {
    const key = await putOwn('disk.img', rawDisk());
    const first = await imported(key);
    const puts: string[] = [];
    const objects = (region: string) => {
      const own = api.service.objects(region);
      const putNew = (at: string, bytes: Uint8Array) => {
        puts.push(at);
        return own.putNew(at, bytes);
      };
      return { ...own, putNew };
    };
    const { id } = await importImage(account, { key });
    await workOnImport(api, account, id, { on: { ...api.service, objects } });
    expect(puts).toEqual([]);
    const { snapshotId } = await getImport(account, id);
    const node = await api.service.tree.get(account.id, snapshotId);
    const before = await api.service.tree.get(account.id, first.snapshotId);
    expect([node?.root, node?.ownBlocks]).toEqual([before?.root, 4]);
  });

  test('6.3 of a disk that is all zeros', async () => {
    const { imageId } = await imported(await putOwn('zeros.img', Buffer.alloc(SIZE)));
    expect((await diskOf(imageId)).equals(Buffer.alloc(SIZE))).toBe(true);
  });

  test('6.3 hands over when time is up, goes on from there, and says how far it is', async () => {
    const raw = Buffer.alloc(70 * BLOCK_BYTES);
    for (let index = 0; index < 70; index++) raw.set(blockOf(`block ${index}`), index * BLOCK_BYTES);
    const { id } = await importImage(account, { key: await putOwn('long.img', raw) });
    expect(await workOnImport(api, account, id, { until: api.clock.now() })).toBe('more');
    const half = await getImport(account, id);
    expect(half).toMatchObject({ status: 'RUNNING', totalBytes: raw.length, imageId: null });
    expect(half.doneBytes).toBeGreaterThan(0);
    expect(half.doneBytes).toBeLessThan(raw.length);
    let first = raw.length;
    const on = withFiles((own) => ({
      read: (state, offset, length) => {
        if (length >= BLOCK_BYTES) first = Math.min(first, offset);
        return own.read(state, offset, length);
      },
    }));
    expect(await workOnImport(api, account, id, { on })).toBe('done');
    expect(first).toBe(half.doneBytes);
    expect((await diskOf((await getImport(account, id)).imageId)).equals(raw)).toBe(true);
  }, 60_000);

  test('6.3 delivered to two workers is made once', async () => {
    const raw = rawDisk();
    const { id } = await importImage(account, { key: await putOwn('disk.img', raw) });
    await Promise.all([workOnImport(api, account, id), workOnImport(api, account, id)]);
    // Whoever was in the other's way waits for its turn.
    for (let turn = 0; turn < 5 && (await getImport(account, id)).status === 'RUNNING'; turn++) {
      api.clock.advance(HOUR_MS);
      await workOnImport(api, account, id);
    }
    const ended = await getImport(account, id);
    expect(ended.status).toBe('SUCCEEDED');
    expect((await account.call(SEEN)).images.nodes).toEqual([{ id: ended.imageId }]);
    expect((await diskOf(ended.imageId)).equals(raw)).toBe(true);
  });

  test('6.3 with the same token is the same import', async () => {
    const from = { key: `imports/${account.id}/a.img` };
    const one = await importImage(account, from, { clientToken: 'a' });
    expect((await importImage(account, from, { clientToken: 'a' })).id).toBe(one.id);
    const other = { from, name: 'other', clientToken: 'a' };
    const refusal = await account.refusal(IMPORT_IMAGE, { input: other });
    expect(refusal.extensions.code).toBe('IdempotentParameterMismatch');
  });

  test('6.3 cancelled leaves nothing, also of a worker that was just at it', async () => {
    const { id } = await importImage(account, { key: await putOwn('disk.img', rawDisk()) });
    const cancelled: boolean[] = [];
    const on = withFiles((own) => ({
      read: async (state, offset, length) => {
        if (length >= BLOCK_BYTES) cancelled.push(await cancelImport(account, id));
        return own.read(state, offset, length);
      },
    }));
    expect(await workOnImport(api, account, id, { on })).toBe('gone');
    expect(cancelled.filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await getImport(account, id)).toMatchObject({ status: 'CANCELLED', imageId: null, problem: null });
    await api.settle();
    await expectNothing();
    expect(await cancelImport(account, id)).toBe(false);
    expect(await workOnImport(api, account, id)).toBe('gone');
  });

  test('6.3 ends if the file is replaced or deleted while it is read', async () => {
    const key = await putOwn('disk.img', rawDisk());
    const { id } = await importImage(account, { key });
    const late = withFiles((own) => ({
      read: async (state, offset, length) => {
        if (length >= BLOCK_BYTES) await putFile(own, key, Buffer.alloc(SIZE, 1));
        return own.read(state, offset, length);
      },
    }));
    expect(await workOnImport(api, account, id, { on: late })).toBe('done');
    const told = await getImport(account, id);
    expect(told).toMatchObject({ status: 'FAILED', problem: { code: 'ImportSourceChanged' }, imageId: null });
    const gone = await importImage(account, { key });
    const deleted = withFiles((own) => ({
      read: async (state, offset, length) => {
        await own.remove(key);
        return own.read(state, offset, length);
      },
    }));
    await workOnImport(api, account, gone.id, { on: deleted });
    expect(await getImport(account, gone.id)).toMatchObject({ problem: { code: 'ImportSourceChanged' } });
    await expectNothing();
  });

  test('6.3 a store in trouble delays it, loses nothing, and is told', async () => {
    const { id } = await importImage(account, { key: await putOwn('disk.img', rawDisk()) });
    const busy = new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: 1000 });
    const on = withFiles(() => ({ read: () => Promise.reject(busy) }));
    expect(await workOnImport(api, account, id, { on })).toBe('done');
    expect(await getImport(account, id)).toMatchObject({ status: 'RUNNING', problem: { code: 'Throttled' } });
    api.clock.advance(60_000);
    expect(await wokenBy()).toContain(id);
    expect(await workOnImport(api, account, id)).toBe('done');
    expect(await getImport(account, id)).toMatchObject({ status: 'SUCCEEDED', problem: null });
  });

  test('6.3 goes on at once after a start of the service, which has lost its messages', async () => {
    const { id } = await importImage(account, { key: await putOwn('disk.img', rawDisk()) });
    expect(await wokenBy()).not.toContain(id);
    expect(await wokenBy({ isFirst: true })).toContain(id);
    await cancelImport(account, id);
    expect(await wokenBy({ isFirst: true })).not.toContain(id);
  });

  test('6.3 bytes that somebody has left under the id of a block are not taken for it', async () => {
    const disk = await createDisk(account, { sizeBytes: SIZE });
    const { domainId } = (await api.service.tree.get(account.id, disk.id)) ?? {};
    const raw = rawDisk();
    const { id } = await importImage(account, { key: await putOwn('disk.img', raw) });
    const objects = (region: string) => {
      const own = api.service.objects(region);
      const putNew = async (key: string, bytes: Uint8Array) => {
        expect(key.startsWith(`objects/${domainId}/`)).toBe(true);
        await own.put(key, Buffer.alloc(bytes.length, 9));
        return own.putNew(key, bytes);
      };
      return { ...own, putNew };
    };
    await workOnImport(api, account, id, { on: { ...api.service, objects } });
    expect((await diskOf((await getImport(account, id)).imageId)).equals(raw)).toBe(true);
  });

  test('1.3 makes nothing for an account that is in arrears by then', async () => {
    const { id } = await importImage(account, { key: await putOwn('disk.img', rawDisk()) });
    const since = new Date(api.clock.now() - 2 * DAY_MS).toISOString();
    await markInArrears(api.service, { account: account.id, since, yesDeleteNow: true });
    await workOnImport(api, account, id);
    expect(await getImport(account, id)).toMatchObject({ status: 'FAILED', problem: { code: 'AccountInArrears' } });
    await expectNothing();
  });

  test('8.5 its end is an event', async () => {
    const { imageId, snapshotId, id, key } = await imported(await putOwn('disk.img', rawDisk()));
    await imported(`imports/${account.id}/none.img`);
    const told = (await eventsOf(api.service, account)).filter(({ type }) => type.startsWith('import.'));
    // In the order in which they got their places.
    expect(told.toSorted((a, b) => (a.type < b.type ? -1 : 1))).toMatchObject([
      { type: 'import.accomplished', subjectId: id, data: { imageId, snapshotId, key } },
      { type: 'import.failed', data: { code: 'NotFound' } },
    ]);
  });

  test('6.3 imports are listed page by page, and by state', async () => {
    const made: string[] = [];
    for (let count = 0; count < 3; count++)
      made.unshift((await importImage(account, { key: `imports/${account.id}/a.img` })).id);
    await cancelImport(account, made[0] ?? '');
    const first = (await account.call(LIST)).imageImports;
    expect(first.nodes.map(({ id }: Told) => id)).toEqual(made.slice(0, 2));
    const { endCursor: after } = first.pageInfo;
    expect((await account.call(LIST, { after })).imageImports.nodes).toEqual([{ id: made[2] }]);
    const filter = { status: ['CANCELLED'] };
    expect((await account.call(LIST, { filter })).imageImports.nodes).toEqual([{ id: made[0] }]);
    const unknown = await account.refusal(CANCEL_IMPORT, { input: { importId: 'im-nothing' } });
    expect(unknown.extensions.code).toBe('NotFound');
  });
});
