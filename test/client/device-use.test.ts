import { describe, expect, it } from 'vitest';
import { searchEnd } from '../../src/client/host/device-bytes.ts';
import { usesOfDevice, usesOfFile } from '../../src/client/host/device-use.ts';
import { parseMounts } from '../../src/client/host/tables.ts';
import { deviceNumber, type HostView } from '../../src/client/host/view.ts';

const SDA = '8:0';
const SDA1 = '8:1';
const SDA2 = '8:2';
const SDB = '8:16';

/** A machine with a disk of two partitions and another disk, as Debian 12 shows it. */
const FILES: Readonly<Record<string, string>> = {
  '/proc/self/mountinfo': `\
22 29 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,errors=remount-ro
`,
  '/proc/swaps': 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  '/sys/dev/block/8:0/size': '2097152\n',
  '/sys/dev/block/8:0/sda1/partition': '1\n',
  '/sys/dev/block/8:0/sda1/dev': '8:1\n',
  '/sys/dev/block/8:0/sda2/partition': '2\n',
  '/sys/dev/block/8:0/sda2/dev': '8:2\n',
  '/sys/dev/block/8:1/partition': '1\n',
  '/sys/dev/block/8:1/../dev': '8:0\n',
  '/sys/dev/block/8:2/partition': '2\n',
  '/sys/dev/block/8:2/../dev': '8:0\n',
  '/sys/dev/block/8:16/size': '4096\n',
  '/sys/block/sda/dev': '8:0\n',
  '/sys/block/sdb/dev': '8:16\n',
};
const LINKS: Readonly<Record<string, string>> = {
  [`/sys/dev/block/${SDA}`]: '../../devices/pci0000:00/ata1/block/sda',
  [`/sys/dev/block/${SDA1}`]: '../../devices/pci0000:00/ata1/block/sda/sda1',
  [`/sys/dev/block/${SDA2}`]: '../../devices/pci0000:00/ata1/block/sda/sda2',
  [`/sys/dev/block/${SDB}`]: '../../devices/pci0000:00/ata2/block/sdb',
};
const DEVICES: Readonly<Record<string, string>> = {
  '/dev/sda': SDA,
  '/dev/sda1': SDA1,
  '/dev/sda2': SDA2,
  '/dev/sdb': SDB,
  '/dev/disk/by-uuid/6b': SDB,
};
const IDENTITIES: Readonly<Record<string, string>> = { '/swap file': '254:0 11', '/srv/disk.img': '254:0 12' };

function machine(more: Readonly<Record<string, string>>): HostView {
  const files = Object.fromEntries(
    Object.entries({ ...FILES, ...more }).map(([path, text]) => [
      path,
      path.startsWith('/proc/') && path in more ? `${FILES[path]}${text}` : text,
    ]),
  );
  return {
    text: (path) => files[path],
    names: (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0] as string),
      ),
    ],
    link: (path) => LINKS[path],
    deviceOf: (path) => DEVICES[path],
    fileOf: (path) => IDENTITIES[path],
  };
}

const mount = (device: string, point: string, source: string, root = '/') =>
  ({ '/proc/self/mountinfo': `41 29 ${device} ${root} ${point} rw,relatime shared:9 - ext4 ${source} rw\n` }) as const;
const swap = (name: string) => ({
  '/proc/swaps': `${name}                               partition\t1048572\t\t0\t\t-2\n`,
});

