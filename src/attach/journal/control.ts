import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ObjectId } from '../../engine/blocks/block.ts';
import { readNumber, writeNumber } from './record.ts';

/**
 * The first page of a segment, little-endian. It is there twice, at 0 and at 2048. Each change
 * writes the copy that is not the newest, so that one is always whole. A change takes no room on
 * the medium, so that a commit is possible when there is none.
 *
 *      0  4  magic "VJS1"
 *      4  1  flags: bit 0 the records are sealed
 *      5  3  0
 *      8  8  turn: the copy with the higher one counts
 *     16  16 salt of the segment's sealing key
 *     32  8  generation
 *     40  8  sequence of the first record
 *     48  8  fence under which it was begun
 *     56  8  size of the disk
 *     64  8  base version + 1: the disk's version that the records follow; 0 while an older
 *            generation is not committed
 *     72  8  intended version + 1: the version that the generation's commit expects; 0 before it is
 *            tried
 *     80  32 what that commit makes of the blocks, see digestOf
 *    112  1  length of the disk's id
 *    113  …  the disk's id, at most 128 bytes
 *    256  4  CRC-32 of the 256 bytes before
 */
export interface Control {
  readonly sealed: boolean;
  readonly salt: Buffer;
  readonly generation: number;
  readonly firstSequence: number;
  readonly fence: number;
  readonly sizeBytes: number;
  readonly baseVersion: number | undefined;
  readonly intent: Intent | undefined;
  readonly diskId: string;
}

export interface Intent {
  readonly version: number;
  readonly digest: Buffer;
}

/** Where the records begin. */
export const CONTROL_BYTES = 4096;
export const COPY_AT = [0, 2048] as const;
export const COPY_BYTES = 260;
export const SALT_BYTES = 16;
const MAGIC = 'VJS1';
const CRC_AT = 256;
const ID_AT = 113;
const ID_MOST = 128;

export function encodeControl(control: Control, turn: number): Buffer {
  const bytes = Buffer.alloc(COPY_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes[4] = control.sealed ? 1 : 0;
  writeNumber(bytes, turn, 8);
  control.salt.copy(bytes, 16);
  writeNumber(bytes, control.generation, 32);
  writeNumber(bytes, control.firstSequence, 40);
  writeNumber(bytes, control.fence, 48);
  writeNumber(bytes, control.sizeBytes, 56);
  writeNumber(bytes, control.baseVersion === undefined ? 0 : control.baseVersion + 1, 64);
  writeNumber(bytes, control.intent === undefined ? 0 : control.intent.version + 1, 72);
  control.intent?.digest.copy(bytes, 80);
  bytes[112] = Buffer.byteLength(control.diskId);
  bytes.write(control.diskId, ID_AT);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CRC_AT)), CRC_AT);
  return bytes;
}

/** The newest whole copy; undefined where there is none. */
export function parseControl(page: Buffer): { readonly control: Control; readonly turn: number } | undefined {
  const copies = COPY_AT.flatMap((at) => parseCopy(page.subarray(at, at + COPY_BYTES)) ?? []);
  return copies.sort((a, b) => b.turn - a.turn)[0];
}

function parseCopy(bytes: Buffer): { control: Control; turn: number } | undefined {
  if (bytes.length < COPY_BYTES || bytes.toString('latin1', 0, 4) !== MAGIC) return undefined;
  if (bytes.readUInt32LE(CRC_AT) !== crc32(bytes.subarray(0, CRC_AT))) return undefined;
  const [turn, generation, firstSequence, fence, sizeBytes, base, intended] = [8, 32, 40, 48, 56, 64, 72].map(
    (at) => readNumber(bytes, at) ?? 0,
  ) as [number, number, number, number, number, number, number];
  const idBytes = bytes[112] as number;
  if (idBytes > ID_MOST) return undefined;
  return {
    turn,
    control: {
      sealed: bytes[4] === 1,
      salt: Buffer.from(bytes.subarray(16, 16 + SALT_BYTES)),
      generation,
      firstSequence,
      fence,
      sizeBytes,
      baseVersion: base === 0 ? undefined : base - 1,
      intent: intended === 0 ? undefined : { version: intended - 1, digest: Buffer.from(bytes.subarray(80, 112)) },
      diskId: bytes.toString('utf8', ID_AT, ID_AT + idBytes),
    },
  };
}

/** A digest of what blocks hold, in ascending order of their indices; a hole has no id. */
export function digestOf(blocks: readonly { readonly index: number; readonly id: ObjectId | undefined }[]): Buffer {
  const digest = createHash('sha256');
  for (const { index, id } of blocks) digest.update(`${index} ${id ?? 'hole'}\n`);
  return digest.digest();
}
