import { createCipheriv, hkdfSync } from 'node:crypto';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { COVERED_BYTES, TAG_BYTES } from './record.ts';

/*
 * The journal of an encrypted disk holds no plain bytes. Each segment has a key of its own:
 * HKDF-SHA-256 of the domain's seal key with the segment's random salt. A record's nonce is its
 * sequence. A segment that could not be appended to is never appended to again, so no sequence
 * comes twice under a key. The head is additional authenticated data.
 */
const INFO = 'varve journal v1';
const NONCE_BYTES = 12;

export function segmentKey(keys: BlockKeys, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', keys.sealKey, salt, INFO, 32));
}

export function recordNonce(sequence: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeBigUInt64BE(BigInt(sequence), NONCE_BYTES - 8);
  return nonce;
}

/** The sealed bytes and their tag. */
export function sealRecord(key: Buffer, sequence: number, head: Buffer, plain: Uint8Array): Buffer[] {
  const cipher = createCipheriv('aes-256-gcm', key, recordNonce(sequence), { authTagLength: TAG_BYTES });
  cipher.setAAD(head.subarray(0, COVERED_BYTES));
  const sealed = cipher.update(plain);
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}
