import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { VarveError } from '../../platform/errors.ts';
import { BLOCK_BYTES, type ObjectId } from './block.ts';
import { type Compressor, compress } from './compressor.ts';

/**
 * The stored form of an object. A block that is neither compressed nor sealed is stored as it is:
 * its 512 KiB are told from all other forms by their length, and their SHA-256, which stores check,
 * is the id. Everything else has a header:
 *
 *     0  3  magic "VRV"
 *     3  1  version, 1
 *     4  1  form of the payload: 0 raw, 1 zstd
 *     5  1  flags: bit 0 sealed, others 0
 *     6  2  0
 *     8  …  payload; sealed: nonce (12), AES-256-GCM of the payload, tag (16)
 *
 * A sealed object has a key of its own: HMAC-SHA-256(sealKey, "varve object key v1" || id). The
 * header and the id are additional authenticated data, so no two objects can be exchanged for one
 * another. Everything here is synchronous: it is meant for worker threads, where zstd's
 * asynchronous calls gain nothing.
 */
const HEADER_BYTES = 8;
const MAGIC_AND_VERSION = 0x56525601; // "VRV" 1
const FORM_RAW = 0;
const FORM_ZSTD = 1;
const FLAG_SEALED = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BARE = { form: FORM_RAW, sealed: false };
const OBJECT_KEY_LABEL = 'varve object key v1';

/** The largest stored form: a block that zstd does not make smaller, sealed. */
export const MAX_STORED_BYTES = HEADER_BYTES + NONCE_BYTES + BLOCK_BYTES + TAG_BYTES;

/** A header and something behind it. */
export const MIN_STORED_BYTES = HEADER_BYTES + 1;

/** The two keys that an encrypted domain's data key stands for. */
export interface BlockKeys {
  /** Names blocks, so that ids tell nothing to those without the key. */
  readonly idKey: Uint8Array;
  /** Seals blocks. */
  readonly sealKey: Uint8Array;
}

export type DamageReason = 'LENGTH' | 'FORM' | 'SEAL' | 'CHECKSUM';

/**
 * Whether these are a block's own bytes, without a header. No other form has their length: zstd
 * saves at least 1/16.
 */
export function isBare(storedBytes: number): boolean {
  return storedBytes === BLOCK_BYTES;
}

/**
 * Whether a stored object can be what its id says, by its length and the checksum that it was
 * uploaded with (I5). The checksum of a block that is stored as it is is its id. All other forms
 * have a header and an upper bound.
 */
export function canBeStored(
  id: ObjectId,
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256?: string },
): boolean {
  if (isBare(sizeBytes)) return sha256 === undefined || sha256 === id;
  return sizeBytes >= MIN_STORED_BYTES && sizeBytes <= MAX_STORED_BYTES;
}

export interface EncodeOptions {
  readonly id: ObjectId;
  /** Seals the object. */
  readonly keys?: BlockKeys | undefined;
  /** False keeps the bytes as they are, as pages do. */
  readonly compress?: boolean;
  /** For those who encode many. */
  readonly compressor?: Compressor | undefined;
  readonly random?: (bytes: number) => Uint8Array;
}

export interface DecodeOptions {
  readonly id: ObjectId;
  /** Set for the blocks of encrypted domains: these must be sealed, all other objects must not. */
  readonly keys?: BlockKeys | undefined;
  /** How many bytes must come out; without it, any number up to a block. */
  readonly plainBytes?: number;
}

export function deriveBlockKeys(dataKey: Uint8Array): BlockKeys {
  const derive = (info: string) => new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(0), info, 32));
  return { idKey: derive('varve block id v1'), sealKey: derive('varve block seal v1') };
}

export function blockIdOf(plain: Uint8Array, idKey?: Uint8Array): ObjectId {
  const id = idKey ? createHmac('sha256', idKey).update(plain).digest('hex') : hash('sha256', plain, 'hex');
  return id as ObjectId;
}

/** The result may share memory with `plain`. */
export function encodeObject(plain: Uint8Array, options: EncodeOptions): Buffer {
  const { id, keys, random, compress: isCompressed = true } = options;
  const packed = isCompressed ? pack(plain, options.compressor) : undefined;
  if (!packed && !keys && isBare(plain.length)) return asBuffer(plain);
  const payload = packed ?? plain;
  const stored = Buffer.allocUnsafe(storedBytes(payload.length, keys !== undefined));
  stored.writeUInt32BE(MAGIC_AND_VERSION, 0);
  stored[4] = packed ? FORM_ZSTD : FORM_RAW;
  stored[5] = keys ? FLAG_SEALED : 0;
  stored.writeUInt16BE(0, 6);
  if (keys) seal(stored, payload, sealingKey(keys, id), id, random ?? randomBytes);
  else stored.set(payload, HEADER_BYTES);
  if (packed && options.compressor === undefined) freeBuffer(packed);
  return stored;
}

/**
 * Gives the memory of a buffer back that nobody uses any more. What zlib returns hangs on its
 * native handle, so that only a full collection would free it: tens of megabytes later. Memory that
 * is shared, or Node's pool, is left alone.
 */
