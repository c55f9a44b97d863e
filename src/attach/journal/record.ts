import { crc32 } from 'node:zlib';

/**
 * A record of the journal, little-endian:
 *
 *      0  4  magic "VJR1"
 *      4  1  kind: 1 data, 2 zeros
 *      5  1  flags: bit 0 sealed
 *      6  2  0
 *      8  8  sequence: 1 for the journal's first record, then one more each
 *     16  8  offset on the disk
 *     24  8  length in plain bytes
 *     32  8  durable: all records up to this sequence were known to be on the medium when this
 *            one was written
 *     40  4  CRC-32 of the 40 bytes before and of the payload
 *     44  4  0
 *     48  …  data: the bytes, which lie within one block; sealed: AES-256-GCM of them and its tag
 *            of 16 bytes
 */
export interface RecordHead {
  readonly kind: 'DATA' | 'ZEROS';
  readonly sealed: boolean;
  readonly sequence: number;
  readonly offset: number;
  readonly length: number;
  readonly durable: number;
}

export const HEAD_BYTES = 48;
/** What the checksum covers of the head, and what seals are bound to. */
export const COVERED_BYTES = 40;
export const TAG_BYTES = 16;
export const RECORD_MAGIC = Buffer.from('VJR1', 'latin1');

/** Bytes of the payload as it lies in the file. */
export function payloadBytes({ kind, sealed, length }: Pick<RecordHead, 'kind' | 'sealed' | 'length'>): number {
  if (kind === 'ZEROS') return 0;
  return length + (sealed ? TAG_BYTES : 0);
}

/** The head without its checksum, which {@link finishHead} adds: a seal is bound to the former. */
export function encodeHead({ kind, sealed, sequence, offset, length, durable }: RecordHead): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  RECORD_MAGIC.copy(head);
  head[4] = kind === 'DATA' ? 1 : 2;
  head[5] = sealed ? 1 : 0;
  writeNumber(head, sequence, 8);
  writeNumber(head, offset, 16);
  writeNumber(head, length, 24);
  writeNumber(head, durable, 32);
  return head;
}

export function finishHead(head: Buffer, payload: readonly Uint8Array[]): void {
  head.writeUInt32LE(checksum(head, payload), COVERED_BYTES);
}

/**
 * Undefined unless these can be a record's first bytes. Whether the record is whole, see {@link
 * isWhole}.
 */
export function parseHead(head: Buffer): RecordHead | undefined {
  if (head.length < HEAD_BYTES || !head.subarray(0, 4).equals(RECORD_MAGIC)) return undefined;
  const [kind, flags] = [head[4], head[5] as number];
  if ((kind !== 1 && kind !== 2) || flags > 1 || head.readUInt16LE(6) !== 0 || head.readUInt32LE(44) !== 0)
    return undefined;
  const [sequence, offset, length, durable] = [8, 16, 24, 32].map((at) => readNumber(head, at));
  if (sequence === undefined || offset === undefined || length === undefined || durable === undefined) return undefined;
  return { kind: kind === 1 ? 'DATA' : 'ZEROS', sealed: flags === 1, sequence, offset, length, durable };
}

export function isWhole(head: Buffer, payload: Uint8Array): boolean {
  return head.readUInt32LE(COVERED_BYTES) === checksum(head, [payload]);
}

function checksum(head: Buffer, payload: readonly Uint8Array[]): number {
  return payload.reduce((sum, bytes) => crc32(bytes, sum), crc32(head.subarray(0, COVERED_BYTES)));
}

export function writeNumber(bytes: Buffer, value: number, at: number): void {
  bytes.writeBigInt64LE(BigInt(value), at);
}

/** Undefined where the number is negative or none that JavaScript holds exactly. */
export function readNumber(bytes: Buffer, at: number): number | undefined {
  const value = Number(bytes.readBigInt64LE(at));
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
