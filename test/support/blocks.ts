import { createHash } from 'node:crypto';
import type { ObjectId } from '../../src/engine/blocks/block.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type BlockKeys, blockIdOf, decodeObject, encodeObject } from '../../src/engine/blocks/object-form.ts';
import type { TestAccount, Told } from './api.ts';

/** Contents of a block that nothing else has; compresses well. */
export function blockOf(text: string): Buffer {
  return Buffer.alloc(BLOCK_BYTES, `${text} `);
}

const PREPARE = `mutation ($input: PrepareUploadInput!) {
  prepareUpload(input: $input) { objects { state url headers { name value } retryAfterMs } }
}`;
export const COMMIT = 'mutation ($input: CommitBlocksInput!) { commitBlocks(input: $input) { version root } }';
const MAP = `query ($input: BlockMapInput!) {
  blockMap(input: $input) { sizeBytes root version nextIndex blocks { index id url } }
}`;

export interface Upload {
  readonly id: ObjectId;
  readonly stored: Buffer;
}

export function encodeBlock(plain: Buffer, keys?: BlockKeys): Upload {
  const id = blockIdOf(plain, keys?.idKey);
  return { id, stored: encodeObject(plain, { id, keys }) };
}

/** A block that is the same byte throughout, in its stored form. */
export function blockOfByte(value: number): Upload {
  return encodeBlock(Buffer.alloc(BLOCK_BYTES, value));
}

export interface Prepared {
  readonly state: string;
  readonly url: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[] | null;
}

/** What the service says of these; `found`: that the store refused them before. */
export async function prepare(
  account: TestAccount,
  target: string,
  uploads: readonly Upload[],
  { found = false, key }: { readonly found?: boolean; readonly key?: string } = {},
): Promise<Prepared[]> {
  const objects = uploads.map(({ id, stored }) => ({
    id,
    stored: { sizeBytes: stored.length, sha256: createHash('sha256').update(stored).digest('hex') },
    found,
  }));
  return (await account.call(PREPARE, { input: { target, objects } }, key)).prepareUpload.objects;
}

/** The status of the answer. */
export async function send({ url, headers }: Prepared, stored: Buffer): Promise<number> {
  const named = (headers ?? []).map(({ name, value }): [string, string] => [name, value]);
  const body = stored as Uint8Array<ArrayBuffer>;
  const response = await fetch(url ?? '', { method: 'PUT', headers: named, body });
  const told = await response.text();
  if (![200, 412].includes(response.status)) throw new Error(`PUT answered ${response.status}: ${told}`);
  return response.status;
}

/** Puts what the store lacks. Returns the states that were answered at first. */
export async function upload(account: TestAccount, target: string, uploads: readonly Upload[]): Promise<string[]> {
  const prepared = await prepare(account, target, uploads);
  for (const [at, one] of prepared.entries()) {
    const object = uploads[at] as Upload;
    if (one.state !== 'UPLOAD' || (await send(one, object.stored)) === 200) continue;
    const [again] = await prepare(account, target, [object], { found: true });
    if (again?.state === 'UPLOAD') await send(again, object.stored);
  }
  return prepared.map(({ state }) => state);
}

/** Writes whole blocks by index, as a client does; `null` trims. Tells the new version. */
export async function writeBlocks(
  account: TestAccount,
  target: string,
  expectedVersion: number,
  blocks: Readonly<Record<number, Buffer | null>>,
  keys?: BlockKeys,
): Promise<number> {
  const entries = Object.entries(blocks).map(([index, plain]) => ({ index: Number(index), plain }));
  const writes = entries.flatMap(({ index, plain }) =>
    plain === null ? [] : [{ index, ...encodeBlock(plain, keys) }],
  );
  if (writes.length > 0) await upload(account, target, writes);
  const trims = entries.filter(({ plain }) => plain === null).map(({ index }) => ({ start: index, count: 1 }));
  const input = { target, expectedVersion, writes: writes.map(({ index, id }) => ({ index, id })), trims };
  return (await account.call(COMMIT, { input })).commitBlocks.version;
}

/** Only that much of a block becomes text: taking it apart at each space took 20 ms. */
function firstWord(plain: Buffer): string {
  const end = plain.indexOf(' ');
  return plain.toString('utf8', 0, end === -1 ? plain.length : end);
}

/** All blocks that are not holes, checked against their ids, as texts of their first word. */
export async function readBlocks(
  account: TestAccount,
  source: string,
  keys?: BlockKeys,
): Promise<Record<number, string>> {
  const found: Record<number, string> = {};
  for (let startIndex: number | null = 0; startIndex !== null; ) {
    const { blockMap }: Told = await account.call(MAP, { input: { source, startIndex } });
    for (const { index, id, url } of blockMap.blocks) {
      const stored = Buffer.from(await (await fetch(url)).arrayBuffer());
      const plain = decodeObject(stored, { id, keys, plainBytes: BLOCK_BYTES });
      found[index] = firstWord(plain);
    }
    startIndex = blockMap.nextIndex;
  }
  return found;
}