describe('10.3: a device', () => {
  it.each([
    ['that nobody uses', SDB, {}, []],
    ['that is mounted', SDB, mount(SDB, '/mnt', '/dev/sdb'), ['it is mounted on /mnt']],
    ['mounted under another name', SDB, mount('0:40', '/mnt', '/dev/disk/by-uuid/6b'), ['it is mounted on /mnt']],
    ['of which a folder is mounted', SDB, mount(SDB, '/srv/a\\040b', '/dev/sdb', '/a'), ['it is mounted on /srv/a b']],
    ['with a mounted partition', SDA, mount(SDA2, '/var', '/dev/sda2'), ['its partition /dev/sda2 is mounted on /var']],
    ['that is a partition', SDA1, mount(SDA1, '/boot', '/dev/sda1'), ['it is mounted on /boot']],
    ['whose disk is mounted', SDA1, mount(SDA, '/mnt', '/dev/sda'), ['its disk /dev/sda is mounted on /mnt']],
    ['beside a mounted partition', SDA1, mount(SDA2, '/var', '/dev/sda2'), []],
    ['with swap space', SDB, swap('/dev/sdb'), ['it is in use as swap space']],
    ['with swap space in a partition', SDA, swap('/dev/sda1'), ['its partition /dev/sda1 is in use as swap space']],
    [
      'of a RAID',
      SDA,
      { '/sys/dev/block/8:1/holders/md0': '', '/sys/block/md0/md/level': 'raid1\n' },
      ['its partition /dev/sda1 is part of /dev/md0 (RAID)'],
    ],
    [
      'of a volume group',
      SDB,
      {
        '/sys/dev/block/8:16/holders/dm-0': '',
        '/sys/block/dm-0/dm/name': 'vg-root\n',
        '/sys/block/dm-0/dm/uuid': 'LVM-x1y2\n',
      },
      ['it is part of /dev/mapper/vg-root (LVM)'],
    ],
    ['that another holds', SDB, { '/sys/dev/block/8:16/holders/bcache0': '' }, ['it is part of /dev/bcache0']],
    ['behind a loop device', SDB, { '/sys/block/loop3/loop/backing_file': '/dev/sdb\n' }, ['it is behind /dev/loop3']],
    [
      'used twice',
      SDA,
      { ...mount(SDA1, '/boot', '/dev/sda1'), ...swap('/dev/sda2') },
      ['its partition /dev/sda1 is mounted on /boot', 'its partition /dev/sda2 is in use as swap space'],
    ],
  ])('%s is seen as such', (_, device, more, uses) => {
    expect(usesOfDevice(device, machine(more))).toEqual(uses);
  });

  it.each([
    ['on another system', undefined],
    ['in a container without /proc', { ...machine({}), text: () => undefined }],
    ['in a container without /sys', { ...machine({}), names: () => [] }],
  ])('cannot be seen %s', (_, view) => {
    expect(usesOfDevice(SDB, view)).toBe('UNKNOWN');
    expect(usesOfFile('254:0 12', view)).toBe('UNKNOWN');
  });

  it.each([
    [0x0700n, '7:0'],
    [0x0801n, '8:1'],
    [0x1231_0345n, '259:74565'],
    [0x1_2000_0003_4507n, '74565:7'],
  ])('has the number that makedev(3) packs into %i', (rdev, number) => {
    expect(deviceNumber(rdev)).toBe(number);
  });

  it.each([0, 1, 2, 511, 512, 1_000_003])(
    'of %i bytes has that size where the kernel does not tell it',
    async (bytes) => {
      expect(await searchEnd(async (offset) => offset < bytes)).toBe(bytes);
    },
  );
});

describe('10.3: a regular file', () => {
  it.each([
    ['that nobody serves', {}, []],
    ['behind a loop device', { '/sys/block/loop0/loop/backing_file': '/srv/disk.img\n' }, ['it is behind /dev/loop0']],
    ['of another loop device', { '/sys/block/loop0/loop/backing_file': '/srv/other.img\n' }, []],
    ['of a free loop device', { '/sys/block/loop0/size': '0\n' }, []],
  ])('%s is seen as such', (_, more, uses) => {
    expect(usesOfFile('254:0 12', machine(more))).toEqual(uses);
  });

  it('with swap space is seen as such', () => {
    expect(usesOfFile('254:0 11', machine(swap('/swap\\040file')))).toEqual(['it is in use as swap space']);
  });
});

it('mountinfo is read with any number of optional fields', () => {
  const text = `\
36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
37 35 98:1 / /a\\134b\\011c rw - ext3 none rw
38 35 98:2 / /d rw shared:1 master:2 propagate_from:3 unbindable - ext3 /dev/x rw

`;
  expect(parseMounts(text)).toEqual([
    { device: '98:0', mountPoint: '/mnt2', source: '/dev/root' },
    { device: '98:1', mountPoint: '/a\\b\tc', source: 'none' },
    { device: '98:2', mountPoint: '/d', source: '/dev/x' },
  ]);
});
