import { ClientError } from '../../client/errors.ts';

/** What the machine has for mounting an export. */
export interface MountTools {
  readonly isRoot: boolean;
  /** Programs of the base system that every way needs, and that are not there. */
  readonly missing: readonly string[];
  readonly nbdfuse: boolean;
  /** Whether there is the kernel's `/dev/fuse`. */
  readonly fuse: boolean;
  readonly losetup: boolean;
  /** A device of the kernel's NBD driver that nobody uses. */
  readonly nbdDevice: string | undefined;
  readonly nbdClient: boolean;
}

export type MountWay = { readonly kind: 'NBDFUSE' } | { readonly kind: 'NBD_CLIENT'; readonly device: string };

/**
 * nbdfuse goes before the kernel's driver: it leaves no hung device behind when the export goes
 * away.
 */
export function chooseWay(tools: MountTools): MountWay {
  if (!tools.isRoot) throw unable('Mounting needs root: run it with sudo, or use varve attach and any NBD client.');
  if (tools.missing.length > 0) {
    const names = tools.missing.join(' and ');
    throw unable(`This machine cannot mount: it lacks ${names}. On Debian: apt install mount util-linux.`);
  }
  if (tools.nbdfuse && tools.fuse && tools.losetup) return { kind: 'NBDFUSE' };
  if (tools.nbdClient && tools.nbdDevice !== undefined) return { kind: 'NBD_CLIENT', device: tools.nbdDevice };
  const nbd = tools.nbdClient ? 'the nbd kernel module (modprobe nbd)' : 'nbd-client with the nbd kernel module';
  const fuse = [
    ...(tools.nbdfuse ? [] : ['nbdfuse']),
    ...(tools.fuse ? [] : ['the fuse kernel module (modprobe fuse)']),
    ...(tools.losetup ? [] : ['losetup']),
  ].join(' and ');
  throw unable(`This machine cannot mount: it lacks ${fuse}, or else ${nbd}. On Debian: apt install nbdfuse mount.`);
}

export interface Partition {
  readonly number: number;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

const SECTOR_BYTES = 512; // the unit of partx, whatever the disk's

/** Reads the output of `partx --show --raw --noheadings --output NR,START,SECTORS`. */
export function parsePartitions(text: string): Partition[] {
  return [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/gm)].map(([, number, start, sectors]) => ({
    number: Number(number),
    offsetBytes: Number(start) * SECTOR_BYTES,
    sizeBytes: Number(sectors) * SECTOR_BYTES,
  }));
}

/** The part of the disk to mount; undefined for all of it. */
export function choosePartition(partitions: readonly Partition[], wanted: number | undefined): Partition | undefined {
  const numbers = partitions.map(({ number }) => number).join(', ');
  if (wanted === undefined) {
    if (partitions.length <= 1) return partitions[0];
    throw unable(`It has partitions ${numbers}: choose one with --partition.`);
  }
  const chosen = partitions.find(({ number }) => number === wanted);
  if (chosen !== undefined) return chosen;
  throw unable(numbers === '' ? 'It has no partitions.' : `It has no partition ${wanted}, only ${numbers}.`);
}

/**
 * Options of mount(8). XFS refuses a copy of a filesystem that is mounted already, unless an option
 * says that it is meant.
 */
export function mountOptions(filesystem: string, readOnly: boolean): string {
  return [readOnly ? 'ro' : 'rw', 'nosuid', 'nodev', ...(filesystem === 'xfs' ? ['nouuid'] : [])].join(',');
}

export function unable(message: string): ClientError {
  return new ClientError('MountFailed', message);
}
