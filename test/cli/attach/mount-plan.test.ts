import { describe, expect, it } from 'vitest';
import {
  choosePartition,
  chooseWay,
  type MountTools,
  mountOptions,
  parsePartitions,
} from '../../../src/cli/attach/mount-plan.ts';

const ALL: MountTools = {
  isRoot: true,
  missing: [],
  nbdfuse: true,
  fuse: true,
  losetup: true,
  nbdClient: true,
  nbdDevice: '/dev/nbd3',
};

describe('how to mount', () => {
  it.each([
    ['everything is there', ALL, { kind: 'NBDFUSE' }],
    ['there is no nbdfuse', { ...ALL, nbdfuse: false }, { kind: 'NBD_CLIENT', device: '/dev/nbd3' }],
    ['the kernel has no fuse', { ...ALL, fuse: false }, { kind: 'NBD_CLIENT', device: '/dev/nbd3' }],
    ['there is no losetup', { ...ALL, losetup: false }, { kind: 'NBD_CLIENT', device: '/dev/nbd3' }],
    ['there is no nbd-client', { ...ALL, nbdClient: false, nbdDevice: undefined }, { kind: 'NBDFUSE' }],
  ])('when %s', (_, tools, way) => expect(chooseWay(tools)).toEqual(way));

  it.each([
    ['one is not root', { ...ALL, isRoot: false }, 'needs root'],
    ['a program of the base system lacks', { ...ALL, missing: ['partx'] }, 'it lacks partx. On Debian: apt install'],
    ['there is nothing', { ...ALL, nbdfuse: false, nbdClient: false }, 'it lacks nbdfuse, or else nbd-client with'],
    ['the driver is not loaded', { ...ALL, nbdfuse: false, nbdDevice: undefined }, 'modprobe nbd'],
    ['fuse is not loaded', { ...ALL, fuse: false, nbdDevice: undefined }, 'modprobe fuse'],
    ['two parts lack', { ...ALL, nbdfuse: false, losetup: false, nbdClient: false }, 'nbdfuse and losetup'],
  ])('says so when %s', (_, tools, message) => expect(() => chooseWay(tools)).toThrow(message));
});

describe('partitions', () => {
  const text = '1  2048   4096\n 2 6144 1000\n';
  const partitions = [
    { number: 1, offsetBytes: 1048576, sizeBytes: 2097152 },
    { number: 2, offsetBytes: 3145728, sizeBytes: 512000 },
  ];

  it('are read', () => expect(parsePartitions(text)).toEqual(partitions));
  it('are none where partx says nothing', () => expect(parsePartitions('')).toEqual([]));
  it('the only one is meant', () => expect(choosePartition(partitions.slice(1), undefined)).toEqual(partitions[1]));
  it('all of the disk is meant where there are none', () => expect(choosePartition([], undefined)).toBeUndefined());
  it('is the one that was asked for', () => expect(choosePartition(partitions, 2)).toEqual(partitions[1]));
  it.each([
    [partitions, undefined, 'It has partitions 1, 2: choose one with --partition.'],
    [partitions, 3, 'It has no partition 3, only 1, 2.'],
    [[], 1, 'It has no partitions.'],
  ])('refuses a choice that is none (%#)', (all, wanted, message) =>
    expect(() => choosePartition(all, wanted)).toThrow(message),
  );
});

it('mounts a snapshot of an XFS beside its original', () => {
  expect(mountOptions('ext4', true)).toBe('ro,nosuid,nodev');
  expect(mountOptions('xfs', false)).toBe('rw,nosuid,nodev,nouuid');
});
