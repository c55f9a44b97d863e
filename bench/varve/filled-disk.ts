import { hash } from 'node:crypto';
import { BLOCK_BYTES, blockCount } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { BenchError } from '../bench-error.ts';
import type { BlockWriteInput } from '../generated/operations.ts';
import type { Api } from './api.ts';

export interface FilledDisk {
  readonly id: string;
  version: number;
}

const CONTENTS = 64;
const COMMIT_BLOCKS = 1024;

/** Ids of a few small objects that the store has: enough to write a disk full of, cheap to send. */
export async function uploadContents(api: Api, diskId: string): Promise<string[]> {
  const objects = Array.from({ length: CONTENTS }, (_, at) => {
    const plain = Buffer.alloc(BLOCK_BYTES, `content ${at} `);
    const id = blockIdOf(plain);
    return { id, stored: encodeObject(plain, { id }) };
  });
  const wanted = objects.map(({ id, stored }) => ({
    id,
    stored: { sizeBytes: stored.length, sha256: hash('sha256', stored, 'hex') },
  }));
  const prepared = await api.prepareUpload(diskId, wanted);
  for (const [at, object] of prepared.entries()) {
    if (object.url === null) continue;
    const status = await api.put(object, objects[at]?.stored ?? new Uint8Array());
    // 412: it is there, uploaded before and not committed yet.
    if (!(status < 300 || status === 412)) throw new BenchError(`The object store refused an upload: ${status}.`);
  }
  return objects.map(({ id }) => id);
}

/** A disk with so many of its blocks written, evenly spread over all of it. */
export async function fillDisk(
  api: Api,
  options: { name: string; sizeBytes: number; blocks: number },
): Promise<FilledDisk> {
  const { id, version } = await api.createDisk({ name: options.name, sizeBytes: options.sizeBytes });
  const contents = await uploadContents(api, id);
  const blocks = Math.min(options.blocks, blockCount(options.sizeBytes));
  const stride = Math.floor(blockCount(options.sizeBytes) / blocks);
  const disk = { id, version };
  for (let done = 0; done < blocks; done += COMMIT_BLOCKS) {
    const writes = Array.from({ length: Math.min(COMMIT_BLOCKS, blocks - done) }, (_, at): BlockWriteInput => {
      return { index: (done + at) * stride, id: contents[(done + at) % CONTENTS] as string };
    });
    disk.version = await api.commit(id, disk.version, writes);
  }
  return disk;
}

/** Changes one block. */
export async function touchDisk(api: Api, disk: FilledDisk, at: number): Promise<void> {
  const [first, second] = await uploadContents(api, disk.id);
  const id = at % 2 === 0 ? first : second;
  disk.version = await api.commit(disk.id, disk.version, [{ index: at, id: id as string }]);
}
