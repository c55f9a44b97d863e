import { BLOCK_BYTES, type ObjectId, objectKey } from '../../engine/blocks/block.ts';
import { isBare, MAX_STORED_BYTES, MIN_STORED_BYTES } from '../../engine/blocks/object-form.ts';
import { isCommitted, type ObjectRow, objectEntity } from '../../engine/books/rows.ts';
import type { Owner } from '../../engine/health/damage.ts';
import { placeToUpload } from '../../engine/health/upload-place.ts';
import type {
  PreparedObject,
  PrepareObjectInput,
  PrepareUploadInput,
  StoredFormInput,
} from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { invalid } from '../../platform/errors.ts';
import type { PutContent } from '../../platform/objects/port.ts';
import { sizeText } from '../../platform/size-text.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole, requireCount } from '../calls/numbers.ts';
import type { Service } from '../service.ts';
import { parseObjectId } from './commit.ts';
import { findTarget } from './targets.ts';

const COUNT = { min: 1, max: 1024 };
/** Each may be read from the store, whole. */
const MOST_FOUND = 128;
const STORED_BYTES = { min: MIN_STORED_BYTES, max: MAX_STORED_BYTES };
export const URL_TTL_S = 15 * 60;
const RETRY_AFTER_MS = 1000;
/**
 * Most are signed here, which waits for nothing; some are read from the store, with at most 512 KiB
 * each.
 */
const OBJECTS_AT_ONCE = 32;

interface Wanted {
  readonly id: ObjectId;
  readonly stored: PutContent | undefined;
  /** The store has something under this id. */
  readonly found: boolean;
}

interface Place extends Owner {
  readonly sealed: boolean;
}

/**
 * What the catalogue knows decides: an object without a row may lie in the store all the same,
 * uploaded and not committed yet, by whomever. It is then not replaced, and the client that hears
 * so comes back with `found`.
 */
export async function prepareUpload(
  service: Service,
  caller: Caller,
  input: PrepareUploadInput,
): Promise<PreparedObject[]> {
  requireCount('objects', input.objects, COUNT);
  if (input.objects.filter(({ found }) => found).length > MOST_FOUND)
    throw invalid('objects', `must have at most ${MOST_FOUND} elements with found`);
  const wanted = input.objects.map((object, at) => parseObject(`objects.${at}`, object));
  const { disk } = await findTarget(service, caller, input.target);
  const { accountId, domainId, region: regionId } = disk;
  const rows = await service.catalogue.getMany(
    objectEntity,
    wanted.map(({ id }) => ({ domainId, id })),
  );
  const place: Place = { accountId, regionId, domainId, sealed: disk.keyId !== undefined };
  const pairs = wanted.map((object, at) => ({ object, row: rows[at] }));
  return mapBounded(pairs, OBJECTS_AT_ONCE, ({ object, row }) => prepareOne(service, place, object, row));
}

async function prepareOne(
  service: Service,
  place: Place,
  { id, stored, found }: Wanted,
  row: ObjectRow | undefined,
): Promise<PreparedObject> {
  if (row?.tombstonedAt !== undefined) return { state: 'WAIT', retryAfterMs: RETRY_AFTER_MS };
  // What is known to be damaged is taken again, and heals with the commit that names it.
  if (isCommitted(row) && row?.damagedAt === undefined) return { state: 'PRESENT' };
  if (stored === undefined) return { state: 'MISSING' };
  const isThere = row !== undefined || found;
  const when = isThere ? await placeToUpload(service, place, { id, stored, row, sealed: place.sealed }) : 'absent';
  if (when === 'WHOLE') return { state: 'PRESENT' };
  const grant = { ttlSeconds: URL_TTL_S, when };
  const { url, headers } = await service.objects(place.regionId).signPut(objectKey(place.domainId, id), stored, grant);
  return { state: 'UPLOAD', url, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) };
}

function parseObject(field: string, { id, stored, found }: PrepareObjectInput): Wanted {
  return {
    id: parseObjectId(`${field}.id`, id),
    stored: stored == null ? undefined : parseStored(`${field}.stored`, id, stored),
    found,
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
    throw invalid(`${field}.sha256`, `must be the id where the block is stored as it is (${sizeText(BLOCK_BYTES)})`);
  }
  return { sizeBytes, sha256 };
}
