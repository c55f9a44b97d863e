import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { BlockWrite } from '../../engine/contract.ts';
import { CLUSTER_BYTES } from '../../formats/qcow2/refcounts.ts';
import { Qcow2Writer } from '../../formats/qcow2/writer.ts';
import type { ImageFileFormat } from '../../generated/schema.ts';

/** A stretch of a file: the beginning of a block, or bytes of the format itself. */
export type Piece = BlockPiece | BytesPiece;
interface BlockPiece extends BlockWrite {
  readonly at: number;
  readonly length: number;
}
interface BytesPiece {
  readonly at: number;
  readonly bytes: Buffer;
}

/** What ends a file: its length, and the bytes of its beginning, which are known last. */
export interface FileEnd {
  readonly fileBytes: number;
  readonly beginning?: BytesPiece;
}

export interface ImageFile {
  readonly format: ImageFileFormat;
  /** Of the disk. */
  readonly sizeBytes: number;
}

export type Pieces = AsyncGenerator<Piece, FileEnd>;

/**
 * The pieces of an image's file, in the order of the file; what lies between them is zeros. A file
 * follows from the blocks alone, so another worker, at another time, makes the same one.
 */
export function piecesOf(image: ImageFile, blocks: AsyncIterable<BlockWrite>): Pieces {
  return image.format === 'QCOW2' ? qcow2Pieces(image, blocks) : rawPieces(image, blocks);
}

async function* rawPieces({ sizeBytes }: ImageFile, blocks: AsyncIterable<BlockWrite>): Pieces {
  for await (const { index, id } of blocks) {
    const at = index * BLOCK_BYTES;
    yield { at, length: Math.min(BLOCK_BYTES, sizeBytes - at), index, id };
  }
  return { fileBytes: sizeBytes };
}

async function* qcow2Pieces({ sizeBytes }: ImageFile, blocks: AsyncIterable<BlockWrite>): Pieces {
  const writer = new Qcow2Writer({ sizeBytes, compression: 'none' });
  for await (const { index, id } of blocks) {
    const offset = index * BLOCK_BYTES;
    const clusters = Math.ceil(Math.min(sizeBytes - offset, BLOCK_BYTES) / CLUSTER_BYTES);
    const at = writer.addClusters(offset, clusters);
    // Tables of what came before the block, which stand before it.
    yield* inOrder(writer.takeWrites());
    yield { at, length: clusters * CLUSTER_BYTES, index, id };
  }
  const { writes, fileBytes } = writer.finish();
  const [header, ...rest] = inOrder(writes);
  yield* rest;
  return { fileBytes, ...(header && { beginning: header }) };
}

function inOrder(writes: readonly BytesPiece[]): BytesPiece[] {
  return writes.toSorted((a, b) => a.at - b.at);
}
