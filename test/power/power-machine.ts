import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createNbdServer } from '../../src/nbd/server.ts';
import { tell } from '../support/programs.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import { createForgetfulDevice, type ForgetfulDevice } from './forgetful-device.ts';

/** What the machine needs, beside root and loop devices. */
export const POWER_PROGRAMS = ['nbdfuse', 'fusermount3', 'mke2fs', 'losetup', 'mount', 'umount'] as const;

/** The kernel's ext4 on a disk that forgets what was not flushed. */
export interface PowerMachine extends AsyncDisposable {
  readonly device: ForgetfulDevice;
  /** What the device held at the beginning. */
  readonly contents: Buffer;
  /** Where the file system is mounted. This process must not touch it: it serves the disk. */
  readonly mounted: string;
}

/** An empty file system with a journal, as `mke2fs` makes it. */
export async function emptyFileSystem(folder: string, sizeBytes: number): Promise<Buffer> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'empty');
  await writeFile(path, '');
  // Without discards or work that waits for the first mount: the device sees writes alone.
  const options = ['-E', 'nodiscard,lazy_itable_init=0,lazy_journal_init=0', '-m', '0'];
  await tell('mke2fs', '-q', '-t', 'ext4', '-b', '4096', ...options, path, `${sizeBytes / 1024}k`);
  return readFile(path);
}

/**
 * The way down: ext4, the loop driver past the page cache, FUSE, nbdfuse, NBD, the device in this
 * process.
 */
export async function startPowerMachine(folder: string, contents: Buffer): Promise<PowerMachine> {
  const device = createForgetfulDevice(contents);
  const socket = join(folder, 'disk.sock');
  const server = await createNbdServer({ exports: [device], listen: { socket }, log: SILENT_LOG });
  const [file, mounted] = [join(folder, 'disk'), join(folder, 'mounted')];
  await writeFile(file, '');
  await mkdir(mounted);
  const fuse = spawn('nbdfuse', [file, '--unix', socket], { stdio: 'ignore' });
  const ended = once(fuse, 'exit');
  await vi.waitUntil(async () => (await stat(file)).size === contents.length, { timeout: 60_000 });
  const loop = (await tell('losetup', '--show', '--direct-io=on', '-f', file)).trim();
  await tell('mount', '-t', 'ext4', loop, mounted);
  return {
    device,
    contents,
    mounted,
    [Symbol.asyncDispose]: async () => {
      await tell('umount', mounted);
      await tell('losetup', '-d', loop);
      await tell('fusermount3', '-u', file);
      await ended;
      await server.close();
    },
  };
}
