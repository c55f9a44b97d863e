import { writeFile } from 'node:fs/promises';
import { packClusters } from '../../src/formats/qcow2/pack.ts';
import { CLUSTER_BYTES, type Write } from '../../src/formats/qcow2/refcounts.ts';
import { type NewImage, Qcow2Writer } from '../../src/formats/qcow2/writer.ts';

export interface Piece {
  /** Whole clusters. */
  readonly offset: number;
  readonly bytes: Buffer;
}

const GROUP_BYTES = 8 * CLUSTER_BYTES;

/** Writes contents as an export does, in groups of clusters. */
export async function writeQcow2(
  path: string,
  image: NewImage,
  pieces: readonly Piece[],
  { finish = true }: { readonly finish?: boolean } = {},
): Promise<Buffer> {
  const writer = new Qcow2Writer(image);
  const writes: Write[] = [];
  for (const { offset, bytes } of pieces) {
    for (let at = 0; at < bytes.length; at += GROUP_BYTES) {
      writes.push(addGroup(writer, image, offset + at, bytes.subarray(at, at + GROUP_BYTES)), ...writer.takeWrites());
    }
  }
  if (finish) writes.push(...writer.finish().writes);
  const file = Buffer.alloc(Math.max(...writes.map(({ at, bytes }) => at + bytes.length)));
  for (const { at, bytes } of writes) file.set(bytes, at);
  await writeFile(path, file);
  return file;
}

function addGroup(writer: Qcow2Writer, { compression }: NewImage, offset: number, bytes: Buffer): Write {
  const clusters = Math.ceil(bytes.length / CLUSTER_BYTES);
  const whole = Buffer.alloc(clusters * CLUSTER_BYTES);
  whole.set(bytes);
  const packed = compression === 'none' ? undefined : packClusters(whole, compression);
  if (!packed) return { at: writer.addClusters(offset, clusters), bytes: whole };
  const lengths = packed.map(({ length }) => length);
  return { at: writer.addPacked(offset, lengths), bytes: Buffer.concat(packed) };
}
