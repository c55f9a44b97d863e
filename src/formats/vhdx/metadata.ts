import { sizeText } from '../../platform/size-text.ts';
import { damagedImage, requireDiskSize, unsupportedImage } from '../image-error.ts';
import { isPowerOfTwo, u64le } from '../numbers.ts';
import type { TablePages } from '../table-pages.ts';
import { guidAt } from './guid.ts';
import type { Region } from './header.ts';

/** [MS-VHDX] 2.6. */
export interface VhdxMetadata {
  readonly sizeBytes: number;
  readonly blockBytes: number;
  readonly sectorBytes: number;
}

const TABLE_BYTES = 64 * 1024;
const MOST_ITEMS = 2047;
const REQUIRED = 4;
const HAS_PARENT = 2;
const MIB = 1024 ** 2;

const FILE_PARAMETERS = 'caa16737-fa36-4d43-b3b6-33f0aa44e76b';
const DISK_SIZE = '2fa54224-cd1b-4876-b211-5dbed83bf4b8';
const SECTOR_SIZE = '8141bf1d-a96f-4709-ba47-f233a8faab5f';
/** Known, and not needed for reading. */
const OTHERS = [
  'cda348c7-445d-4471-9cc9-e9885251c556', // physical sector size
  'beca12ab-b2e6-4523-93ef-c309e000c746', // id of the disk
];
const PARENT_LOCATOR = 'a8d35f2d-b30b-454d-abf7-d3d84834ab0c';

export async function readMetadata(pages: TablePages, region: Region): Promise<VhdxMetadata> {
  const items = await readItems(pages, region);
  const itemBytes = async (id: string, length: number): Promise<Buffer> => {
    const item = items.get(id);
    if (item === undefined || item.bytes < length) throw damagedImage('vhdx', 'its metadata lack an item');
    return pages.bytes('an item of its metadata', item.at, length);
  };
  const parameters = await itemBytes(FILE_PARAMETERS, 8);
  if (parameters.readUInt32LE(4) & HAS_PARENT || items.has(PARENT_LOCATOR)) {
    throw unsupportedImage('vhdx', 'parent', 'holds only what differs from a parent disk');
  }
  const blockBytes = parameters.readUInt32LE(0);
  if (!isPowerOfTwo(blockBytes) || blockBytes < MIB || blockBytes > 256 * MIB) {
    throw damagedImage('vhdx', `blocks of ${sizeText(blockBytes)} cannot be`);
  }
  const sectorBytes = (await itemBytes(SECTOR_SIZE, 4)).readUInt32LE(0);
  if (sectorBytes !== 512 && sectorBytes !== 4096) {
    throw damagedImage('vhdx', `sectors of ${sizeText(sectorBytes)} cannot be`);
  }
  const sizeBytes = u64le(await itemBytes(DISK_SIZE, 8), 0);
  requireDiskSize('vhdx', sizeBytes);
  return { sizeBytes, blockBytes, sectorBytes };
}

async function readItems(pages: TablePages, region: Region): Promise<ReadonlyMap<string, Region>> {
  if (region.bytes < TABLE_BYTES) throw damagedImage('vhdx', 'its metadata are too short');
  const table = await pages.bytes('its metadata', region.at, TABLE_BYTES);
  const count = table.readUInt16LE(10);
  if (table.toString('latin1', 0, 8) !== 'metadata' || count > MOST_ITEMS) {
    throw damagedImage('vhdx', 'its metadata have no table');
  }
  const items = new Map<string, Region>();
  for (let entry = 32; entry < 32 + count * 32; entry += 32) {
    const id = guidAt(table, entry);
    const [offset, bytes] = [table.readUInt32LE(entry + 16), table.readUInt32LE(entry + 20)];
    if (offset + bytes > region.bytes) throw damagedImage('vhdx', 'an item lies beyond its metadata');
    const isKnown = [FILE_PARAMETERS, DISK_SIZE, SECTOR_SIZE, PARENT_LOCATOR, ...OTHERS].includes(id);
    if (!isKnown && table.readUInt32LE(entry + 24) & REQUIRED) {
      throw unsupportedImage('vhdx', 'metadata', 'has metadata that are needed and not known');
    }
    items.set(id, { at: region.at + offset, bytes });
  }
  return items;
}
