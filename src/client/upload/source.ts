import { createHash } from 'node:crypto';
import { type BigIntStats, constants, fstatSync } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Readable } from 'node:stream';
import type { ExpectedContents } from '../download/proved-pages.ts';
import { ClientError } from '../errors.ts';
import { deviceBytes } from '../host/device-bytes.ts';
import { usesOfDevice } from '../host/device-use.ts';
import { deviceNumber, type HostView, hostView } from '../host/view.ts';
import { isSparse } from './holes.ts';
import type { SourceImage } from './image-source.ts';
import { type SourceWatch, watchFile } from './source-watch.ts';

/** Where an image comes from. */
export type Source = FileSource | StreamSource | SnapshotSource;

/** A regular file or a block device: can be read anywhere, as often as needed. */
export interface FileSource {
  readonly kind: 'file';
  /** False for a block device. */
  readonly isRegular: boolean;
  readonly path: string;
  readonly fd: number;
  /** Of the disk, if it is an image file. */
  readonly sizeBytes: number;
  /** Set if the file is an image of another format than raw. */
  readonly image?: SourceImage | undefined;
  /** Whether looking for holes pays; an image file says itself where they are. */
  readonly sparse: boolean;
  /** The same for the same source, also in another process. */
  readonly label: string;
  readonly watch: SourceWatch;
  /** Whether this system does not tell if others use the device. */
  readonly mayBeInUse: boolean;
  close(): Promise<void>;
}

/** Read once, from beginning to end. */
export interface StreamSource {
  readonly kind: 'stream';
  readonly stream: Readable;
  readonly label: string;
  /** Of one that is a file. */
  readonly watch?: SourceWatch | undefined;
}

/** A plain snapshot, to be copied to an encrypted disk. */
export interface SnapshotSource {
  readonly kind: 'snapshot';
  readonly snapshotId: string;
  /**
   * Nothing where this account does not see the snapshot itself: it is of an image that is shared
   * with it.
   */
  readonly expect: () => Promise<ExpectedContents | undefined>;
  readonly label: string;
}

export interface SourceChoice {
  /** Whether a device that others use, and so may write to, is read all the same. */
  readonly live?: boolean;
  readonly view?: HostView | undefined;
}

export async function openFileSource(
  path: string,
  { live = false, view = hostView() }: SourceChoice = {},
): Promise<FileSource> {
  const file = await openForReading(path);
  try {
    const opened = await file.stat({ bigint: true });
    refuseOtherKind(path, opened);
    const uses = opened.isFile() ? [] : usesOfDevice(deviceNumber(opened.rdev), view);
    if (!live && uses !== 'UNKNOWN' && uses.length > 0) throw inUse(path, uses);
    const sizeBytes = opened.isFile() ? Number(opened.size) : await deviceBytes(file, view);
    if (sizeBytes === 0) throw new ClientError('SourceUnusable', `${path} is empty.`, { path });
    return {
      kind: 'file',
      isRegular: opened.isFile(),
      path,
      fd: file.fd,
      sizeBytes,
      sparse: opened.isFile() && isSparse(opened),
      label: labelOf(`${hostname()}:${await realpath(path)}`),
      watch: watchFile({ fd: file.fd, path, sizeBytes, opened }),
      mayBeInUse: uses === 'UNKNOWN',
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** `fd`: what the stream reads, where that may be a file (`varve disk import - < disk.img`). */
export function streamSource(stream: Readable, fd?: number): StreamSource {
  const opened = fd === undefined ? undefined : fstatSync(fd, { bigint: true });
  const watch =
    fd !== undefined && opened?.isFile() ? watchFile({ fd, sizeBytes: Number(opened.size), opened }) : undefined;
  return { kind: 'stream', stream, label: labelOf(`${hostname()}:-`), watch };
}

/** Nobody may be at the other end of a named pipe: opening one could wait for ever. */
async function openForReading(path: string): Promise<FileHandle> {
  try {
    refuseOtherKind(path, await stat(path, { bigint: true }));
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof ClientError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code})`;
    throw new ClientError('SourceUnusable', `${path} ${why}.`, { path }, error);
  }
}

function inUse(path: string, uses: readonly string[]): ClientError {
  return new ClientError('SourceInUse', `${path} is in use: ${uses.join(', ')}.`, { path, uses });
}

function refuseOtherKind(path: string, stat: BigIntStats): void {
  if (stat.isFile() || stat.isBlockDevice()) return;
  const what = stat.isDirectory()
    ? 'a directory'
    : stat.isFIFO()
      ? 'a pipe: give - as SOURCE, and send it to standard input'
      : 'neither a file nor a block device';
  throw new ClientError('SourceUnusable', `${path} is ${what}.`, { path });
}

/**
 * Drafts carry labels of at most 256 characters, none of which controls a terminal. Such characters
 * of a place are written as their code points, and a longer place is named by its digest.
 */
function labelOf(place: string): string {
  const label = `image ${place.replace(/[\p{C}\\]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)}`;
  if (label.length <= 256) return label;
  return `image sha256:${createHash('sha256').update(place).digest('hex')}`;
}
