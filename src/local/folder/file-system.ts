import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes } from '../../platform/disk-space.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { reason } from '../reason.ts';
import { FolderError } from '../start-error.ts';
import { mib, START_BYTES } from './space.ts';

/**
 * Magic numbers of file systems on other machines (statfs(2)). Their locks and syncs depend on that
 * machine and on the network, and SQLite's log must not lie there (sqlite.org/wal.html).
 */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
]);

/** The name of the network file system, or nothing for one of this machine. */
export function networkOf(type: number): string | undefined {
  return NETWORK.get(type >>> 0);
}

/** Makes the folder where there is none, and refuses one that could not keep what it is given. */
export function makeWritable(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new FolderError(`The data folder ${path} cannot be made (${reason(error)}).`);
  }
  const network = networkOf(statfsSync(path).type);
  if (network !== undefined) {
    throw new FolderError(
      `The data folder ${path} is on ${network}, where locks and syncs cannot be relied on: ` +
        'choose a folder on a disk of this machine with --data.',
    );
  }
}

export function requireSpace(path: string): void {
  const free = freeBytes(path);
  if (free >= START_BYTES) return;
  throw new FolderError(
    `The disk of the data folder ${path} is full: ${mib(free)} are free, and a start needs ${mib(START_BYTES)}.`,
  );
}

/** Makes a file and deletes it again. Throws what the file system says. */
export function makeProbe(path: string): void {
  const probe = join(path, `.probe-${randomBytes(6).toString('hex')}`);
  closeSync(openSync(probe, 'wx', 0o600));
  rmSync(probe);
}

export function probeWriting(path: string): void {
  try {
    makeProbe(path);
  } catch (error) {
    throw new FolderError(`The data folder ${path} cannot be written (${reason(error)}).`);
  }
}
