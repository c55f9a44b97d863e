/** The formats that can be read. `raw` is none: its bytes are the disk's. */
export const IMAGE_FORMATS = ['qcow2', 'vmdk', 'vhd', 'vhdx'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** What people call them. */
export const FORMAT_NAMES: Readonly<Record<ImageFormat, string>> = {
  qcow2: 'qcow2',
  vmdk: 'VMDK',
  vhd: 'VHD',
  vhdx: 'VHDX',
};

/** Gives exactly `length` bytes, or throws. It is asked only for what lies within the file. */
export type PositionedRead = (offset: number, length: number) => Promise<Uint8Array>;

/** A file that an image, or a part of one, lies in. */
export interface StoredFile {
  readonly read: PositionedRead;
  readonly sizeBytes: number;
}

/**
 * Opens another file that an image consists of, by its plain name. It decides whether it may, and
 * throws if not.
 */
export type OpenSibling = (name: string) => Promise<StoredFile>;

export type Compression = 'deflate' | 'zlib' | 'zstd' | 'grain';

/** A range of the disk, and where its bytes are. */
export type Extent = ZeroExtent | DataExtent | PackedExtent;

interface Range {
  /** On the disk. */
  readonly offset: number;
  readonly length: number;
}

export interface ZeroExtent extends Range {
  readonly kind: 'zero';
}

/** The bytes as they are. */
export interface DataExtent extends Range {
  readonly kind: 'data';
  /** Its place in {@link DiskImage.files}. */
  readonly file: number;
  readonly at: number;
}

/** Within a unit that is compressed as a whole: a cluster of qcow2, a grain of VMDK. */
export interface PackedExtent extends Range {
  readonly kind: 'packed';
  readonly file: number;
  readonly at: number;
  /** At most: behind the compressed bytes there may be others. */
  readonly storedBytes: number;
  readonly compression: Compression;
  /** Where on the disk the unit begins, and its bytes. No more may come out. */
  readonly unitOffset: number;
  readonly unitBytes: number;
}

/** A disk in an image file. */
export interface DiskImage {
  readonly format: ImageFormat;
  /** Of the disk. */
  readonly sizeBytes: number;
  /** Files that extents refer to. */
  readonly files: readonly StoredFile[];
  /**
   * What a range within the disk consists of: in order, without gaps. Memory grows with the range,
   * so callers bound it.
   */
  extents(offset: number, length: number): Promise<readonly Extent[]>;
}

export const SECTOR_BYTES = 512;
/** A disk of Varve cannot be larger, and nothing beyond it is an exact number here. */
export const MOST_DISK_BYTES = 64 * 1024 ** 4;
