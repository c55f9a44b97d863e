import { constants, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { sizeText } from '../platform/size-text.ts';
import { type ImageFormat, type PackedExtent, SECTOR_BYTES } from './image.ts';
import { damagedImage } from './image-error.ts';
import { u64le } from './numbers.ts';
import { zstdFrameBytes } from './zstd-frame.ts';

/**
 * Sector number of the grain (8), bytes of its compressed data (4): VMware, "Virtual Disk Format".
 */
const GRAIN_MARKER_BYTES = 12;
/** An output that is full would be followed by another one, to see if more comes. */
const SPARE_BYTES = 64;
/** 8 MiB, more than any cluster: what a frame may ask for in memory. */
const ZSTD_WINDOW_LOG = 23;

/**
 * The plain bytes of a compressed unit, from its beginning to the end of `extent` at least. Throws
 * `ImageDamaged` if they do not come out, or if more than a unit does. Synchronous: it is meant for
 * worker threads.
 */
export function unpackUnit(format: ImageFormat, stored: Buffer, extent: PackedExtent): Buffer {
  const { offset, length, unitOffset, at } = extent;
  try {
    const plain = unpack(stored, extent);
    if (unitOffset + plain.length < offset + length) throw new Error(`only ${plain.length} bytes come out`);
    return plain;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `the compressed data of offset ${sizeText(unitOffset)}, at ${sizeText(at)} of the file, cannot be read (${reason})`;
    throw damagedImage(format, what, { offsetBytes: at, diskOffsetBytes: unitOffset });
  }
}

function unpack(stored: Buffer, { compression, unitOffset, unitBytes }: PackedExtent): Buffer {
  const limits = { maxOutputLength: unitBytes, chunkSize: unitBytes + SPARE_BYTES };
  switch (compression) {
    case 'deflate':
      return inflateRawSync(stored, limits);
    case 'zlib':
      return inflateSync(stored, limits);
    case 'grain':
      return inflateSync(grainData(stored, unitOffset), limits);
    case 'zstd': {
      const length = zstdFrameBytes(stored);
      if (length === undefined) throw new Error('no whole zstd frame');
      const params = { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG };
      return zstdDecompressSync(stored.subarray(0, length), { ...limits, params });
    }
  }
}

function grainData(stored: Buffer, unitOffset: number): Buffer {
  if (stored.length < GRAIN_MARKER_BYTES) throw new Error('no grain marker');
  const place = u64le(stored, 0) * SECTOR_BYTES;
  if (place !== unitOffset) throw new Error(`the grain is of offset ${place}`);
  const end = GRAIN_MARKER_BYTES + stored.readUInt32LE(8);
  if (end > stored.length) throw new Error(`the grain is said to have ${stored.readUInt32LE(8)} bytes`);
  return stored.subarray(GRAIN_MARKER_BYTES, end);
}
