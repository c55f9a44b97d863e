import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { decodeObject } from '../../src/engine/blocks/object-form.ts';
import type { FileStore } from '../../src/platform/files/port.ts';
import { runImport } from '../../src/service/imports/run.ts';
import type { Service } from '../../src/service/service.ts';
import type { TestAccount, TestApi, Told } from './api.ts';
import { blockOf } from './blocks.ts';
import { createDisk } from './operations.ts';

const FOREVER = Number.POSITIVE_INFINITY;
export const IMPORT_FIELDS = `id region status bucket key format name fileBytes totalBytes doneBytes imageId snapshotId
  problem { code message since } createdAt finishedAt`;
export const IMPORT_IMAGE = `mutation ($input: ImportImageInput!) {
  importImage(input: $input) { import { ${IMPORT_FIELDS} } }
}`;
export const CANCEL_IMPORT = `mutation ($input: CancelImageImportInput!) {
  cancelImageImport(input: $input) { importId cancelled }
}`;
const GET_IMPORT = `query ($id: ID!) { imageImport(id: $id) { ${IMPORT_FIELDS} } }`;

/** A whole file, as another program puts it there. */
export async function putFile(files: FileStore, key: string, bytes: Buffer): Promise<string> {
  await files.remove(key);
  const upload = { key, partBytes: Math.max(bytes.length, 1), id: await files.begin(key) };
  await files.putPart(upload, 1, bytes);
  await files.complete(upload, (await files.parts(upload)) ?? []);
  return key;
}

/** Begins it; no worker is at it yet. */
export async function importImage(account: TestAccount, from: object, input: object = {}): Promise<Told> {
  return (await account.call(IMPORT_IMAGE, { input: { from, ...input } })).importImage.import;
}

export async function getImport(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(GET_IMPORT, { id })).imageImport;
}

export async function cancelImport(account: TestAccount, importId: string): Promise<boolean> {
  return (await account.call(CANCEL_IMPORT, { input: { importId } })).cancelImageImport.cancelled;
}

/** As a worker does that is woken for it. */
export function workOnImport(
  { service }: Pick<TestApi, 'service'>,
  account: TestAccount,
  id: string,
  { on = service, until = FOREVER }: { readonly on?: Service; readonly until?: number } = {},
) {
  return runImport(on, { accountId: account.id, id }, until);
}

export const SIZE = 14 * 1024 * 1024 + 4096; // ends within a block

/** A disk with data at its beginning, within it, and at its end; the rest is zeros. */
export function rawDisk(): Buffer {
  const raw = Buffer.alloc(SIZE);
  raw.set(blockOf('first'));
  raw.set(blockOf('in the middle'), 9 * BLOCK_BYTES + 512);
  raw.set(Buffer.alloc(100, 7), SIZE - 100);
  return raw;
}

/** All bytes of a disk that is made of the image. */
export async function diskOfImage(api: TestApi, account: TestAccount, imageId: string): Promise<Buffer> {
  const disk = await createDisk(account, { imageId, sizeBytes: undefined });
  const node = await api.service.tree.get(account.id, disk.id);
  const raw = Buffer.alloc(disk.sizeBytes);
  const { blocks } = await api.service.contents.blocks(node as never, { start: 0 }, 4096);
  for (const { id, index } of blocks) {
    const stored = await api.objects.get(`objects/${node?.domainId}/${id}`);
    const plain = decodeObject(stored as Buffer, { id, plainBytes: BLOCK_BYTES });
    raw.set(plain.subarray(0, Math.min(BLOCK_BYTES, raw.length - index * BLOCK_BYTES)), index * BLOCK_BYTES);
  }
  return raw;
}
