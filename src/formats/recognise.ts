import type { ImageFormat } from './image.ts';

/** What a file can be instead of a raw image. */
export interface FileKind {
  readonly name: string;
  /** Of those that can be read. */
  readonly format?: ImageFormat;
  /** Of file names, lower case. */
  readonly extensions: readonly string[];
  /** The program that makes a raw image of it. */
  readonly unpacker: string;
}

/** The beginning and the end of a file. */
export interface Edges {
  readonly head: Buffer;
  readonly tail: Buffer;
}

export const HEAD_BYTES = 1024;
export const TAIL_BYTES = 512;

type Magic = (edges: Edges) => boolean;

const begins =
  (...magics: readonly (string | readonly number[])[]): Magic =>
  ({ head }) =>
    magics.some((magic) => startsWith(head, 0, magic));

const QEMU = 'qemu-img';

/**
 * Magic numbers: qemu's docs/interop (qcow2, qed, parallels), "Virtual Disk Format 5.0" of VMware,
 * the specifications of VHD and VHDX by Microsoft, VirtualBox's VDICore.h; RFC 1952 (gzip), RFC
 * 8878 (zstd), the xz file format, bzip2.
 */
const KINDS: readonly (FileKind & { readonly fits: Magic })[] = [
  // Version 1 is the older qcow.
  { name: 'qcow2', format: 'qcow2', extensions: ['.qcow2', '.qcow'], unpacker: QEMU, fits: begins('QFI\xfb') },
  {
    name: 'VMDK',
    format: 'vmdk',
    extensions: ['.vmdk'],
    unpacker: QEMU,
    fits: begins('KDMV', 'COWD', '# Disk DescriptorFile'),
  },
  // A fixed one has raw data first; versions of before 2004 end one byte earlier.
  {
    name: 'VHD',
    format: 'vhd',
    extensions: ['.vhd', '.vpc'],
    unpacker: QEMU,
    fits: ({ head, tail }) => [head, tail, tail.subarray(1)].some((at) => startsWith(at, 0, 'conectix')),
  },
  { name: 'VHDX', format: 'vhdx', extensions: ['.vhdx', '.avhdx'], unpacker: QEMU, fits: begins('vhdxfile') },
  {
    name: 'VDI',
    extensions: ['.vdi'],
    unpacker: QEMU,
    fits: ({ head }) => startsWith(head, 64, [0x7f, 0x10, 0xda, 0xbe]),
  },
  { name: 'QED', extensions: ['.qed'], unpacker: QEMU, fits: begins('QED\0') },
  {
    name: 'Parallels',
    extensions: ['.hdd', '.hds'],
    unpacker: QEMU,
    fits: begins('WithoutFreeSpace', 'WithouFreSpacExt'),
  },
  { name: 'gzip', extensions: ['.gz'], unpacker: 'zcat', fits: begins([0x1f, 0x8b, 8]) },
  { name: 'xz', extensions: ['.xz'], unpacker: 'xzcat', fits: begins('\xfd7zXZ\0') },
  { name: 'zstd', extensions: ['.zst'], unpacker: 'zstdcat', fits: begins([0x28, 0xb5, 0x2f, 0xfd]) },
  {
    name: 'bzip2',
    extensions: ['.bz2'],
    unpacker: 'bzcat',
    fits: ({ head }) => startsWith(head, 0, 'BZh') && startsWith(head, 4, '1AY&SY'),
  },
];

/** What a file is by its contents; undefined for what looks like nothing but a raw image. */
export function kindOfContents(edges: Edges): FileKind | undefined {
  return KINDS.find(({ fits }) => fits(edges));
}

/** What a file is by the extension of its name (`.qcow2`). */
export function kindOfExtension(extension: string): FileKind | undefined {
  return KINDS.find(({ extensions }) => extensions.includes(extension.toLowerCase()));
}

function startsWith(bytes: Buffer, at: number, magic: string | readonly number[]): boolean {
  const wanted = typeof magic === 'string' ? Buffer.from(magic, 'latin1') : Buffer.from(magic);
  return bytes.subarray(at, at + wanted.length).equals(wanted);
}
