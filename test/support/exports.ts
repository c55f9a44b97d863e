import type { ExportLimits } from '../../src/service/exports/part-size.ts';
import { runExport } from '../../src/service/exports/run.ts';
import type { Service } from '../../src/service/service.ts';
import type { TestAccount, TestApi, Told } from './api.ts';

const FOREVER = Number.POSITIVE_INFINITY;
export const EXPORT_FIELDS = `id region imageId format status bucket key totalBytes doneBytes
  problem { code message since } createdAt finishedAt expiresAt downloadUrl`;
export const EXPORT_IMAGE = `mutation ($input: ExportImageInput!) {
  exportImage(input: $input) { export { ${EXPORT_FIELDS} } }
}`;
export const CANCEL_EXPORT = `mutation ($input: CancelImageExportInput!) {
  cancelImageExport(input: $input) { exportId cancelled }
}`;
const GET_EXPORT = `query ($id: ID!) { imageExport(id: $id) { ${EXPORT_FIELDS} } }`;
const CREATE_IMAGE =
  'mutation ($input: CreateImageInput!) { createImage(input: $input) { image { id root sizeBytes } } }';

/** Many parts of a small file: as small as S3 lets parts be. */
export const SMALL_PARTS: ExportLimits = {
  leastPartBytes: 5 * 1024 * 1024,
  mostPartBytes: 10 * 1024 * 1024,
  mostParts: 10_000,
};

export async function createImage(account: TestAccount, snapshotId: string, name?: string): Promise<Told> {
  return (await account.call(CREATE_IMAGE, { input: { snapshotId, name } })).createImage.image;
}

/** Begins it; no worker is at it yet. */
export async function exportImage(account: TestAccount, imageId: string, input: object = {}): Promise<Told> {
  return (await account.call(EXPORT_IMAGE, { input: { imageId, ...input } })).exportImage.export;
}

export async function getExport(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(GET_EXPORT, { id })).imageExport;
}

export async function cancelExport(account: TestAccount, exportId: string): Promise<boolean> {
  return (await account.call(CANCEL_EXPORT, { input: { exportId } })).cancelImageExport.cancelled;
}

/** As a worker does that is woken for it. */
export function workOnExport(
  { service }: Pick<TestApi, 'service'>,
  account: TestAccount,
  id: string,
  { on = service, until = FOREVER }: { readonly on?: Service; readonly until?: number } = {},
) {
  return runExport(on, { accountId: account.id, id }, until, SMALL_PARTS);
}

export async function download(url: string): Promise<Buffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
