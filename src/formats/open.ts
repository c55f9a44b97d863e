import type { DiskImage, ImageFormat, OpenSibling, StoredFile } from './image.ts';
import { openQcow2 } from './qcow2/open.ts';
import { openVhd } from './vhd/open.ts';
import { openVhdx } from './vhdx/open.ts';
import { openVmdk } from './vmdk/open.ts';

/**
 * Opens an image for reading. Throws `ImageUnsupported` or `ImageDamaged` with the reason, and what
 * the reads throw. Without `openSibling` an image must lie in one file.
 */
export function openImage(format: ImageFormat, file: StoredFile, openSibling?: OpenSibling): Promise<DiskImage> {
  switch (format) {
    case 'qcow2':
      return openQcow2(file);
    case 'vmdk':
      return openVmdk(file, openSibling);
    case 'vhd':
      return openVhd(file);
    case 'vhdx':
      return openVhdx(file);
  }
}
