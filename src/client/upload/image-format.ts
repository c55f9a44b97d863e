import { readSync } from 'node:fs';
import { extname } from 'node:path';
import { FORMAT_NAMES, IMAGE_FORMATS } from '../../formats/image.ts';
import { type FileKind, HEAD_BYTES, kindOfContents, kindOfExtension, TAIL_BYTES } from '../../formats/recognise.ts';
import { ClientError } from '../errors.ts';
import type { FileSource } from './source.ts';

/** What a source can be said to be. */
export const SOURCE_FORMATS = ['raw', ...IMAGE_FORMATS] as const;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/**
 * What a source is to be taken for (rule 7.3). A regular file is what its contents and its name
 * say, if they agree; contents alone decide nothing. A guest can write any header to its own disk,
 * and an import of the raw image of that must give the same bytes. Devices are raw.
 */
export function chooseFormat(source: FileSource, said: SourceFormat | undefined): SourceFormat {
  const { path, isRegular } = source;
  if (!isRegular) {
    if (said === undefined || said === 'raw') return 'raw';
    const message = `${path} is a device, and devices are raw. Only files can be ${FORMAT_NAMES[said]} images.`;
    throw new ClientError('SourceFormat', message, { path, contents: 'raw', named: null });
  }
  if (said !== undefined) return said;
  const inside = kindOfContents(edgesOf(source));
  const named = kindOfExtension(extname(path));
  const meant = inside ?? named;
  if (meant === undefined) return 'raw';
  if (inside !== undefined && inside === named && inside.format !== undefined) return inside.format;
  const message = inside === named ? packedMessage(path, meant) : contradictionMessage(path, inside, named);
  throw new ClientError('SourceFormat', message, {
    path,
    contents: inside?.name ?? 'raw',
    named: named?.name ?? null,
  });
}

/** Whether the name of a file says that it is an image of another format than raw. */
export function isNamedForFormat(path: string): boolean {
  return kindOfExtension(extname(path))?.format !== undefined;
}

function packedMessage(path: string, { name, unpacker }: FileKind): string {
  return `${path} is a ${name} file, which cannot be imported as it is. Make a raw image of it first (${toRaw(path, unpacker)}).`;
}

function contradictionMessage(path: string, inside: FileKind | undefined, named: FileKind | undefined): string {
  const meant = (inside ?? named) as FileKind;
  const contents = inside ? `begins or ends like a ${inside.name} file` : 'has the contents of no other image format';
  const name = named ? `its name says ${named.name}` : 'its name does not say so';
  const choice = meant.format
    ? `say --format ${meant.format}`
    : `make a raw image of it first (${toRaw(path, meant.unpacker)})`;
  return (
    `${path} ${contents}, but ${name}. ` +
    `If it is a raw image, say --format raw. If it is a ${meant.name} file, ${choice}.`
  );
}

function toRaw(path: string, unpacker: string): string {
  const [file, raw] = [quoted(path), quoted(`${path}.raw`)];
  return unpacker === 'qemu-img' ? `qemu-img convert -O raw ${file} ${raw}` : `${unpacker} ${file} > ${raw}`;
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./+:@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function edgesOf({ fd, sizeBytes }: FileSource) {
  return {
    head: readAt(fd, 0, Math.min(HEAD_BYTES, sizeBytes)),
    tail: readAt(fd, Math.max(sizeBytes - TAIL_BYTES, 0), Math.min(TAIL_BYTES, sizeBytes)),
  };
}

function readAt(fd: number, position: number, length: number): Buffer {
  const into = Buffer.alloc(length);
  return into.subarray(0, readSync(fd, into, 0, length, position));
}
