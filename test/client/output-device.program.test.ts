import { writeSync } from 'node:fs';
import { constants, mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openOutput } from '../../src/client/download/output.ts';
import { refuseUsedDescriptor } from '../../src/client/download/output-target.ts';
import { chooseFormat } from '../../src/client/upload/image-format.ts';
import { openFileSource } from '../../src/client/upload/source.ts';
import { describeWithDevices, type LoopDevice, openLoopDevice } from '../support/loop-devices.ts';
import { tell } from '../support/programs.ts';

const MIB = 1024 ** 2;
const CONTENTS = { root: 'ab'.repeat(32), sizeBytes: MIB };

let folder: string;
let device: LoopDevice;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-device-'));
  await writeFile(join(folder, 'disk.img'), Buffer.alloc(16 * MIB));
  device = await openLoopDevice(join(folder, 'disk.img'));
});
afterEach(async () => {
  await device[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Uses the device in some way for as long as `work` runs. */
type Use = (work: () => Promise<void>) => Promise<void>;

const mounted: Use = async (work) => {
  const point = join(folder, 'a mount');
  await mkdir(point);
  await tell('mkfs.ext4', '-q', device.path);
  await tell('mount', device.path, point);
  try {
    await writeFile(join(point, 'kept'), 'kept');
    await work();
    expect(await readFile(join(point, 'kept'), 'utf8')).toBe('kept');
  } finally {
    await tell('umount', point);
  }
};
const asSwap: Use = async (work) => {
  await tell('mkswap', device.path);
  await tell('swapon', device.path);
  try {
    await work();
  } finally {
    await tell('swapoff', device.path);
  }
};
const behindAnother: Use = async (work) => {
  await using _ = await openLoopDevice(device.path);
  await work();
};
const heldByTheSystem: Use = async (work) => {
  await using _ = await open(device.path, constants.O_RDONLY | constants.O_EXCL);
  await work();
};

describeWithDevices('10.3: a device that is in use', () => {
  it.each([
    ['mounted', mounted, () => `it is mounted on ${join(folder, 'a mount')}`],
    ['swap space', asSwap, () => 'it is in use as swap space'],
    ['behind a loop device', behindAnother, () => 'it is behind /dev/loop'],
    ['held by the system', heldByTheSystem, () => 'the system holds it'],
  ])('as %s is not written to, also with force and by a link', async (_, use, why) => {
    const link = join(folder, 'link');
    await symlink(device.path, link);
    await use(async () => {
      for (const path of [device.path, link]) {
        await expect(openOutput({ path, force: true }, CONTENTS)).rejects.toMatchObject({
          code: 'OutputInUse',
          message: expect.stringContaining(`${path} is in use: ${why()}`),
        });
      }
    });
    const output = await openOutput({ path: device.path, force: true }, CONTENTS);
    await output.abandon();
  });

  it.each([
    ['mounted', mounted],
    ['swap space', asSwap],
  ])('as %s is read only where that is asked for', async (_, use) => {
    await use(async () => {
      await expect(openFileSource(device.path)).rejects.toMatchObject({ code: 'SourceInUse' });
      const source = await openFileSource(device.path, { live: true });
      expect(source).toMatchObject({ sizeBytes: 16 * MIB, mayBeInUse: false });
      await source.close();
    });
  });

  it('is not written to by way of standard output either', async () => {
    await using file = await open(device.path, 'r+');
    await mounted(async () => {
      expect(() => refuseUsedDescriptor(file.fd, 'Standard output')).toThrow(
        /^Standard output is in use: it is mounted/,
      );
    });
    refuseUsedDescriptor(file.fd, 'Standard output');
  });

  it('is not changed by way of the file behind it', async () => {
    await expect(openOutput({ path: device.file, force: true }, CONTENTS)).rejects.toMatchObject({
      code: 'OutputInUse',
      message: `${device.file} is in use: it is behind ${device.path}.`,
    });
  });
}, ['mkfs.ext4', 'mount', 'umount', 'mkswap', 'swapon', 'swapoff']);

describeWithDevices('a device that nobody uses', () => {
  it('is written to with force alone, and by one program at a time', async () => {
    await expect(openOutput({ path: device.path, force: false }, CONTENTS)).rejects.toMatchObject({
      code: 'OutputExists',
    });
    const output = await openOutput({ path: device.path, force: true }, CONTENTS);
    expect(output).toMatchObject({ mayHold: true, holdsOld: true });
    await expect(openOutput({ path: device.path, force: true }, CONTENTS)).rejects.toMatchObject({
      code: 'OutputInUse',
    });
    writeSync(output.fd, Buffer.alloc(MIB, 'new'), 0, MIB, 0);
    await output.finish();
    expect((await readFile(device.file)).subarray(0, MIB).equals(Buffer.alloc(MIB, 'new'))).toBe(true);
  });

  it('becomes no qcow2 file, and is read as raw whatever is said', async () => {
    const choice = { path: device.path, force: true };
    await expect(openOutput(choice, { ...CONTENTS, form: 'none' })).rejects.toMatchObject({ code: 'OutputUnusable' });
    const source = await openFileSource(device.path);
    expect(chooseFormat(source, undefined)).toBe('raw');
    expect(() => chooseFormat(source, 'qcow2')).toThrow('devices are raw');
    await source.close();
  });

  it('and is too small is refused', async () => {
    const choice = { path: device.path, force: true };
    await expect(openOutput(choice, { ...CONTENTS, sizeBytes: 17 * MIB })).rejects.toMatchObject({
      code: 'OutputUnusable',
      message: `${device.path} is too small: it has 16 MiB, and 17 MiB are needed.`,
    });
  });
});
