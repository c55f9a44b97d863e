import { BLOCK_BYTES, objectKey } from '../../engine/blocks/block.ts';
import { decodeObject, freeBuffer } from '../../engine/blocks/object-form.ts';
import type { At, BlockWrite } from '../../engine/contract.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { VarveError } from '../../platform/errors.ts';
import { createTurns } from '../../platform/turns.ts';
import type { Service } from '../service.ts';
import type { FilePart } from './file-parts.ts';

const BLOCKS_A_PAGE = 4096;
const READS_IN_FLIGHT = 8; // of at most 512 KiB each, for each part

/** The blocks of a version, in their order. */
export async function* blocksOf({ contents }: Pick<Service, 'contents'>, at: At): AsyncGenerator<BlockWrite> {
  for (let start: number | undefined = 0; start !== undefined; ) {
    const page: Awaited<ReturnType<typeof contents.blocks>> = await contents.blocks(at, { start }, BLOCKS_A_PAGE);
    yield* page.blocks;
    start = page.next;
  }
}

/**
 * The bytes of a part. Each block is held against its id, so no damage gets into a file. Throws
 * `ObjectDamaged`.
 */
export async function readPart(service: Pick<Service, 'objects'>, source: At, part: FilePart): Promise<Buffer> {
  const bytes = Buffer.alloc(part.length);
  const turn = createTurns();
  await mapBounded(part.pieces, READS_IN_FLIGHT, async (piece) => {
    if ('bytes' in piece) return void place(bytes, part.at, piece.at, piece.bytes);
    const { stored, plain } = await readBlock(service, source, piece, turn);
    place(bytes, part.at, piece.at, plain.subarray(0, piece.length));
    if (plain.buffer !== stored.buffer) freeBuffer(plain);
  });
  return bytes;
}

/** As far as it lies within the part. */
function place(part: Buffer, partAt: number, at: number, bytes: Uint8Array): void {
  const from = Math.max(partAt - at, 0);
  const to = Math.min(partAt + part.length - at, bytes.length);
  if (to > from) part.set(bytes.subarray(from, to), at + from - partAt);
}

async function readBlock(
  { objects }: Pick<Service, 'objects'>,
  { domainId, regionId }: At,
  { id, index }: BlockWrite,
  turn: () => Promise<void>,
): Promise<{ readonly stored: Buffer; readonly plain: Buffer }> {
  const offsetBytes = index * BLOCK_BYTES;
  const stored = await objects(regionId).get(objectKey(domainId, id));
  if (stored === undefined) {
    const message = `Object ${id} of the image is missing.`;
    throw new VarveError('ObjectDamaged', message, { objectId: id, offsetBytes, reason: 'MISSING' });
  }
  await turn();
  return { stored, plain: decodeObject(stored, { id, plainBytes: BLOCK_BYTES }) };
}
