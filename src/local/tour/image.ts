import { randomBytes } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, run } from './run-program.ts';

/** A disk image of the tour, as it is made, changed and checked. */
export interface Image {
  /** What stands in for it where a tool is missing. */
  readonly note?: string;
  make(file: string): Promise<Shown>;
  change(file: string): Promise<Shown>;
  /** Whether it is in order, by a judge of its own; absent where there is none. */
  readonly check?: (file: string) => Promise<Shown>;
}

export interface Shown {
  readonly command: string;
  readonly text: string;
}

const MIB = 1024 ** 2;
const IMAGE_MIB = 64;
const PHOTOS = 8;
const LETTERS = 200;
const ORDERS = 40_000;

const TOOLS = ['mke2fs', 'debugfs', 'e2fsck'];

/** Real files in a real file system, as far as this machine has the tools; else raw bytes. */
export async function chooseImage(workFolder: string, runTool: typeof run = run): Promise<Image> {
  for (const tool of TOOLS) {
    if ((await runTool(tool, ['-V'])) === undefined) return rawImage(tool);
  }
  return ext4Image(workFolder);
}

function ext4Image(workFolder: string): Image {
  const files = join(workFolder, 'files');
  return {
    make: async (file) => {
      await writeFiles(files);
      await mustRun('mke2fs', ['-q', '-F', '-t', 'ext4', '-d', files, file, `${IMAGE_MIB}M`]);
      return {
        command: `mke2fs -t ext4 -d files monday.img ${IMAGE_MIB}M`,
        text: `An ext4 file system with ${LETTERS} letters, ${PHOTOS} photos and a table.`,
      };
    },
    change: async (file) => {
      await writeFile(join(workFolder, 'reply.txt'), 'Dear reader, this is new.\n'.repeat(40));
      await writeFile(join(workFolder, 'sunset.raw'), randomBytes(MIB));
      const commands = [
        'rm letters/007.txt',
        `write ${join(workFolder, 'reply.txt')} letters/reply.txt`,
        'rm photos/03.raw',
        `write ${join(workFolder, 'sunset.raw')} photos/sunset.raw`,
      ];
      await mustRun('debugfs', ['-w', '-f', '-', file], { input: `${commands.join('\n')}\n` });
      const text = '1 letter and 1 photo deleted, 1 letter and 1 photo added.';
      return { command: 'debugfs -w tuesday.img', text };
    },
    check: async (file) => {
      await mustRun('e2fsck', ['-fn', file]);
      return { command: 'e2fsck -fn', text: 'The file system is clean.' };
    },
  };
}

async function writeFiles(folder: string): Promise<void> {
  for (const name of ['letters', 'photos', 'database']) await mkdir(join(folder, name), { recursive: true });
  for (let letter = 0; letter < LETTERS; letter++) {
    const name = `${String(letter).padStart(3, '0')}.txt`;
    await writeFile(join(folder, 'letters', name), `Letter ${letter}: the tide came in.\n`.repeat(100));
  }
  for (let photo = 0; photo < PHOTOS; photo++) {
    await writeFile(join(folder, 'photos', `${String(photo).padStart(2, '0')}.raw`), randomBytes(MIB));
  }
  await writeFile(join(folder, 'database', 'orders.csv'), rows(ORDERS));
}

function rows(count: number): string {
  return Array.from({ length: count }, (_, row) => `${row},order,${(row * 7919) % 10_007},shipped`).join('\n');
}

function rawImage(missing: string): Image {
  const write = async (file: string, atMib: number, bytes: Uint8Array): Promise<void> => {
    const handle = await open(file, 'r+');
    await handle.write(bytes, 0, bytes.length, atMib * MIB);
    await handle.close();
  };
  return {
    note: `${missing} is not installed here (package e2fsprogs), so this image has no file system.`,
    make: async (file) => {
      const handle = await open(file, 'w');
      await handle.truncate(IMAGE_MIB * MIB);
      await handle.close();
      await write(file, 0, Buffer.from(rows(ORDERS)));
      for (let photo = 0; photo < PHOTOS; photo++) await write(file, 16 + photo * 4, randomBytes(MIB));
      return {
        command: `truncate -s ${IMAGE_MIB}M monday.img`,
        text: `A sparse file with ${PHOTOS} photos and a table in it.`,
      };
    },
    change: async (file) => {
      await write(file, 24, randomBytes(MIB));
      const text = '1 of the photos is another one now.';
      return { command: 'a program overwrites 1 MiB at 24 MiB', text };
    },
  };
}