export function freeBuffer({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}

/**
 * The plain bytes, after every check down to the id. May share memory with `stored`. Throws
 * `VarveError('ObjectDamaged')` with a {@link DamageReason}.
 */
export function decodeObject(stored: Uint8Array, { id, keys, plainBytes }: DecodeOptions): Buffer {
  const bytes = asBuffer(stored);
  if (bytes.length > MAX_STORED_BYTES || bytes.length < HEADER_BYTES) {
    throw damaged(id, 'LENGTH', `it has ${bytes.length} bytes`);
  }
  const { form, sealed } = isBare(bytes.length) ? BARE : readHeader(bytes, id);
  if (sealed !== (keys !== undefined)) throw damaged(id, 'SEAL', sealed ? 'it is sealed' : 'it is not sealed');
  const payload = keys
    ? unseal(bytes, sealingKey(keys, id), id)
    : bytes.subarray(isBare(bytes.length) ? 0 : HEADER_BYTES);
  const plain = form === FORM_ZSTD ? unpack(payload, plainBytes ?? BLOCK_BYTES, id) : payload;
  if (plain.length > BLOCK_BYTES || (plainBytes !== undefined && plain.length !== plainBytes)) {
    throw damaged(id, 'LENGTH', `it holds ${plain.length} plain bytes`);
  }
  if (blockIdOf(plain, keys?.idKey) !== id) throw damaged(id, 'CHECKSUM', 'its contents do not fit its id');
  return plain;
}

/**
 * Throws `ObjectDamaged` unless a sealed object has the form of one. Without the key that is all
 * that can be seen: whether the seal holds is known to who reads it.
 */
export function requireSealedForm(stored: Uint8Array, id: ObjectId): void {
  const bytes = asBuffer(stored);
  if (bytes.length > MAX_STORED_BYTES || bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES) {
    throw damaged(id, 'LENGTH', `it has ${bytes.length} bytes and should be sealed`);
  }
  if (!readHeader(bytes, id).sealed) throw damaged(id, 'SEAL', 'it is not sealed');
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function storedBytes(payloadBytes: number, sealed: boolean): number {
  return HEADER_BYTES + payloadBytes + (sealed ? NONCE_BYTES + TAG_BYTES : 0);
}

/**
 * Guessing beforehand which blocks do not compress is not worth what it misses: see
 * docs/decisions/0035.
 */
function pack(plain: Uint8Array, compressor: Compressor | undefined): Uint8Array | undefined {
  const packed = compressor === undefined ? compress(plain) : compressor(plain);
  if (packed.length <= plain.length - plain.length / 16) return packed;
  if (compressor === undefined) freeBuffer(packed);
  return undefined;
}

function unpack(packed: Buffer, limit: number, id: ObjectId): Buffer {
  try {
    return zstdDecompressSync(packed, { chunkSize: Math.max(limit + 1, 64), maxOutputLength: Math.max(limit, 1) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw damaged(id, 'LENGTH', `it holds more than ${limit} plain bytes`, error);
    }
    throw damaged(id, 'FORM', 'it does not decompress', error);
  }
}

function readHeader(bytes: Buffer, id: ObjectId): { form: number; sealed: boolean } {
  const form = bytes.readUInt8(4);
  const flags = bytes.readUInt8(5);
  const known =
    bytes.readUInt32BE(0) === MAGIC_AND_VERSION &&
    (form === FORM_RAW || form === FORM_ZSTD) &&
    (flags & ~FLAG_SEALED) === 0 &&
    bytes.readUInt16BE(6) === 0;
  if (!known) throw damaged(id, 'FORM', `its header is ${bytes.toString('hex', 0, HEADER_BYTES)}`);
  return { form, sealed: (flags & FLAG_SEALED) !== 0 };
}

function sealingKey(keys: BlockKeys, id: ObjectId): Buffer {
  return createHmac('sha256', keys.sealKey).update(OBJECT_KEY_LABEL).update(id, 'hex').digest();
}

function additionalData(header: Buffer, id: ObjectId): Buffer {
  return Buffer.concat([header, Buffer.from(id, 'hex')]);
}

function seal(stored: Buffer, payload: Uint8Array, key: Buffer, id: ObjectId, random: (bytes: number) => Uint8Array) {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(stored.subarray(0, HEADER_BYTES), id));
  stored.set(nonce, HEADER_BYTES);
  stored.set(cipher.update(payload), HEADER_BYTES + NONCE_BYTES);
  cipher.final();
  stored.set(cipher.getAuthTag(), stored.length - TAG_BYTES);
}

function unseal(stored: Buffer, key: Buffer, id: ObjectId): Buffer {
  const end = stored.length - TAG_BYTES;
  const begin = HEADER_BYTES + NONCE_BYTES;
  if (end < begin) throw damaged(id, 'LENGTH', `it has ${stored.length} bytes and is sealed`);
  const cipher = createDecipheriv('aes-256-gcm', key, stored.subarray(HEADER_BYTES, begin), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(additionalData(stored.subarray(0, HEADER_BYTES), id));
  cipher.setAuthTag(stored.subarray(end));
  const payload = cipher.update(stored.subarray(begin, end));
  try {
    cipher.final();
  } catch (error) {
    throw damaged(id, 'SEAL', 'its seal is broken', error);
  }
  return payload;
}

function damaged(objectId: ObjectId, reason: DamageReason, what: string, cause?: unknown): VarveError {
  return new VarveError('ObjectDamaged', `Object ${objectId} is damaged: ${what}.`, { objectId, reason }, cause);
}
