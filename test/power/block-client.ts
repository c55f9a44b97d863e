import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatapath, type PreparedObject } from '../../src/client/service/datapath.ts';
import type { Graphql } from '../../src/client/service/graphql.ts';
import { commitBlocksOnce } from '../../src/client/upload/commit-once.ts';
import type { ObjectId } from '../../src/engine/blocks/block.ts';
import { type BlockKeys, blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { type Blocks, blockOf, type Contents } from './contents.ts';

const never = new AbortController().signal;

export interface WrittenDisk {
  readonly id: string;
  readonly version: number;
}

/**
 * Gives a disk these contents in one commit, as the client library does, without its threads: many
 * small calls are what the server is to survive.
 */
export async function writeBlocks(
  graphql: Graphql,
  disk: WrittenDisk,
  {
    contents,
    blocks,
    keys,
  }: { readonly contents: Contents; readonly blocks: Blocks; readonly keys?: BlockKeys | undefined },
): Promise<void> {
  const datapath = createDatapath(graphql, never);
  const plain = new Map<ObjectId, Buffer>();
  const writes: { readonly index: number; readonly id: ObjectId }[] = [];
  const trims: { readonly start: number; readonly count: number }[] = [];
  for (const [index, sum] of contents.entries()) {
    if (sum === null) trims.push({ start: index, count: 1 });
    else {
      const block = blockOf(blocks, sum);
      const id = keys === undefined ? sum : blockIdOf(block, keys.idKey);
      plain.set(id, block);
      writes.push({ index, id });
    }
  }
  for (;;) {
    await upload(datapath, disk.id, plain, keys);
    try {
      await commitBlocksOnce(datapath, { target: disk.id, expectedVersion: disk.version, writes, trims }, never);
      return;
    } catch (error) {
      // Reclaimed between the question and the commit: asked for again.
      if (!['ObjectMissing', 'ObjectTombstoned'].includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

type Datapath = ReturnType<typeof createDatapath>;

async function upload(
  datapath: Datapath,
  target: string,
  plain: ReadonlyMap<ObjectId, Buffer>,
  keys: BlockKeys | undefined,
): Promise<void> {
  let wanted = [...plain].map(([id, block]) => {
    const stored = encodeObject(block, { id, keys });
    return {
      id,
      bytes: stored,
      stored: { sizeBytes: stored.length, sha256: hash('sha256', stored, 'hex') },
      found: false,
    };
  });
  while (wanted.length > 0) {
    const asked = wanted.map(({ id, stored, found }) => ({ id, stored, found }));
    const prepared = await datapath.prepareUpload(target, asked);
    const left: typeof wanted = [];
    await Promise.all(
      wanted.map(async (one, at) => {
        const answer = prepared[at] as PreparedObject;
        if (answer.state === 'WAIT') left.push({ ...one, found: false });
        if (answer.state === 'UPLOAD' && (await send(answer, one.bytes)) !== 200) left.push({ ...one, found: true });
      }),
    );
    wanted = left;
    if (wanted.length > 0) await sleep(100);
  }
}

const UNKNOWN = 0;

async function send({ url, headers }: PreparedObject, stored: Buffer): Promise<number> {
  const named = (headers ?? []).map(({ name, value }): [string, string] => [name, value]);
  const body = stored as Uint8Array<ArrayBuffer>;
  // The server may be killed meanwhile: then nobody knows what it has.
  const response = await fetch(url ?? '', { method: 'PUT', headers: named, body }).catch(() => undefined);
  if (response === undefined) return UNKNOWN;
  const said = await response.text().catch(() => '');
  if (![200, 409, 412, 503].includes(response.status)) throw new Error(`PUT answered ${response.status}: ${said}`);
  return response.status;
}
