import { hash } from 'node:crypto';
import { constants } from 'node:fs';
import { appendFile, mkdir, open, readFile, rename, rm, rmdir, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NoSpaceError } from '../errors.ts';
import { syncFile, syncFolder } from '../objects/folder/durable-moves.ts';
import { encodeSegment } from '../objects/folder/layout.ts';
import { missing } from '../objects/folder/missing.ts';
import { throwAsNoSpace } from '../objects/folder/persister.ts';
import type { LargeFiles } from '../objects/folder/serve.ts';
import type { FileState, FileStore, UploadedPart } from './port.ts';

/** Files in a folder of this machine, for the one process that has the folder's lock. */
export interface FolderFiles extends FileStore, LargeFiles {}

export interface FolderFilesOptions {
  /** That holds `exports`. */
  readonly path: string;
  readonly signGet: FileStore['signGet'];
  /** False: what is left on the disk is kept for the service itself. Asked for each part. */
  readonly hasRoom: () => boolean;
}

/**
 * A key is a path below the folder. Its upload is a folder beside it:
 *
 *     exports/<account>/<export>/<file>           a file that is whole
 *     exports/<account>/<export>/<file>.upload/   what there is of it: `data`, and `parts`, which
 *                                                 has a line for each part that is durable
 *
 * A key has one upload at a time, so workers at the same file share it. Zeros stay holes.
 */
export function createFolderFiles({ path, signGet, hasRoom }: FolderFilesOptions): FolderFiles {
  const fileOf = (key: string) => join(path, ...key.split('/').map(encodeSegment));
  const uploadOf = (key: string) => `${fileOf(key)}.upload`;
  const dataOf = (key: string) => join(uploadOf(key), 'data');
  const partsOf = (key: string) => join(uploadOf(key), 'parts');
  const isThere = async (file: string) => (await stat(file).catch(missing)) !== undefined;
  const find: LargeFiles['find'] = async (key) => {
    const found = await stat(fileOf(key)).catch(missing);
    return found?.isFile() ? { path: fileOf(key), sizeBytes: found.size } : undefined;
  };
  const parts: FileStore['parts'] = async ({ key }) => {
    if (!(await isThere(dataOf(key)))) return undefined;
    return readParts((await readFile(partsOf(key), 'utf8').catch(missing)) ?? '');
  };
  /** Also the folders above that are empty then. */
  const drop = async (key: string) => {
    await rm(uploadOf(key), { recursive: true, force: true });
    const above = dirname(fileOf(key));
    for (const folder of [above, dirname(above)]) await rmdir(folder).catch(() => undefined);
  };

  return {
    find,
    parts,
    signGet,
    size: async (key) => (await find(key))?.sizeBytes,
    ...readsOf(fileOf),

    async begin(key) {
      if (await isThere(dataOf(key))) return ONLY;
      await rm(uploadOf(key), { recursive: true, force: true });
      await mkdir(uploadOf(key), { recursive: true, mode: 0o700 }).catch(throwAsNoSpace);
      await (await open(dataOf(key), 'a', 0o600)).close();
      await syncFolder(uploadOf(key));
      await syncFolder(dirname(uploadOf(key)));
      return ONLY;
    },

    uploads: async (key) => ((await isThere(dataOf(key))) ? [ONLY] : []),

    async putPart({ key, partBytes }, number, bytes) {
      if (!hasRoom()) throw new NoSpaceError('There is no room left on the disk.');
      const places = { data: dataOf(key), parts: partsOf(key), at: (number - 1) * partBytes };
      return writePart(places, number, bytes).then(
        () => true,
        (error: unknown) => missing(error) ?? false,
      );
    },

    async complete(upload, wanted) {
      const { key } = upload;
      const there = await parts(upload);
      if (there === undefined) return false;
      const known = new Map(there.map((part) => [part.number, part.etag]));
      if (!wanted.every(({ number, etag }) => known.get(number) === etag)) return false;
      const fileBytes = wanted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const isPlaced = await place(dataOf(key), fileOf(key), fileBytes).then(
        () => true,
        // Another worker was faster.
        (error: unknown) => missing(error) ?? false,
      );
      if (!isPlaced) return false;
      await syncFolder(dirname(fileOf(key)));
      await rm(uploadOf(key), { recursive: true, force: true });
      return true;
    },

    abort: ({ key }) => drop(key),

    async remove(key) {
      await rm(fileOf(key), { force: true });
      if (!(await isThere(dataOf(key)))) await drop(key);
    },
  };
}

