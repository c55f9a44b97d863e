import { sizeText } from '../../platform/size-text.ts';
import type { StoredFile } from '../image.ts';
import { damagedImage, requireDiskSize, unsupportedImage } from '../image-error.ts';
import { u64be } from '../numbers.ts';
import type { TablePages } from '../table-pages.ts';

/** What reading needs to know of the file. Layout: docs/interop/qcow2 of qemu. */
export interface Qcow2Header {
  readonly version: number;
  readonly sizeBytes: number;
  readonly clusterBits: number;
  readonly l1Offset: number;
  readonly l1Entries: number;
  readonly compression: 'deflate' | 'zstd';
  /** Whether entries of level 2 say for each 32nd of a cluster what it is. */
  readonly subclusters: boolean;
}

const HEADER_BYTES = 112;
const V2_BYTES = 72;
const V3_BYTES = 104;
/** As qemu: 32 MiB of level 1. */
const MOST_L1_ENTRIES = 4 * 1024 ** 2;

/** Bits of the incompatible features. */
const DIRTY = 1; // of refcounts alone; what is read does not depend on them
const CORRUPT = 2;
const EXTERNAL_DATA = 4;
const OTHER_COMPRESSION = 8;
const EXTENDED_L2 = 16;
const KNOWN = DIRTY | CORRUPT | EXTERNAL_DATA | OTHER_COMPRESSION | EXTENDED_L2;

export async function readQcow2Header(file: StoredFile, pages: TablePages): Promise<Qcow2Header> {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.set(await pages.bytes('its header', 0, Math.min(HEADER_BYTES, file.sizeBytes)));
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'QFI\xfb') throw damagedImage('qcow2', 'it does not begin like one');
  if (version === 1) throw unsupportedImage('qcow2', 'version', 'is of version 1 (qcow)');
  if (version !== 2 && version !== 3) throw unsupportedImage('qcow2', 'version', `is of version ${version}`);
  pages.requireInside('its header', 0, version === 2 ? V2_BYTES : V3_BYTES);
  refuseOthers(bytes);
  const features = version === 2 ? 0 : featuresOf(bytes);
  const header: Qcow2Header = {
    version,
    sizeBytes: u64be(bytes, 24),
    clusterBits: bytes.readUInt32BE(20),
    l1Entries: bytes.readUInt32BE(36),
    l1Offset: u64be(bytes, 40),
    compression: compressionOf(bytes, features),
    subclusters: (features & EXTENDED_L2) !== 0,
  };
  requireConsistent(header, pages);
  return header;
}

/** Bytes of the disk that one table of level 2 covers. */
export function tableReach({ clusterBits, subclusters }: Qcow2Header): number {
  return 2 ** (clusterBits - (subclusters ? 4 : 3)) * 2 ** clusterBits;
}

function refuseOthers(bytes: Buffer): void {
  if (u64be(bytes, 8) !== 0) {
    throw unsupportedImage('qcow2', 'backing file', 'holds only what differs from a backing file');
  }
  const encryption = bytes.readUInt32BE(32);
  if (encryption !== 0) throw unsupportedImage('qcow2', 'encryption', 'is encrypted');
}

function featuresOf(bytes: Buffer): number {
  const [high, low] = [bytes.readUInt32BE(72), bytes.readUInt32BE(76)];
  if (high !== 0 || (low & ~KNOWN) !== 0) {
    const bits = ((BigInt(high) << 32n) | BigInt(low)).toString(16);
    throw unsupportedImage('qcow2', 'incompatible features', `has features that are not known (0x${bits})`);
  }
  if (low & CORRUPT) throw damagedImage('qcow2', 'it is marked as corrupt');
  if (low & EXTERNAL_DATA) {
    throw unsupportedImage('qcow2', 'external data file', 'has its data in another file');
  }
  const length = bytes.readUInt32BE(100);
  if (length < V3_BYTES || length % 8 !== 0) throw damagedImage('qcow2', `its header says that it has ${length} bytes`);
  return low;
}

function compressionOf(bytes: Buffer, features: number): Qcow2Header['compression'] {
  const type = bytes.readUInt32BE(4) === 3 && bytes.readUInt32BE(100) > V3_BYTES ? bytes[104] : 0;
  if ((type !== 0) !== ((features & OTHER_COMPRESSION) !== 0)) {
    throw damagedImage('qcow2', 'its header contradicts itself about the compression');
  }
  if (type === 0) return 'deflate';
  if (type === 1) return 'zstd';
  throw unsupportedImage('qcow2', 'compression type', `is compressed in a way that is not known (${type})`);
}

function requireConsistent(header: Qcow2Header, pages: TablePages): void {
  const { clusterBits, sizeBytes, l1Entries, l1Offset, subclusters } = header;
  if (clusterBits < (subclusters ? 14 : 9) || clusterBits > 21) {
    throw damagedImage('qcow2', `clusters of 2^${clusterBits} bytes cannot be`);
  }
  requireDiskSize('qcow2', sizeBytes);
  if (l1Entries > MOST_L1_ENTRIES || l1Entries < Math.ceil(sizeBytes / tableReach(header))) {
    throw damagedImage('qcow2', `a disk of ${sizeText(sizeBytes)} cannot have ${l1Entries} entries of level 1`);
  }
  if (l1Offset % 2 ** clusterBits !== 0) throw damagedImage('qcow2', 'its level 1 begins within a cluster');
  pages.requireInside('its level 1', l1Offset, l1Entries * 8);
}
