import type { ExtentList } from '../extent-list.ts';
import type { ClusterPart, Qcow2Reader } from './open.ts';

const SUBCLUSTERS = 32;
/** Bits of the first half of an entry that mean nothing with subclusters, also the zero flag. */
const RESERVED_LOW = 0x1ff;
const RESERVED_HIGH = 0x3f00_0000;

/**
 * Adds a cluster by its 32 parts. `bitmap`: its upper half says which read as zeros, the lower one
 * which have data.
 */
export function addSubclusters(
  reader: Qcow2Reader,
  list: ExtentList,
  { high, low, offset, length }: ClusterPart,
  bitmap: Buffer,
): void {
  const [zeros, allocated] = [bitmap.readUInt32BE(0), bitmap.readUInt32BE(4)];
  const cluster = reader.clusterOffset(high, low, offset);
  const isWrong = high & RESERVED_HIGH || low & RESERVED_LOW || zeros & allocated;
  if (isWrong || (cluster === 0 && allocated !== 0)) throw reader.reserved('level 2', offset);
  const clusterBytes = 2 ** reader.header.clusterBits;
  const partBytes = clusterBytes / SUBCLUSTERS;
  for (let at = offset; at < offset + length; ) {
    const stop = Math.min(at - (at % partBytes) + partBytes, offset + length);
    const part = Math.floor((at % clusterBytes) / partBytes);
    if ((allocated >>> part) & 1) reader.addData(list, cluster, at, stop - at);
    else list.zero(at, stop - at);
    at = stop;
  }
}
