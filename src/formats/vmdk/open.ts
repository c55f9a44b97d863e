import { ExtentList } from '../extent-list.ts';
import type { DiskImage, OpenSibling, StoredFile } from '../image.ts';
import { damagedImage, requireDiskSize, unsupportedImage } from '../image-error.ts';
import { TablePages } from '../table-pages.ts';
import { type ExtentLine, parseDescriptor } from './descriptor.ts';
import { flatPart, type Part, zeroPart } from './parts.ts';
import { SparsePart } from './sparse.ts';
import { readSparseHeader } from './sparse-header.ts';

/** 20 sectors are usual; a thousand lines of extents take 64 KiB. */
const MOST_DESCRIPTOR_BYTES = 64 * 1024;
const DESCRIPTOR = /^\s*# Disk DescriptorFile/;

/**
 * Opens a VMDK file for reading: one sparse file, a stream, or a descriptor with its extents in
 * other files, which `openSibling` decides about.
 */
export async function openVmdk(file: StoredFile, openSibling: OpenSibling | undefined): Promise<DiskImage> {
  const pages = new TablePages(file, 'vmdk');
  const magic = (await pages.bytes('its header', 0, 4)).toString('latin1');
  if (magic === 'COWD') throw unsupportedImage('vmdk', 'extent type', 'is an extent of VMware ESX');
  return magic === 'KDMV' ? openSingle(file, pages) : openDescribed(file, pages, openSibling);
}

async function openSingle(file: StoredFile, pages: TablePages): Promise<DiskImage> {
  const header = await readSparseHeader(file, pages);
  const { descriptorAt, descriptorBytes } = header;
  if (descriptorBytes > MOST_DESCRIPTOR_BYTES) throw damagedImage('vmdk', 'its descriptor is too long');
  const text = (await pages.bytes('its descriptor', descriptorAt, descriptorBytes)).toString('latin1');
  // Parts of a disk have room for a descriptor, and none.
  if (descriptorAt === 0 || !DESCRIPTOR.test(text)) {
    throw unsupportedImage('vmdk', 'part', 'is a part of a disk: the descriptor beside it has all of them');
  }
  parseDescriptor(text);
  if (header.sectors === 0) {
    throw unsupportedImage('vmdk', 'other files', 'has its data in other files');
  }
  return imageOf([file], [new SparsePart({ file, index: 0, pages }, header)]);
}

async function openDescribed(
  { sizeBytes }: StoredFile,
  pages: TablePages,
  openSibling: OpenSibling | undefined,
): Promise<DiskImage> {
  if (sizeBytes > MOST_DESCRIPTOR_BYTES) throw damagedImage('vmdk', 'its descriptor is too long');
  const text = (await pages.bytes('its descriptor', 0, sizeBytes)).toString('utf8');
  if (!DESCRIPTOR.test(text)) throw damagedImage('vmdk', 'it does not begin like one');
  const { extents } = parseDescriptor(text);
  if (extents.length === 0) throw damagedImage('vmdk', 'it describes no part of a disk');
  const files: StoredFile[] = [];
  const opened = new Map<string, number>();
  const parts: Part[] = [];
  for (const line of extents) {
    if (line.kind === 'ZERO') {
      parts.push(zeroPart(line));
      continue;
    }
    if (!openSibling) throw unsupportedImage('vmdk', 'other files', 'has its data in other files');
    const index = opened.get(line.name) ?? files.push(await openSibling(line.name)) - 1;
    opened.set(line.name, index);
    parts.push(await openPart(files[index] as StoredFile, index, line));
  }
  return imageOf(files, parts);
}

async function openPart(file: StoredFile, index: number, line: ExtentLine): Promise<Part> {
  if (line.kind === 'FLAT') return flatPart(file, index, line);
  const pages = new TablePages(file, 'vmdk');
  const header = await readSparseHeader(file, pages);
  if (header.sectors !== line.sectors) {
    throw damagedImage('vmdk', `${line.name} has ${header.sectors} sectors, ${line.sectors} are described`);
  }
  if (header.compression !== 'none') {
    throw unsupportedImage('vmdk', 'extent type', 'has a compressed part in another file');
  }
  return new SparsePart({ file, index, pages }, header);
}

function imageOf(files: readonly StoredFile[], parts: readonly Part[]): DiskImage {
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  requireDiskSize('vmdk', sizeBytes);
  return {
    format: 'vmdk',
    sizeBytes,
    files,
    extents: async (offset, length) => {
      const list = new ExtentList();
      let base = 0;
      for (const part of parts) {
        const [from, to] = [Math.max(offset, base), Math.min(offset + length, base + part.sizeBytes)];
        if (from < to) await part.add(list, { base, offset: from - base, length: to - from });
        base += part.sizeBytes;
      }
      return list.all();
    },
  };
}
