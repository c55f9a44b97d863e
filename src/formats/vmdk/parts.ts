import { sizeText } from '../../platform/size-text.ts';
import type { ExtentList } from '../extent-list.ts';
import { SECTOR_BYTES, type StoredFile } from '../image.ts';
import { damagedImage } from '../image-error.ts';
import type { ExtentLine } from './descriptor.ts';

/** A part of the disk, in a file of its own or in the image's only one. */
export interface Part {
  readonly sizeBytes: number;
  add(list: ExtentList, range: PartRange): Promise<void>;
}

/** `offset` is within the part, which begins at `base` on the disk. */
export interface PartRange {
  readonly base: number;
  readonly offset: number;
  readonly length: number;
}

/** Bytes of the disk as they are, from a sector of a file on. */
export function flatPart(file: StoredFile, index: number, { sectors, startSector, name }: ExtentLine): Part {
  const [start, sizeBytes] = [startSector * SECTOR_BYTES, sectors * SECTOR_BYTES];
  if (start + sizeBytes > file.sizeBytes) {
    throw damagedImage('vmdk', `${name} has ${sizeText(file.sizeBytes)}, ${sizeText(start + sizeBytes)} are needed`, {
      name,
    });
  }
  return {
    sizeBytes,
    add: async (list, { base, offset, length }) =>
      list.add({ kind: 'data', file: index, at: start + offset, offset: base + offset, length }),
  };
}

export function zeroPart({ sectors }: ExtentLine): Part {
  return {
    sizeBytes: sectors * SECTOR_BYTES,
    add: async (list, { base, offset, length }) => list.zero(base + offset, length),
  };
}
