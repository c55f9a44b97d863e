import { BLOCK_BYTES, type ObjectId, objectKey } from '../../engine/blocks/block.ts';
import { isBare, MAX_STORED_BYTES, MIN_STORED_BYTES } from '../../engine/blocks/object-form.ts';
import { type ObjectRow, objectEntity } from '../../engine/books/rows.ts';
import type {
  PreparedObject,
  PrepareObjectInput,
  PrepareUploadInput,
  StoredFormInput,
} from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { invalid } from '../../platform/errors.ts';
import type { ObjectStore, PutContent } from '../../platform/objects/port.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole, requireCount } from '../calls/numbers.ts';
import type { Service } from '../service.ts';
import { parseObjectId } from './commit.ts';
import { findTarget } from './targets.ts';

const COUNT = { min: 1, max: 1024 };
const STORED_BYTES = { min: MIN_STORED_BYTES, max: MAX_STORED_BYTES };
export const URL_TTL_S = 15 * 60;
const RETRY_AFTER_MS = 1000;
const SIGNATURES_AT_ONCE = 64; // they are computed here, so this only bounds what waits

interface Wanted {
  readonly id: ObjectId;
  readonly stored: PutContent | undefined;
}

/**
 * What the catalogue knows decides: an object without a row may lie in the store all the same,
 * uploaded and not committed yet; it is then uploaded once more, which changes nothing.
 */
export async function prepareUpload(
  service: Service,
  caller: Caller,
  input: PrepareUploadInput,
): Promise<PreparedObject[]> {
  requireCount('objects', input.objects, COUNT);
  const wanted = input.objects.map((object, at) => parseObject(`objects.${at}`, object));
  const { disk } = await findTarget(service, caller, input.target);
  const { domainId, region } = disk;
  const rows = await service.catalogue.getMany(
    objectEntity,
    wanted.map(({ id }) => ({ domainId, id })),
  );
  const objects = service.objects(region);
  const pairs = wanted.map((object, at) => ({ object, row: rows[at] }));
  return mapBounded(pairs, SIGNATURES_AT_ONCE, ({ object, row }) => prepareOne(objects, domainId, object, row));
}

async function prepareOne(
  objects: ObjectStore,
  domainId: string,
  { id, stored }: Wanted,
  row: ObjectRow | undefined,
): Promise<PreparedObject> {
  if (row?.tombstonedAt !== undefined) return { state: 'WAIT', retryAfterMs: RETRY_AFTER_MS };
  // What is known to be damaged is taken again, and heals with the commit that names it.
  if (row !== undefined && row.damagedAt === undefined) return { state: 'PRESENT' };
  if (stored === undefined) return { state: 'MISSING' };
  const { url, headers } = await objects.signPut(objectKey(domainId, id), stored, URL_TTL_S);
  return { state: 'UPLOAD', url, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) };
}

function parseObject(field: string, { id, stored }: PrepareObjectInput): Wanted {
  return {
    id: parseObjectId(`${field}.id`, id),
    stored: stored == null ? undefined : parseStored(`${field}.stored`, id, stored),
  };
}

/**
 * The store holds the upload to this checksum, so a block that is stored as it is can be none but
 * the one its id names.
 */
function parseStored(field: string, id: string, { sizeBytes, sha256 }: StoredFormInput): PutContent {
  parseWhole(`${field}.sizeBytes`, sizeBytes, STORED_BYTES);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw invalid(`${field}.sha256`, 'must be 64 lower-case hex digits');
  if (isBare(sizeBytes) && sha256 !== id) {
    throw invalid(`${field}.sha256`, `must be the id where the block is stored as it is (${BLOCK_BYTES} bytes)`);
  }
  return { sizeBytes, sha256 };
}
