import { createHash } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Readable } from 'node:stream';
import { deviceBytes } from '../device.ts';
import type { ExpectedContents } from '../download/proved-pages.ts';
import { ClientError } from '../errors.ts';

/** Where an image comes from. */
export type Source = FileSource | StreamSource | SnapshotSource;

/** A regular file or a block device: can be read anywhere, as often as needed. */
export interface FileSource {
  readonly kind: 'file';
  readonly fd: number;
  readonly sizeBytes: number;
  /** Whether it takes less room than its size says, so that looking for holes pays. */
  readonly sparse: boolean;
  /** The same for the same source, also in another process. */
  readonly label: string;
  close(): Promise<void>;
}

/** Read once, from beginning to end. */
export interface StreamSource {
  readonly kind: 'stream';
  readonly stream: Readable;
  readonly label: string;
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

export async function openFileSource(path: string): Promise<FileSource> {
  const file = await openForReading(path);
  try {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile() && !stat.isBlockDevice()) {
      const what = stat.isDirectory() ? 'a directory' : 'neither a file nor a block device';
      throw new ClientError('SourceUnusable', `${path} is ${what}.`, { path });
    }
    const sizeBytes = stat.isFile() ? Number(stat.size) : await deviceBytes(file);
    if (sizeBytes === 0) throw new ClientError('SourceUnusable', `${path} is empty.`, { path });
    return {
      kind: 'file',
      fd: file.fd,
      sizeBytes,
      sparse: stat.isFile() && stat.blocks * 512n < stat.size,
      label: labelOf(`${hostname()}:${await realpath(path)}`),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * To be called when all of it has been read: a file that became shorter meanwhile was read as zeros
 * where it had ended.
 */
export function refuseShrunk({ fd, sizeBytes }: FileSource): void {
  const stat = fstatSync(fd);
  if (!stat.isFile() || stat.size >= sizeBytes) return;
  throw new ClientError(
    'SourceUnusable',
    `The source became shorter while it was read: ${stat.size} of ${sizeBytes} bytes.`,
    {
      sourceBytes: stat.size,
    },
  );
}

export function streamSource(stream: Readable): StreamSource {
  return { kind: 'stream', stream, label: labelOf(`${hostname()}:-`) };
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code})`;
    throw new ClientError('SourceUnusable', `${path} ${why}.`, { path }, error);
  }
}

/** Drafts carry labels of at most 256 characters; a longer place is named by its digest. */
function labelOf(place: string): string {
  const label = `image ${place}`;
  if (label.length <= 256) return label;
  return `image sha256:${createHash('sha256').update(place).digest('hex')}`;
}
