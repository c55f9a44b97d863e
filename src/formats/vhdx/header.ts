import { damagedImage, unsupportedImage } from '../image-error.ts';
import { u64le } from '../numbers.ts';
import type { TablePages } from '../table-pages.ts';
import { crc32c } from './crc32c.ts';
import { guidAt, NO_GUID } from './guid.ts';

/** [MS-VHDX] 2.2: two headers and two region tables, each in 64 KiB of its own. */
const HEADERS_AT = [64 * 1024, 128 * 1024];
const REGIONS_AT = [192 * 1024, 256 * 1024];
const HEADER_BYTES = 4096;
const REGIONS_BYTES = 64 * 1024;
const MOST_REGIONS = 2047;
const LOG_SECTOR_BYTES = 4096;
/** 1 MiB is usual. */
const MOST_LOG_BYTES = 64 * 1024 ** 2;

const BAT = '2dc27766-f623-4200-9d64-115e9bfd4a08';
const METADATA = '8b7ca206-4790-4b9a-b8fe-575f050f886e';

export interface Region {
  readonly at: number;
  readonly bytes: number;
}

export interface Regions {
  readonly bat: Region;
  readonly metadata: Region;
}

export async function readRegions(pages: TablePages): Promise<Regions> {
  await refuseOpenLog(pages, await currentHeader(pages));
  const table = await firstWhole(pages, REGIONS_AT, REGIONS_BYTES, 'regi');
  if (table === undefined) throw damagedImage('vhdx', 'neither of its region tables is whole');
  const count = table.readUInt32LE(8);
  if (count > MOST_REGIONS) throw damagedImage('vhdx', `it says that it has ${count} regions`);
  const found = new Map<string, Region>();
  for (let entry = 16; entry < 16 + count * 32; entry += 32) {
    const guid = guidAt(table, entry);
    const isKnown = guid === BAT || guid === METADATA;
    if (!isKnown && table.readUInt32LE(entry + 28) & 1) {
      throw unsupportedImage('vhdx', 'region', 'has a region that is needed and not known');
    }
    if (found.has(guid)) throw damagedImage('vhdx', 'it has a region twice');
    const region = { at: u64le(table, entry + 16), bytes: table.readUInt32LE(entry + 24) };
    if (isKnown) pages.requireInside('a region', region.at, region.bytes);
    found.set(guid, region);
  }
  const [bat, metadata] = [found.get(BAT), found.get(METADATA)];
  if (!bat || !metadata) throw damagedImage('vhdx', 'a region that it needs is missing');
  return { bat, metadata };
}

/** The one that was written last. */
async function currentHeader(pages: TablePages): Promise<Buffer> {
  const headers: Buffer[] = [];
  for (const at of HEADERS_AT) {
    const header = await firstWhole(pages, [at], HEADER_BYTES, 'head');
    if (header) headers.push(header);
  }
  const [one, other] = headers;
  if (one === undefined) throw damagedImage('vhdx', 'neither of its headers is whole');
  const current = other !== undefined && u64le(other, 8) > u64le(one, 8) ? other : one;
  const version = current.readUInt16LE(66);
  if (version !== 1) throw unsupportedImage('vhdx', 'version', `is of version ${version}`);
  return current;
}

async function firstWhole(
  pages: TablePages,
  places: readonly number[],
  length: number,
  magic: string,
): Promise<Buffer | undefined> {
  for (const at of places) {
    const bytes = await pages.bytes('its header', at, length);
    const stated = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(0, 4);
    if (bytes.toString('latin1', 0, 4) === magic && crc32c(bytes) === stated) return bytes;
  }
  return undefined;
}

/**
 * A log with entries of the present id may have to be replayed, which would be writing to the file.
 */
async function refuseOpenLog(pages: TablePages, header: Buffer): Promise<void> {
  const id = guidAt(header, 48);
  if (id === NO_GUID) return;
  const [length, at] = [header.readUInt32LE(68), u64le(header, 72)];
  pages.requireInside('its log', at, length);
  if (length > MOST_LOG_BYTES) throw openLog();
  for (let entry = 0; entry + LOG_SECTOR_BYTES <= length; entry += LOG_SECTOR_BYTES) {
    const head = await pages.bytes('its log', at + entry, 64);
    if (head.toString('latin1', 0, 4) === 'loge' && guidAt(head, 32) === id) throw openLog();
  }
}

function openLog() {
  return unsupportedImage('vhdx', 'open log', 'was not closed: its log holds changes that are not in place yet');
}
