import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { COMPRESSIONS } from '../../formats/qcow2/header-bytes.ts';
import { ClientError } from '../errors.ts';

/*
 * The image grows as `FILE.partial`; `FILE.partial.json` names the contents that it belongs to. A
 * later run that finds both goes on with it, and checks by their ids the blocks that are there. In
 * this order, so that a run which is killed never leaves what the next one takes for something
 * else:
 *
 *     begin:   partial gone ─ journal names the new contents ─ partial of 0 bytes ─ partial of the whole size
 *     finish:  partial durable ─ partial becomes FILE ─ journal gone
 *
 * A qcow2 file has no size before its end: its partial grows with it.
 */

/** What is to be written: the id proves that an interrupted file can be gone on with. */
export interface Contents {
  readonly root: string;
  /** Of the disk. */
  readonly sizeBytes: number;
  /** What the file is: left out for a raw image. */
  readonly form?: OutputForm | undefined;
}

/**
 * How a qcow2 file is compressed. Without compression, everything has the same place in each run,
 * so that a later one can go on. The length is known at the end only.
 */
export const OUTPUT_FORMS = COMPRESSIONS;
export type OutputForm = (typeof OUTPUT_FORMS)[number];

export interface Partial {
  readonly file: FileHandle;
  /** Whether it is of an earlier run. */
  readonly resumed: boolean;
}

export const partialOf = (path: string): string => `${path}.partial`;
const journalOf = (path: string): string => `${partialOf(path)}.json`;

/** Whether what lies beside the output is from an earlier run, or somebody else's. */
export async function partialState(path: string): Promise<'NONE' | 'OWN' | 'FOREIGN'> {
  const journal = await readFile(journalOf(path), 'utf8').catch(() => undefined);
  const noted = journal === undefined ? undefined : parseNote(journal);
  if (journal !== undefined && noted === undefined) return 'FOREIGN';
  const found = await lstat(partialOf(path)).catch(() => undefined);
  if (!found) return noted ? 'OWN' : 'NONE';
  const hasLength = noted?.form !== undefined || [0, noted?.sizeBytes].includes(found.size);
  return noted && found.isFile() && hasLength ? 'OWN' : 'FOREIGN';
}

/**
 * Goes on with what an earlier run left of the same contents, or begins. `replaces` is the file
 * that it shall look like.
 */
export async function openPartial(path: string, contents: Contents, replaces: Stats | undefined): Promise<Partial> {
  const { root, sizeBytes, form } = contents;
  const resumed = await reopen(path, contents);
  if (resumed) return { file: resumed, resumed: true };
  await rm(partialOf(path), { force: true });
  await rm(journalOf(path), { force: true });
  await writeFile(journalOf(path), `${JSON.stringify({ root, sizeBytes, form })}\n`, { flag: 'wx' });
  const file = await open(partialOf(path), 'wx+', replaces ? 0o600 : 0o666);
  try {
    if (replaces) await giveOwner(path, file, replaces);
    if (form === undefined) await file.truncate(sizeBytes);
    return { file, resumed: false };
  } catch (error) {
    await file.close();
    await Promise.allSettled([rm(partialOf(path)), rm(journalOf(path))]);
    throw error;
  }
}

/** Makes it durable, of `fileBytes`, and gives it its name. */
export async function finishPartial(
  path: string,
  { file }: Partial,
  fileBytes: number,
  replaces: Stats | undefined,
): Promise<void> {
  if (replaces) {
    await giveOwner(path, file, replaces);
    await file.chmod(replaces.mode & 0o7777);
  }
  await file.sync();
  const own = await file.stat({ bigint: true });
  const named = await stat(partialOf(path), { bigint: true }).catch(() => undefined);
  await file.close();
  if (own.ino !== named?.ino || own.dev !== named.dev || own.size !== BigInt(fileBytes)) {
    throw new ClientError('OutputUnusable', `${partialOf(path)} was changed while it was written.`, { path });
  }
  await rename(partialOf(path), path);
  await rm(journalOf(path), { force: true });
  await syncDirectory(dirname(path));
}

async function reopen(path: string, { root, sizeBytes, form }: Contents): Promise<FileHandle | undefined> {
  const noted = parseNote(await readFile(journalOf(path), 'utf8').catch(() => ''));
  if (noted?.root !== root || noted.sizeBytes !== sizeBytes || noted.form !== form) return undefined;
  if (form !== undefined && form !== 'none') return undefined;
  const flags = constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(partialOf(path), flags).catch(() => undefined);
  const found = await file?.stat();
  if (file && found?.isFile() && (form === 'none' || found.size === sizeBytes)) return file;
  await file?.close();
  return undefined;
}

async function giveOwner(path: string, file: FileHandle, { uid, gid }: Stats): Promise<void> {
  const own = await file.stat();
  if (own.uid === uid && own.gid === gid) return;
  try {
    await file.chown(uid, gid);
  } catch (error) {
    const message = `Cannot write ${path}: this user cannot leave it to its owner and group (uid ${uid}, gid ${gid}).`;
    throw new ClientError('OutputUnusable', message, { path }, error);
  }
}

function parseNote(text: string): Contents | undefined {
  try {
    const { root, sizeBytes, form } = JSON.parse(text) as { root?: unknown; sizeBytes?: unknown; form?: unknown };
    const known = OUTPUT_FORMS.find((one) => one === form);
    if (typeof root === 'string' && typeof sizeBytes === 'number') return { root, sizeBytes, form: known };
  } catch {
    // told below
  }
  return undefined;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  await Promise.allSettled([directory.sync()]); // not every file system can
  await directory.close();
}
