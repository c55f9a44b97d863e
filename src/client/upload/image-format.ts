import { readSync } from 'node:fs';
import { extname } from 'node:path';
import { ClientError } from '../errors.ts';
import type { FileSource } from './source.ts';

/** What a file can be instead of a raw image. */
export interface FileFormat {
  readonly name: string;
  /** Of file names, lower case. */
  readonly extensions: readonly string[];
  /** What makes a raw image of it. */
  readonly toRaw: (file: string, raw: string) => string;
  readonly fits: (edges: Edges) => boolean;
}

/** The beginning and the end of a file. */
interface Edges {
  readonly head: Buffer;
  readonly tail: Buffer;
}

const HEAD_BYTES = 1024;
const TAIL_BYTES = 512;

const begins =
  (...magics: readonly (string | readonly number[])[]) =>
  ({ head }: Edges) =>
    magics.some((magic) => startsWith(head, 0, magic));

const convert = (file: string, raw: string) => `qemu-img convert -O raw ${file} ${raw}`;
const unpack = (program: string) => (file: string, raw: string) => `${program} ${file} > ${raw}`;

/**
 * Magic numbers: qemu's docs/interop (qcow2, qed, parallels), "Virtual Disk Format 5.0" of VMware,
 * the specifications of VHD and VHDX by Microsoft, VirtualBox's VDICore.h; RFC 1952 (gzip), RFC
 * 8878 (zstd), the xz file format, bzip2.
 */
const FORMATS: readonly FileFormat[] = [
  // Version 1 is the older qcow.
  { name: 'qcow2', extensions: ['.qcow2', '.qcow'], toRaw: convert, fits: begins('QFI\xfb') },
  {
    name: 'VMDK',
    extensions: ['.vmdk'],
    toRaw: convert,
    fits: begins('KDMV', 'COWD', '# Disk DescriptorFile'),
  },
  // A fixed one has raw data first; versions of before 2004 end one byte earlier.
  {
    name: 'VHD',
    extensions: ['.vhd', '.vpc'],
    toRaw: convert,
    fits: ({ head, tail }) => [head, tail, tail.subarray(1)].some((at) => startsWith(at, 0, 'conectix')),
  },
  { name: 'VHDX', extensions: ['.vhdx', '.avhdx'], toRaw: convert, fits: begins('vhdxfile') },
  {
    name: 'VDI',
    extensions: ['.vdi'],
    toRaw: convert,
    fits: ({ head }) => startsWith(head, 64, [0x7f, 0x10, 0xda, 0xbe]),
  },
  { name: 'QED', extensions: ['.qed'], toRaw: convert, fits: begins('QED\0') },
  {
    name: 'Parallels',
    extensions: ['.hdd', '.hds'],
    toRaw: convert,
    fits: begins('WithoutFreeSpace', 'WithouFreSpacExt'),
  },
  { name: 'gzip', extensions: ['.gz'], toRaw: unpack('zcat'), fits: begins([0x1f, 0x8b, 8]) },
  { name: 'xz', extensions: ['.xz'], toRaw: unpack('xzcat'), fits: begins('\xfd7zXZ\0') },
  { name: 'zstd', extensions: ['.zst'], toRaw: unpack('zstdcat'), fits: begins([0x28, 0xb5, 0x2f, 0xfd]) },
  {
    name: 'bzip2',
    extensions: ['.bz2'],
    toRaw: unpack('bzcat'),
    fits: ({ head }) => startsWith(head, 0, 'BZh') && startsWith(head, 4, '1AY&SY'),
  },
];

/**
 * Throws if a regular file is, by its contents or its name, something else than a raw image (rule
 * 7.3). Contents alone decide nothing: a guest can write any header to its own disk, and an import
 * of the raw image of that must give the same bytes.
 */
export function refuseOtherFormat({ fd, path, sizeBytes, isRegular }: FileSource): void {
  if (!isRegular) return;
  const edges = {
    head: readAt(fd, 0, Math.min(HEAD_BYTES, sizeBytes)),
    tail: readAt(fd, Math.max(sizeBytes - TAIL_BYTES, 0), Math.min(TAIL_BYTES, sizeBytes)),
  };
  const inside = FORMATS.find(({ fits }) => fits(edges));
  const named = FORMATS.find(({ extensions }) => extensions.includes(extname(path).toLowerCase()));
  const meant = inside ?? named;
  if (meant === undefined) return;
  throw new ClientError('SourceFormat', messageOf(path, inside, named, meant), {
    path,
    contents: inside?.name ?? 'raw',
    named: named?.name ?? null,
  });
}

function messageOf(
  path: string,
  inside: FileFormat | undefined,
  named: FileFormat | undefined,
  meant: FileFormat,
): string {
  const toRaw = meant.toRaw(quoted(path), quoted(`${path}.raw`));
  if (inside !== undefined && inside === named) {
    return `${path} is a ${inside.name} file, which cannot be imported as it is. Make a raw image of it first (${toRaw}).`;
  }
  const contents = inside ? `begins or ends like a ${inside.name} file` : 'has the contents of no other image format';
  const name = named ? `its name says ${named.name}` : 'its name does not say so';
  return (
    `${path} ${contents}, but ${name}. ` +
    `If it is a raw image, say --format raw. If it is a ${meant.name} file, make a raw image of it first (${toRaw}).`
  );
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./+:@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function startsWith(bytes: Buffer, at: number, magic: string | readonly number[]): boolean {
  const wanted = typeof magic === 'string' ? Buffer.from(magic, 'latin1') : Buffer.from(magic);
  return bytes.subarray(at, at + wanted.length).equals(wanted);
}

function readAt(fd: number, position: number, length: number): Buffer {
  const into = Buffer.alloc(length);
  return into.subarray(0, readSync(fd, into, 0, length, position));
}
