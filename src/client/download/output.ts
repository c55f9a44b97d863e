import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deviceBytes } from '../host/device-bytes.ts';
import { whyNotWritten } from '../errno.ts';
import { ClientError } from '../errors.ts';

/** What is to be written: the id proves that an interrupted file can be gone on with. */
export interface Contents {
  readonly root: string;
  readonly sizeBytes: number;
}

/** Where an exported image goes. */
export interface ImageOutput {
  readonly fd: number;
  /** Blocks may be there already, from an earlier run: look before fetching. */
  readonly mayHold: boolean;
  /** What is not written may hold old data: holes must be cleared. */
  readonly holdsOld: boolean;
  /** Makes it durable and gives it its name. */
  finish(): Promise<void>;
  /** Leaves what there is for a later run. */
  abandon(): Promise<void>;
}

export interface OutputChoice {
  readonly path: string;
  readonly force: boolean;
}

/** Refuses early what would be refused at the end. */
export async function checkOutput({ path, force }: OutputChoice): Promise<'file' | 'device'> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unusable(path, error);
  });
  if (!found) return 'file';
  if (found.isBlockDevice()) {
    if (!force) throw exists(path, `${path} is a device: what is on it would be overwritten.`);
    return 'device';
  }
  if (!found.isFile())
    throw new ClientError('OutputUnusable', `${path} is neither a file nor a block device.`, { path });
  if (!force) throw exists(path, `${path} exists already.`);
  return 'file';
}

export async function openOutput(choice: OutputChoice, contents: Contents): Promise<ImageOutput> {
  try {
    if ((await checkOutput(choice)) === 'device') return await openDevice(choice.path, contents);
    return await openPartial(choice, contents);
  } catch (error) {
    throw error instanceof ClientError ? error : unusable(choice.path, error);
  }
}

/** A device that has most of the contents already is only brought up to date. */
async function openDevice(path: string, { sizeBytes }: Contents): Promise<ImageOutput> {
  const file = await open(path, 'r+');
  const room = await deviceBytes(file);
  if (room < sizeBytes) {
    await file.close();
    throw new ClientError('OutputUnusable', `${path} is too small: ${room} of ${sizeBytes} bytes.`, { path });
  }
  const finish = async () => {
    await file.sync();
    await file.close();
  };
  return { fd: file.fd, mayHold: true, holdsOld: true, finish, abandon: () => file.close() };
}

/**
 * The image grows as `FILE.partial`; `FILE.partial.json` names the contents it belongs to. A later run that finds both goes on
 * with it, checking by their ids the blocks that are there.
 */
async function openPartial({ path, force }: OutputChoice, contents: Contents): Promise<ImageOutput> {
  const partial = `${path}.partial`;
  const journal = `${partial}.json`;
  const resumed = await reopen(partial, journal, contents);
  const file = resumed ?? (await begin(partial, journal, contents));
  const finish = async () => {
    await file.sync();
    const [own, named] = [
      await file.stat({ bigint: true }),
      await stat(partial, { bigint: true }).catch(() => undefined),
    ];
    await file.close();
    if (own.ino !== named?.ino || own.dev !== named.dev) {
      throw new ClientError('OutputUnusable', `${partial} was replaced while it was written.`, { path });
    }
    await checkOutput({ path, force });
    await rename(partial, path);
    await rm(journal, { force: true });
    await syncDirectory(dirname(path));
  };
  return { fd: file.fd, mayHold: resumed !== undefined, holdsOld: false, finish, abandon: () => file.close() };
}

async function reopen(partial: string, journal: string, contents: Contents): Promise<FileHandle | undefined> {
  const noted = await readFile(journal, 'utf8').catch(() => '');
  if (noted !== note(contents)) return undefined;
  const file = await open(partial, 'r+').catch(() => undefined);
  if (file && (await file.stat()).size === contents.sizeBytes) return file;
  await file?.close();
  return undefined;
}

async function begin(partial: string, journal: string, contents: Contents): Promise<FileHandle> {
  await rm(journal, { force: true }); // first, so that it never names a file of other contents
  await rm(partial, { force: true });
  const file = await open(partial, 'wx+');
  await file.truncate(contents.sizeBytes);
  await writeFile(journal, note(contents));
  return file;
}

function note({ root, sizeBytes }: Contents): string {
  return `${JSON.stringify({ root, sizeBytes })}\n`;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  await Promise.allSettled([directory.sync()]); // not every file system can
  await directory.close();
}

function exists(path: string, message: string): ClientError {
  return new ClientError('OutputExists', message, { path });
}

export function unusable(path: string, cause: unknown): ClientError {
  return new ClientError('OutputUnusable', `Cannot write ${path}: ${whyNotWritten(cause)}.`, { path }, cause);
}
