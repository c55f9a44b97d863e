import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { sizeText } from '../../platform/size-text.ts';
import { whyNotWritten } from '../errno.ts';
import { ClientError } from '../errors.ts';
import { deviceBytes } from '../host/device-bytes.ts';
import { exists, findTarget, type OutputChoice, type OutputTarget } from './output-target.ts';
import { type Contents, finishPartial, openPartial, partialOf, partialState } from './partial.ts';

/** Where an exported image goes. */
export interface ImageOutput {
  readonly fd: number;
  /** Blocks may be there already, from an earlier run: look before fetching. */
  readonly mayHold: boolean;
  /** What is not written may hold old data: holes must be cleared. */
  readonly holdsOld: boolean;
  /**
   * Makes it durable and gives it its name. `fileBytes` is its length, if that is not the disk's.
   */
  finish(fileBytes?: number): Promise<void>;
  /** Leaves what there is for a later run. */
  abandon(): Promise<void>;
}

/** Refuses early what would be refused at the end. */
export async function checkOutput(choice: OutputChoice): Promise<OutputTarget> {
  return explained(choice.path, () => findFree(choice));
}

export async function openOutput(choice: OutputChoice, contents: Contents): Promise<ImageOutput> {
  return explained(choice.path, async () => {
    const target = await findFree(choice);
    if (target.kind === 'file') return openFile(choice, target, contents);
    if (contents.form === undefined) return openDevice(choice, contents);
    throw new ClientError('OutputUnusable', `${choice.path} is a device: only a file can be a qcow2 image.`, {
      path: choice.path,
    });
  });
}

/**
 * Beside a file there must be room for what grows: what somebody else has put there is not removed
 * without a word.
 */
async function findFree(choice: OutputChoice): Promise<OutputTarget> {
  const target = await findTarget(choice);
  if (target.kind === 'file' && !choice.force && (await partialState(target.path)) === 'FOREIGN') {
    throw exists(choice.path, `${partialOf(target.path)} exists already, and no export has left it.`);
  }
  return target;
}

/**
 * A device that has most of the contents already is only brought up to date. Nobody can mount it
 * meanwhile: Linux gives a device that is opened with O_EXCL to no other user of that kind, and
 * does not give one that has such a user.
 */
async function openDevice(choice: OutputChoice, { sizeBytes }: Contents): Promise<ImageOutput> {
  const { path } = choice;
  const alone = process.platform === 'linux' ? constants.O_EXCL : 0;
  const file = await open(path, constants.O_RDWR | alone).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EBUSY') throw error;
    throw new ClientError('OutputInUse', `${path} is in use: the system holds it.`, { path }, error);
  });
  const room = await deviceBytes(file);
  if (room < sizeBytes) {
    await file.close();
    throw new ClientError(
      'OutputUnusable',
      `${path} is too small: it has ${sizeText(room)}, and ${sizeText(sizeBytes)} are needed.`,
      { path },
    );
  }
  const finish = async () => {
    await file.sync();
    await file.close();
  };
  return { fd: file.fd, mayHold: true, holdsOld: true, finish, abandon: () => file.close() };
}

async function openFile(
  choice: OutputChoice,
  { path, replaces }: OutputTarget & { readonly kind: 'file' },
  contents: Contents,
): Promise<ImageOutput> {
  const partial = await openPartial(path, contents, replaces);
  const finish = async (fileBytes = contents.sizeBytes) => {
    if (contents.form !== undefined) await partial.file.truncate(fileBytes);
    const now = await findTarget(choice);
    if (now.kind !== 'file' || now.path !== path) {
      throw new ClientError('OutputUnusable', `${choice.path} leads to another file now.`, { path: choice.path });
    }
    await finishPartial(path, partial, fileBytes, now.replaces);
  };
  const { file, resumed } = partial;
  return { fd: file.fd, mayHold: resumed, holdsOld: false, finish, abandon: () => file.close() };
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ClientError ? error : unusable(path, error);
  }
}

export function unusable(path: string, cause: unknown): ClientError {
  return new ClientError('OutputUnusable', `Cannot write ${path}: ${whyNotWritten(cause)}.`, { path }, cause);
}
