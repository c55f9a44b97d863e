import { constants, deflateRawSync, zstdCompressSync } from 'node:zlib';
import type { PackedCompression } from './header-bytes.ts';
import { CLUSTER_BYTES } from './refcounts.ts';

const NOTHING = Buffer.alloc(0);
const ZEROS = Buffer.alloc(CLUSTER_BYTES);
/** qemu gives its decompressor a window of 4 KiB, and refuses data that need more. */
const WINDOW_BITS = 12;
const ZSTD_LEVEL = 3;

/**
 * Clusters, each compressed by itself, or nothing for zeros. Undefined if that saves less than a
 * sixteenth: then they are better stored as they are. `plain` has whole clusters. Synchronous: it
 * is meant for worker threads.
 */
export function packClusters(plain: Buffer, compression: PackedCompression): Buffer[] | undefined {
  const packed: Buffer[] = [];
  for (let at = 0; at < plain.length; at += CLUSTER_BYTES) {
    const cluster = plain.subarray(at, at + CLUSTER_BYTES);
    packed.push(cluster.equals(ZEROS) ? NOTHING : packCluster(cluster, compression));
  }
  const packedBytes = packed.reduce((sum, { length }) => sum + length, 0);
  return packedBytes <= (plain.length / 16) * 15 ? packed : undefined;
}

function packCluster(cluster: Buffer, compression: PackedCompression): Buffer {
  if (compression === 'zlib') return deflateRawSync(cluster, { windowBits: WINDOW_BITS, memLevel: 9 });
  return zstdCompressSync(cluster, { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } });
}
