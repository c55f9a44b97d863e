import { open } from 'node:fs/promises';
import { describe } from 'vitest';
import { describeWith, leaveOut, tell, tellSync } from './programs.ts';

/** As `describeWith`, for tests with block devices: these need `losetup`, and root. */
export function describeWithDevices(name: string, body: () => void, programs: readonly string[] = []): void {
  describeWith(['losetup', ...programs], name, () => {
    if (mayMakeDevices()) describe('of this machine', body);
    else leaveOut('of this machine', 'this user may not make loop devices here');
  });
}

function mayMakeDevices(): boolean {
  try {
    tellSync('losetup', '-f');
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}

/** A file and the block device over it. */
export interface LoopDevice extends AsyncDisposable {
  readonly path: string;
  readonly file: string;
  /** The file gets this size. The device keeps its own. */
  resizeFile(bytes: number): Promise<void>;
  /** As when a device is pulled, or made smaller by the machine that serves it. */
  resize(bytes: number): Promise<void>;
}

export async function openLoopDevice(file: string): Promise<LoopDevice> {
  const path = (await tell('losetup', '--show', '-f', file)).trim();
  const resizeFile = async (bytes: number) => {
    await using handle = await open(file, 'r+');
    await handle.truncate(bytes);
  };
  return {
    path,
    file,
    resizeFile,
    resize: async (bytes) => {
      await resizeFile(bytes);
      await tell('losetup', '-c', path);
    },
    [Symbol.asyncDispose]: async () => {
      await tell('losetup', '-d', path);
    },
  };
}
