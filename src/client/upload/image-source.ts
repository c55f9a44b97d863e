import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { DiskImage, ImageFormat, OpenSibling } from '../../formats/image.ts';
import { openImage } from '../../formats/open.ts';
import { VarveError } from '../../platform/errors.ts';
import { ClientError } from '../errors.ts';
import type { ImageFile } from '../threads/tasks.ts';
import { isSparse } from './holes.ts';
import type { FileSource } from './source.ts';
import { type SourceWatch, watchFile } from './source-watch.ts';
import { storedFile } from './stored-file.ts';

/** The disk in an image file. */
export interface SourceImage {
  readonly format: ImageFormat;
  readonly disk: DiskImage;
  /** The files of `disk.files`, for threads. */
  readonly files: readonly SparseFile[];
}

export interface SparseFile extends ImageFile {
  /** Whether looking for holes pays. */
  readonly sparse: boolean;
}

interface Sibling {
  readonly file: FileHandle;
  readonly stored: SparseFile;
  readonly watch: SourceWatch;
}

/**
 * The source as the disk that the image file `source` holds. It closes `source` as well. On a
 * failure `source` stays open.
 */
export async function openImageSource(source: FileSource, format: ImageFormat): Promise<FileSource> {
  const siblings: Sibling[] = [];
  const own: SparseFile = source;
  const closeSiblings = async () => {
    await Promise.all(siblings.map(({ file }) => file.close()));
  };
  const openSibling: OpenSibling = async (name) => {
    const sibling = await openBeside(source.path, name);
    siblings.push(sibling);
    return storedFile(sibling.stored);
  };
  try {
    const image = await openImage(format, storedFile(own), openSibling);
    const disk: DiskImage = {
      ...image,
      extents: (...range) =>
        image.extents(...range).catch((error: unknown) => {
          throw withPath(error, source.path);
        }),
    };
    if (disk.sizeBytes === 0) throw new ClientError('SourceUnusable', `The disk in ${source.path} is empty.`);
    const files = siblings.length === 0 ? [own] : siblings.map(({ stored }) => stored);
    const watches = [source.watch, ...siblings.map(({ watch }) => watch)];
    return {
      ...source,
      sizeBytes: disk.sizeBytes,
      sparse: false,
      image: { format, disk, files },
      watch: { changes: () => [...new Set(watches.flatMap((watch) => watch.changes()))] },
      close: async () => {
        await closeSiblings();
        await source.close();
      },
    };
  } catch (error) {
    await closeSiblings();
    throw withPath(error, source.path);
  }
}

/** Reasons of the codecs name no file. */
export function withPath(error: unknown, path: string): unknown {
  const isReason = error instanceof VarveError || (error instanceof ClientError && error.code === 'ImageDamaged');
  if (!isReason || 'path' in error.extra) return error;
  return new ClientError(error.code, `${path}: ${error.message}`, { path, ...error.extra }, error);
}

/**
 * Opens an extent of a VMDK disk. Anybody may have written the descriptor, so it cannot name any
 * file. It can name regular ones in its own folder, with its own name before a hyphen. So VMware
 * and qemu call them.
 */
async function openBeside(path: string, name: string): Promise<Sibling> {
  const stem = basename(path, extname(path));
  if (basename(name) !== name || !name.startsWith(`${stem}-`)) {
    const message = `${path} names ${JSON.stringify(name)} as a part of the disk. Parts must lie beside it and begin with ${JSON.stringify(`${stem}-`)}.`;
    throw new ClientError('ImageUnsupported', message, { path, format: 'vmdk', feature: 'other files', name });
  }
  const beside = join(dirname(path), name);
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const file = await open(beside, flags).catch((error: NodeJS.ErrnoException) => {
    const message = `${beside}, a part of ${path}, cannot be opened (${error.code}).`;
    throw new ClientError('SourceUnusable', message, { path: beside }, error);
  });
  const opened = await file.stat({ bigint: true });
  if (!opened.isFile()) {
    await file.close();
    throw new ClientError('SourceUnusable', `${beside}, a part of ${path}, is no file.`, { path: beside });
  }
  const sizeBytes = Number(opened.size);
  const stored = { fd: file.fd, sizeBytes, path: beside, sparse: isSparse(opened) };
  return { file, stored, watch: watchFile({ ...stored, opened }) };
}
