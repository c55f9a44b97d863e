import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithDevices, openLoopDevice } from '../support/loop-devices.ts';
import { tell } from '../support/programs.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 240_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

describeWithDevices('10.3: a mounted device', () => {
  it('is neither exported to, also with --force, nor imported without --live', async () => {
    const [file, point] = [cli.path('disk.img'), cli.path('mnt')];
    await writeFile(file, Buffer.alloc(16 * 1024 ** 2));
    await mkdir(point);
    await cli.json('disk', 'create', 'empty', '--size', '16M');
    await using device = await openLoopDevice(file);
    await tell('mkfs.ext4', '-q', device.path);
    await tell('mount', device.path, point);
    try {
      await writeFile(`${point}/kept`, 'kept');
      const use = `varve: ${device.path} is in use: it is mounted on ${point}.\n`;
      const exported = await cli.run(['disk', 'export', 'empty', device.path, '--force']);
      expect(exported).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining(use) });
      const imported = await cli.run(['disk', 'import', device.path, '--name', 'live']);
      expect(imported).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining(use) });
      expect(imported.stderr).toContain('--live');
      expect(await readFile(`${point}/kept`, 'utf8')).toBe('kept');
      await cli.json('disk', 'import', device.path, '--name', 'live', '--live');
    } finally {
      await tell('umount', point);
    }
    await tell('e2fsck', '-fn', device.path);
    expect(await cli.json('disk', 'export', 'empty', device.path, '--force')).toMatchObject({ resumed: false });
    expect((await readFile(file)).every((byte) => byte === 0)).toBe(true);
  });
}, ['mkfs.ext4', 'e2fsck', 'mount', 'umount']);
