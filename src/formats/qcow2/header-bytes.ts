import { CLUSTER_BYTES } from './refcounts.ts';

/** How clusters of a new file are compressed. */
export const COMPRESSIONS = ['none', 'zlib', 'zstd'] as const;
export type WriterCompression = (typeof COMPRESSIONS)[number];
export type PackedCompression = Exclude<WriterCompression, 'none'>;

export interface NewHeader {
  readonly sizeBytes: number;
  readonly compression: WriterCompression;
  readonly level1At: number;
  readonly level1Entries: number;
  readonly refcountsAt: number;
  readonly refcountClusters: number;
}

const HEADER_BYTES = 112;
const OTHER_COMPRESSION = 8;
const ZSTD = 1;

/** The first cluster of a file of version 3: the header, and no extension. */
export function headerBytes(header: NewHeader): Buffer {
  const bytes = Buffer.alloc(CLUSTER_BYTES);
  bytes.write('QFI\xfb', 0, 'latin1');
  bytes.writeUInt32BE(3, 4);
  bytes.writeUInt32BE(Math.log2(CLUSTER_BYTES), 20);
  bytes.writeBigUInt64BE(BigInt(header.sizeBytes), 24);
  bytes.writeUInt32BE(header.level1Entries, 36);
  bytes.writeBigUInt64BE(BigInt(header.level1At), 40);
  bytes.writeBigUInt64BE(BigInt(header.refcountsAt), 48);
  bytes.writeUInt32BE(header.refcountClusters, 56);
  bytes.writeUInt32BE(header.compression === 'zstd' ? OTHER_COMPRESSION : 0, 76);
  bytes.writeUInt32BE(4, 96); // refcounts of 2^4 bits
  bytes.writeUInt32BE(HEADER_BYTES, 100);
  bytes[104] = header.compression === 'zstd' ? ZSTD : 0;
  return bytes;
}