function readsOf(fileOf: (key: string) => string): Pick<FileStore, 'look' | 'read'> {
  return {
    look: async (key) => withFile(fileOf(key), (file) => stateOf(key, file)),

    read: async (state, offset, length) =>
      withFile(fileOf(state.key), async (file) => {
        const isSame = async () => (await stateOf(state.key, file))?.etag === state.etag;
        if (!(await isSame())) return undefined;
        const bytes = await readWhole(file, offset, length);
        // Who writes into a file changes its time: what was read may be of both.
        return (await isSame()) ? bytes : undefined;
      }),
  };
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Undefined: there is no such file. */
async function withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T | undefined> {
  // A pipe would wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(noFile);
  if (file === undefined) return undefined;
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

const NO_FILE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

function noFile(error: unknown): undefined {
  if (!NO_FILE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
}

/** Undefined for what is no regular file. */
async function stateOf(key: string, file: OpenFile): Promise<FileState | undefined> {
  const found = await file.stat({ bigint: true });
  if (!found.isFile()) return undefined;
  const { size, mtimeNs, ctimeNs, ino } = found;
  return { key, sizeBytes: Number(size), etag: [ino, size, mtimeNs, ctimeNs].join('-') };
}

/** Undefined if the file ends before. */
async function readWhole(file: OpenFile, offset: number, length: number): Promise<Buffer | undefined> {
  const into = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(into, done, length - done, offset + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return into;
}

/** The id of a key's upload. */
const ONLY = 'upload';
const LINE = /^(\d+) (\d+) ([0-9a-f]{64})$/;

/** A line that a power cut has torn does not count; of a part the last one does. */
function readParts(text: string): UploadedPart[] {
  const found = new Map<number, UploadedPart>();
  for (const line of text.split('\n')) {
    const [, number, sizeBytes, etag] = LINE.exec(line) ?? [];
    if (etag !== undefined) found.set(Number(number), { number: Number(number), sizeBytes: Number(sizeBytes), etag });
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

interface PartPlaces {
  readonly data: string;
  readonly parts: string;
  /** In the data. */
  readonly at: number;
}

/** The bytes first, and then the line that says so. Throws if the upload is not there. */
async function writePart({ data, parts, at }: PartPlaces, number: number, bytes: Uint8Array): Promise<void> {
  const file = await open(data, 'r+');
  try {
    await writeSparse(file, bytes, at);
    await file.datasync();
    const line = `\n${number} ${bytes.length} ${hash('sha256', bytes, 'hex')}\n`;
    await appendFile(parts, line, { mode: 0o600, flush: true });
  } catch (error) {
    throwAsNoSpace(error);
  } finally {
    await file.close();
  }
}

/** Throws if the file is not there. */
async function place(from: string, to: string, fileBytes: number): Promise<void> {
  await truncate(from, fileBytes);
  await syncFile(from);
  await rename(from, to);
}

const STEP = 64 * 1024;
const ZEROS = Buffer.alloc(STEP);

/** Zeros are written over other bytes alone: elsewhere they are holes. */
async function writeSparse(data: OpenFile, bytes: Uint8Array, offset: number): Promise<void> {
  const { size } = await data.stat();
  for (let at = 0; at < bytes.length; at += STEP) {
    const step = bytes.subarray(at, at + STEP);
    const to = offset + at;
    if (isZeros(step) && (to >= size || (await readsZeros(data, to, step.length)))) continue;
    await writeWhole(data, step, to);
  }
}

const isZeros = (bytes: Uint8Array) => ZEROS.subarray(0, bytes.length).equals(bytes);

/** What lies behind the end of the file will be zeros. */
async function readsZeros(data: OpenFile, at: number, length: number): Promise<boolean> {
  const { buffer, bytesRead } = await data.read(Buffer.allocUnsafe(length), 0, length, at);
  return isZeros(buffer.subarray(0, bytesRead));
}

async function writeWhole(data: OpenFile, bytes: Uint8Array, to: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await data.write(bytes, done, bytes.length - done, to + done)).bytesWritten;
}
