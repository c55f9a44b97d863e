import { extname } from 'node:path';
import { MAX_DISK_BYTES } from '../../engine/blocks/block.ts';
import type { Extent, ImageFormat, StoredFile } from '../../formats/image.ts';
import { openImage } from '../../formats/open.ts';
import { readRange } from '../../formats/read-range.ts';
import { HEAD_BYTES, kindOfContents, kindOfExtension, TAIL_BYTES } from '../../formats/recognise.ts';
import type { ImageSourceFormat } from '../../generated/schema.ts';
import { VarveError } from '../../platform/errors.ts';

/** A disk in a file. */
export interface SourceImage {
  readonly sizeBytes: number;
  /** What a range within the disk consists of. Memory grows with the range. */
  extents(offset: number, length: number): Promise<readonly Extent[]>;
  /** The bytes of a range within the disk. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

type OtherFormat = Exclude<ImageSourceFormat, 'RAW'>;
const READERS: Readonly<Record<OtherFormat, ImageFormat>> = { QCOW2: 'qcow2', VMDK: 'vmdk', VHD: 'vhd', VHDX: 'vhdx' };
const FORMATS = Object.keys(READERS) as OtherFormat[];

/**
 * Throws `ImageDamaged` and `ImageUnsupported`, for backing files too: without siblings, an image
 * lies in its one file.
 */
export async function openSourceImage(file: StoredFile, format: ImageSourceFormat): Promise<SourceImage> {
  const image = format === 'RAW' ? rawImage(file) : await packedImage(file, READERS[format]);
  const { sizeBytes } = image;
  if (sizeBytes === 0) throw new VarveError('ImageDamaged', 'The file holds no bytes of a disk.');
  if (sizeBytes <= MAX_DISK_BYTES) return image;
  const extra = { format: format.toLowerCase(), feature: 'size' };
  throw new VarveError('ImageUnsupported', `The file is of a disk of ${sizeBytes} bytes, more than 64 TiB.`, extra);
}

const rawImage = (file: StoredFile): SourceImage => ({
  sizeBytes: file.sizeBytes,
  extents: async (offset, length) => [{ kind: 'data', file: 0, at: offset, offset, length }],
  read: file.read,
});

async function packedImage(file: StoredFile, format: ImageFormat): Promise<SourceImage> {
  const disk = await openImage(format, file);
  return {
    sizeBytes: disk.sizeBytes,
    extents: (offset, length) => disk.extents(offset, length),
    read: (offset, length) => readRange(disk, offset, length),
  };
}

/**
 * Rule 7.3: what a file is, if its contents and its name agree. A guest can write any header to its
 * own disk, and the raw image of that must stay what it is.
 */
export async function recogniseFormat(file: StoredFile, key: string): Promise<ImageSourceFormat> {
  const { sizeBytes } = file;
  const head = asBuffer(await file.read(0, Math.min(HEAD_BYTES, sizeBytes)));
  const tail = asBuffer(await file.read(Math.max(sizeBytes - TAIL_BYTES, 0), Math.min(TAIL_BYTES, sizeBytes)));
  const inside = kindOfContents({ head, tail });
  const named = kindOfExtension(extname(key));
  if (inside === undefined && named === undefined) return 'RAW';
  if (inside === named) {
    const known = FORMATS.find((format) => READERS[format] === inside?.format);
    if (known !== undefined) return known;
  }
  const contents = inside === undefined ? 'has the contents of no format of images' : `looks like ${inside.name}`;
  const name = named === undefined ? 'its name says no format' : `its name says ${named.name}`;
  const extra = { contents: inside?.name ?? 'raw', named: named?.name ?? null };
  const message = `The file ${key} ${contents}, and ${name}: say which format it is, or unpack it first.`;
  throw new VarveError('ImportFormatUnclear', message, extra);
}

const asBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);
