import { sizeText } from '../../platform/size-text.ts';
import type { StoredFile } from '../image.ts';
import { damagedImage, requireDiskSize, unsupportedImage } from '../image-error.ts';
import { isPowerOfTwo, u64be } from '../numbers.ts';
import type { TablePages } from '../table-pages.ts';

/** "Virtual Hard Disk Image Format Specification" of Microsoft. */
export interface VhdFooter {
  readonly type: 'fixed' | 'dynamic';
  readonly sizeBytes: number;
  /** Where a fixed disk ends. */
  readonly at: number;
  /** Where the header of a dynamic disk is. */
  readonly headerAt: number;
}

export interface DynamicHeader {
  readonly blockBytes: number;
  readonly tableAt: number;
}

const MAGIC = 'conectix';
const FOOTER_BYTES = 512;
/** Of files from before 2004. */
const SHORT_FOOTER_BYTES = 511;
const HEADER_BYTES = 1024;
const FIXED = 2;
const DYNAMIC = 3;
const DIFFERENCING = 4;

/**
 * It ends the file. A dynamic disk has a copy at the beginning, which counts if the file has lost
 * its end. In a fixed disk the guest can put anything there, so the end is looked at first.
 */
export async function readFooter(file: StoredFile, pages: TablePages): Promise<VhdFooter> {
  let isThere = false;
  for (const at of [file.sizeBytes - FOOTER_BYTES, file.sizeBytes - SHORT_FOOTER_BYTES, 0]) {
    if (at < 0) continue;
    const bytes = Buffer.alloc(FOOTER_BYTES);
    bytes.set(await pages.bytes('its footer', at, Math.min(FOOTER_BYTES, file.sizeBytes - at)));
    if (bytes.toString('latin1', 0, 8) !== MAGIC) continue;
    isThere = true;
    const isCopy = at === 0 && bytes.readUInt32BE(60) !== FIXED;
    if ((at > 0 || isCopy) && checksum(bytes, 64) === bytes.readUInt32BE(64)) return parseFooter(bytes, at);
  }
  throw damagedImage('vhd', isThere ? 'the checksum of its footer is wrong' : 'it does not end with a footer');
}

function parseFooter(bytes: Buffer, at: number): VhdFooter {
  const type = bytes.readUInt32BE(60);
  if (type === DIFFERENCING) throw unsupportedImage('vhd', 'parent', 'holds only what differs from a parent disk');
  if (type !== FIXED && type !== DYNAMIC) throw unsupportedImage('vhd', 'type', `is of type ${type}`);
  const sizeBytes = u64be(bytes, 48);
  requireDiskSize('vhd', sizeBytes);
  return { type: type === FIXED ? 'fixed' : 'dynamic', sizeBytes, at, headerAt: u64be(bytes, 16) };
}

export async function readDynamicHeader(pages: TablePages, { headerAt, sizeBytes }: VhdFooter): Promise<DynamicHeader> {
  const bytes = await pages.bytes('its header', headerAt, HEADER_BYTES);
  if (bytes.toString('latin1', 0, 8) !== 'cxsparse') throw damagedImage('vhd', 'it has no header of a dynamic disk');
  if (checksum(bytes, 36) !== bytes.readUInt32BE(36)) throw damagedImage('vhd', 'the checksum of its header is wrong');
  const [tableAt, entries, blockBytes] = [u64be(bytes, 16), bytes.readUInt32BE(28), bytes.readUInt32BE(32)];
  if (!isPowerOfTwo(blockBytes) || blockBytes < FOOTER_BYTES) {
    throw damagedImage('vhd', `blocks of ${sizeText(blockBytes)} cannot be`);
  }
  const needed = Math.ceil(sizeBytes / blockBytes);
  if (entries < needed) throw damagedImage('vhd', `its table has ${entries} entries, ${needed} are needed`);
  pages.requireInside('its table', tableAt, needed * 4);
  return { blockBytes, tableAt };
}

/** The complement of the sum of all bytes but those of the checksum itself. */
function checksum(bytes: Buffer, own: number): number {
  let sum = 0;
  for (const [at, byte] of bytes.entries()) if (at < own || at >= own + 4) sum += byte;
  return ~sum >>> 0;
}
