import { createHash } from 'node:crypto';
import { VarveError } from '../../platform/errors.ts';
import { MAX_LEVEL, type ObjectId, PAGE_FANOUT } from './block.ts';

/**
 * A page names up to 1024 children: blocks at level 0 (a leaf page), pages of the level below above
 * that. Holes have no entry, and a page without children does not exist.
 */
export interface Page {
  readonly level: number;
  /** Always {@link PAGE_FANOUT} slots. */
  readonly children: readonly (ObjectId | undefined)[];
}

// Byte layout (docs/format.md): magic, version, level, count (u16 LE), bitmap (LSB first), ids in
// slot order.
const MAGIC = Buffer.from('VRVP', 'latin1');
const VERSION = 1;
const BITMAP_AT = 8;
const BITMAP_BYTES = PAGE_FANOUT / 8;
const IDS_AT = BITMAP_AT + BITMAP_BYTES;
const ID_BYTES = 32;

export function encodePage(page: Page): Buffer {
  const count = page.children.reduce((sum, id) => sum + (id === undefined ? 0 : 1), 0);
  const bytes = Buffer.alloc(IDS_AT + count * ID_BYTES);
  MAGIC.copy(bytes, 0);
  bytes[4] = VERSION;
  bytes[5] = page.level;
  bytes.writeUInt16LE(count, 6);
  let at = IDS_AT;
  for (let slot = 0; slot < PAGE_FANOUT; slot++) {
    const id = page.children[slot];
    if (id === undefined) continue;
    const byteAt = BITMAP_AT + (slot >> 3);
    bytes[byteAt] = (bytes[byteAt] ?? 0) | (1 << (slot & 7));
    bytes.write(id, at, ID_BYTES, 'hex');
    at += ID_BYTES;
  }
  return bytes;
}

/** Every page has exactly one encoding, so equal contents have equal ids. */
export function pageId(encoded: Uint8Array): ObjectId {
  return createHash('sha256').update(encoded).digest('hex') as ObjectId;
}

/**
 * Throws `ObjectDamaged` unless the bytes have the form of a page. That they hash to `id` was
 * checked before.
 */
export function decodePage(bytes: Buffer, id: ObjectId): Page {
  if (bytes.length < IDS_AT || !bytes.subarray(0, 4).equals(MAGIC) || bytes[4] !== VERSION) throw damaged(id);
  const level = bytes[5] ?? 0;
  const count = bytes.readUInt16LE(6);
  if (level > MAX_LEVEL || count === 0 || bytes.length !== IDS_AT + count * ID_BYTES) throw damaged(id);
  const children = new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined);
  let at = IDS_AT;
  for (let byteAt = 0; byteAt < BITMAP_BYTES; byteAt++) {
    const bits = bytes[BITMAP_AT + byteAt] ?? 0;
    for (let bit = 0; bits >> bit !== 0; bit++) {
      if ((bits & (1 << bit)) === 0) continue;
      if (at === bytes.length) throw damaged(id);
      children[byteAt * 8 + bit] = bytes.toString('hex', at, at + ID_BYTES) as ObjectId;
      at += ID_BYTES;
    }
  }
  if (at !== bytes.length) throw damaged(id);
  return { level, children };
}

function damaged(id: ObjectId): VarveError {
  return new VarveError('ObjectDamaged', `object ${id} is not a page`, { objectId: id, reason: 'FORM' });
}
