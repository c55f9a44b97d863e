import { SECTOR_BYTES, type StoredFile } from '../image.ts';
import { damagedImage, requireDiskSize, unsupportedImage } from '../image-error.ts';
import { isPowerOfTwo, u64le } from '../numbers.ts';
import type { TablePages } from '../table-pages.ts';

/** Of a hosted sparse extent: VMware, "Virtual Disk Format 5.0". */
export interface SparseHeader {
  readonly sectors: number;
  readonly grainSectors: number;
  readonly tableEntries: number;
  readonly directoryAt: number;
  readonly descriptorAt: number;
  readonly descriptorBytes: number;
  readonly compression: 'none' | 'zlib' | 'grain';
  /** Whether entry 1 of a table stands for zeros. */
  readonly zeroGrains: boolean;
}

const MAGIC = 'KDMV';
const DIRECTORY_AT_END = 2 ** 64;
/** The footer's marker, the footer, and the marker of the stream's end. */
const FOOTER_BYTES = 3 * SECTOR_BYTES;
const FOOTER_MARKER = 3;
/** As qemu: 1 GiB. */
const MOST_GRAIN_SECTORS = 0x20_0000;
/** Of what is decompressed as a whole: 16 MiB; 64 KiB is usual. */
const MOST_PACKED_SECTORS = 0x8000;
const MOST_TABLE_ENTRIES = 512;

const HAS_NEWLINES = 1;
const HAS_ZERO_GRAINS = 4;
const IS_COMPRESSED = 0x1_0000;
const HAS_MARKERS = 0x2_0000;

export async function readSparseHeader(file: StoredFile, pages: TablePages): Promise<SparseHeader> {
  const first = await pages.bytes('its header', 0, SECTOR_BYTES);
  const bytes = u64le(first, 56) >= DIRECTORY_AT_END ? await readFooter(file, pages) : first;
  const version = bytes.readUInt32LE(4);
  if (bytes.toString('latin1', 0, 4) !== MAGIC) throw damagedImage('vmdk', 'it does not begin like one');
  if (version < 1 || version > 3) throw unsupportedImage('vmdk', 'version', `is of version ${version}`);
  const flags = bytes.readUInt32LE(8);
  if (flags & HAS_NEWLINES && bytes.toString('latin1', 73, 77) !== '\n \r\n') {
    throw damagedImage('vmdk', 'it was transferred as text, which changes line ends');
  }
  const header: SparseHeader = {
    sectors: u64le(bytes, 12),
    grainSectors: u64le(bytes, 20),
    tableEntries: bytes.readUInt32LE(44),
    directoryAt: u64le(bytes, 56) * SECTOR_BYTES,
    descriptorAt: u64le(bytes, 28) * SECTOR_BYTES,
    descriptorBytes: u64le(bytes, 36) * SECTOR_BYTES,
    compression: compressionOf(flags, bytes.readUInt16LE(77)),
    zeroGrains: (flags & HAS_ZERO_GRAINS) !== 0,
  };
  requireConsistent(header, pages);
  return header;
}

/** A stream names its directory only once it is written. */
async function readFooter({ sizeBytes }: StoredFile, pages: TablePages): Promise<Buffer> {
  const at = sizeBytes - (sizeBytes % SECTOR_BYTES) - FOOTER_BYTES;
  const footer = await pages.bytes('its footer', at, FOOTER_BYTES);
  const [marker, end] = [footer.subarray(0, 16), footer.subarray(2 * SECTOR_BYTES, 2 * SECTOR_BYTES + 16)];
  const isFooter = marker.readUInt32LE(8) === 0 && marker.readUInt32LE(12) === FOOTER_MARKER;
  if (!isFooter || !end.equals(Buffer.alloc(16))) throw damagedImage('vmdk', 'it ends without its footer');
  return footer.subarray(SECTOR_BYTES, 2 * SECTOR_BYTES);
}

function compressionOf(flags: number, algorithm: number): SparseHeader['compression'] {
  if ((flags & IS_COMPRESSED) === 0 && algorithm === 0) return 'none';
  if (algorithm === 1) return flags & HAS_MARKERS ? 'grain' : 'zlib';
  throw unsupportedImage('vmdk', 'compression type', `is compressed in a way that is not known (${algorithm})`);
}

function requireConsistent(header: SparseHeader, pages: TablePages): void {
  const { sectors, grainSectors, tableEntries, directoryAt, compression } = header;
  const mostSectors = compression === 'none' ? MOST_GRAIN_SECTORS : MOST_PACKED_SECTORS;
  if (!isPowerOfTwo(grainSectors) || grainSectors > mostSectors) {
    throw damagedImage('vmdk', `grains of ${grainSectors} sectors cannot be`);
  }
  if (tableEntries < 1 || tableEntries > MOST_TABLE_ENTRIES) {
    throw damagedImage('vmdk', `tables of ${tableEntries} entries cannot be`);
  }
  requireDiskSize('vmdk', sectors * SECTOR_BYTES);
  const tables = Math.ceil(sectors / (grainSectors * tableEntries));
  pages.requireInside('its grain directory', directoryAt, tables * 4);
}
