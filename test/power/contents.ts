import { randomBytes } from 'node:crypto';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import { blockIdOf } from '../../src/engine/blocks/object-form.ts';

/** What a disk or snapshot holds: the SHA-256 of each block. Null: it is zeros. */
export type Contents = readonly (ObjectId | null)[];

/** Blocks that the workload has made, by their SHA-256. */
export type Blocks = Map<ObjectId, Buffer>;

/** Random at its beginning, so that it is stored in a few kilobytes. */
export function newBlock(blocks: Blocks, randomLength: number): ObjectId {
  const block = Buffer.alloc(BLOCK_BYTES, 'varve ');
  randomBytes(randomLength).copy(block);
  const id = blockIdOf(block);
  blocks.set(id, block);
  return id;
}

export function bytesOf(contents: Contents, blocks: Blocks): Buffer {
  return Buffer.concat(contents.map((id) => (id === null ? Buffer.alloc(BLOCK_BYTES) : blockOf(blocks, id))));
}

export function blockOf(blocks: Blocks, id: ObjectId): Buffer {
  const block = blocks.get(id);
  if (block === undefined) throw new Error(`nobody made block ${id}`);
  return block;
}

export function sameContents(a: Contents, b: Contents): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}
