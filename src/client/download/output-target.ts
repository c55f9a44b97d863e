import { fstatSync, type Stats } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ClientError } from '../errors.ts';
import { type Uses, usesOfDevice, usesOfFile } from '../host/device-use.ts';
import { deviceNumber, fileIdentity, type HostView, hostView } from '../host/view.ts';

export interface OutputChoice {
  readonly path: string;
  /** Whether what is there may be overwritten. */
  readonly force: boolean;
}

/** Who asks, and what the system tells: tests say so themselves. */
export interface Surroundings {
  readonly view: HostView | undefined;
  /** Undefined on systems without users. */
  readonly userId: number | undefined;
}

/** Where an image goes. `path` is behind all symbolic links. */
export type OutputTarget =
  | {
      readonly kind: 'device';
      readonly path: string;
      /** Whether this system does not tell if others use it. */
      readonly mayBeInUse: boolean;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** The file that it takes the place of, and whose owner and mode it gets. */
      readonly replaces: Stats | undefined;
    };

const MOST_LINKS = 40; // as Linux

export function surroundings(): Surroundings {
  return { view: hostView(), userId: process.geteuid?.() };
}

/** Decides what may be written, and throws the reason where it may not. Nothing is changed. */
export async function findTarget(
  { path, force }: OutputChoice,
  { view, userId } = surroundings(),
): Promise<OutputTarget> {
  const behind = await followLinks(path);
  const found = await statIfThere(behind);
  if (found?.isBlockDevice()) {
    const uses = refuseUsed(path, usesOfDevice(deviceNumber(BigInt(found.rdev)), view));
    if (!force) throw exists(path, `${path} is a device, and would be overwritten.`);
    return { kind: 'device', path: behind, mayBeInUse: uses === 'UNKNOWN' };
  }
  if (found && !found.isFile()) throw new ClientError('OutputUnusable', `${path} is ${otherKind(found)}.`, { path });
  if (found) {
    const { dev, ino } = await stat(behind, { bigint: true });
    refuseUsed(path, usesOfFile(fileIdentity({ dev, ino }), view));
    if (!force) throw exists(path, `${path} exists already.`);
    if (userId !== undefined && userId !== 0 && found.uid !== userId) throw notOwn(path, found.uid);
    if (found.nlink > 1) throw linked(path, found.nlink);
  } else if (behind !== path && !force) {
    throw exists(path, `${path} is a symbolic link to ${behind}, which does not exist.`);
  }
  return { kind: 'file', path: behind, replaces: found };
}

/** For a device that the shell has opened: `varve disk export web - > /dev/vdb`. */
export function refuseUsedDescriptor(fd: number, name: string, { view } = surroundings()): void {
  const found = fstatSync(fd, { bigint: true });
  if (found.isBlockDevice()) refuseUsed(name, usesOfDevice(deviceNumber(found.rdev), view));
}

function refuseUsed(path: string, uses: Uses): Uses {
  if (uses === 'UNKNOWN' || uses.length === 0) return uses;
  throw new ClientError('OutputInUse', `${path} is in use: ${uses.join(', ')}.`, { path, uses });
}

/**
 * The path that writing to `path` reaches, which need not exist. What is no link stays as it was
 * given.
 */
async function followLinks(path: string): Promise<string> {
  let at = path;
  for (let links = 0; (await lstat(at).catch(() => undefined))?.isSymbolicLink(); links++) {
    if (links === MOST_LINKS)
      throw new ClientError('OutputUnusable', `${path}: its symbolic links lead nowhere.`, { path });
    const folder = await realpath(dirname(at));
    at = resolve(folder, await readlink(at));
  }
  return at === path ? path : join(await realpath(dirname(at)).catch(() => dirname(at)), basename(at));
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function otherKind(found: Stats): string {
  if (found.isDirectory()) return 'a directory';
  return found.isFIFO()
    ? 'a pipe: give - as OUTPUT, and send standard output there'
    : 'neither a file nor a block device';
}

export function exists(path: string, message: string): ClientError {
  return new ClientError('OutputExists', message, { path });
}

/** A new file takes this one's place: the other names would keep the old contents. */
function linked(path: string, links: number): ClientError {
  const message =
    `${path} is a file with ${links} names (hard links), and the others would keep the old ` +
    'contents. Remove this one first.';
  return new ClientError('OutputUnusable', message, { path });
}

function notOwn(path: string, uid: number): ClientError {
  const message = `${path} belongs to another user (uid ${uid}). Only that user or root can overwrite it and keep its owner.`;
  return new ClientError('OutputUnusable', message, { path });
}
