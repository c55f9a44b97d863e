import { BLOCK_BYTES, type ObjectId, objectKey } from '../../engine/blocks/block.ts';
import { judgeObject } from '../../engine/blocks/judge.ts';
import { blockIdOf, encodeObject } from '../../engine/blocks/object-form.ts';
import { isCommitted, objectEntity } from '../../engine/books/rows.ts';
import type { BlockWrite } from '../../engine/contract.ts';
import { tombstonedError } from '../../engine/ledger/ledger-step.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { createTurns } from '../../platform/turns.ts';
import type { Service } from '../service.ts';
import type { SourceImage } from './source-image.ts';

/** Of 512 KiB each, with as much again for what comes out of a compressed cluster. */
const BLOCKS_IN_FLIGHT = 16;
const ZEROS = Buffer.alloc(BLOCK_BYTES);

interface Domain {
  readonly domainId: string;
  readonly regionId: string;
}

/** Reads these blocks of a file, and stores what the domain lacks. Zeros are holes. */
export async function storeBlocks(
  service: Pick<Service, 'catalogue' | 'objects'>,
  domain: Domain,
  image: SourceImage,
  blocks: readonly number[],
): Promise<BlockWrite[]> {
  const turn = createTurns();
  const stored = new Map<ObjectId, Promise<void>>();
  const written = await mapBounded(blocks, BLOCKS_IN_FLIGHT, async (index) => {
    const plain = await readBlock(image, index);
    await turn();
    if (plain.equals(ZEROS)) return undefined;
    const id = blockIdOf(plain);
    const storing = stored.get(id) ?? storeBlock(service, domain, id, plain);
    stored.set(id, storing);
    await storing;
    return { index, id };
  });
  return written.filter((write) => write !== undefined);
}

/** The last block of a disk is padded. */
async function readBlock(image: SourceImage, index: number): Promise<Buffer> {
  const offset = index * BLOCK_BYTES;
  const bytes = await image.read(offset, Math.min(BLOCK_BYTES, image.sizeBytes - offset));
  if (bytes.length === BLOCK_BYTES) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = Buffer.alloc(BLOCK_BYTES);
  whole.set(bytes);
  return whole;
}

/** What lies there without a row may be anybody's upload, and is looked at. */
async function storeBlock(
  { catalogue, objects }: Pick<Service, 'catalogue' | 'objects'>,
  { domainId, regionId }: Domain,
  id: ObjectId,
  plain: Buffer,
): Promise<void> {
  const row = await catalogue.get(objectEntity, { domainId, id });
  if (row?.tombstonedAt !== undefined) throw tombstonedError([id]);
  const isMarked = row?.damagedAt !== undefined;
  if (isCommitted(row) && !isMarked) return;
  const [store, key] = [objects(regionId), objectKey(domainId, id)];
  const bytes = encodeObject(plain, { id });
  if (!isMarked && (await store.putNew(key, bytes))) return;
  if (isMarked || !isWhole(await store.get(key), id)) await store.put(key, bytes);
}

function isWhole(stored: Buffer | undefined, id: ObjectId): boolean {
  return stored !== undefined && judgeObject(stored, { id, isPage: false, sealed: false }).reason === undefined;
}
