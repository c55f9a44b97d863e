import { rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Run } from '../process/program.ts';
import { type ContentFile, listContent } from './content-list.ts';
import { copyWithoutHoles, setSize, writeWhole } from './whole-file.ts';

export interface Ext4Recipe {
  readonly bytes: number;
  /** About how much of it files take. */
  readonly contentBytes: number;
  /** Where the files come from. */
  readonly contentRoot: string;
}

const LIMIT_S = 600;
/** Fixed, so that the same files give the same image bit for bit. */
const IDENTITY = {
  E2FSPROGS_FAKE_TIME: '1767225600',
  uuid: '6f1b5d0a-0000-4000-8000-000000000001',
  hashSeed: '6f1b5d0a-0000-4000-8000-000000000002',
};
const MKE2FS = ['-q', '-F', '-t', 'ext4', '-m', '0', '-b', '4096', '-L', 'bench', '-U', IDENTITY.uuid];
const EXTENDED = `hash_seed=${IDENTITY.hashSeed},lazy_itable_init=0,lazy_journal_init=0,nodiscard`;

/**
 * A filesystem with files of this machine. The image is written out in full: its zeros are zeros,
 * not holes.
 */
export async function writeExt4(path: string, recipe: Ext4Recipe, run: Run): Promise<void> {
  const sparse = `${path}.sparse`;
  const script = `${path}.debugfs`;
  try {
    await writeWhole(sparse, (fd) => setSize(fd, recipe.bytes));
    const env = { E2FSPROGS_FAKE_TIME: IDENTITY.E2FSPROGS_FAKE_TIME };
    await run({ command: 'mke2fs', args: [...MKE2FS, '-E', EXTENDED, sparse], env, limitS: LIMIT_S });
    writeFileSync(script, debugfsScript(listContent(recipe.contentRoot, recipe.contentBytes)));
    await run({ command: 'debugfs', args: ['-w', '-f', script, sparse], env, limitS: LIMIT_S });
    await writeWhole(path, (fd) => copyWithoutHoles(sparse, fd));
  } finally {
    for (const file of [sparse, script]) rmSync(file, { force: true });
  }
}

function debugfsScript(files: readonly ContentFile[]): string {
  const folders = new Set(['/']);
  const lines: string[] = [];
  const addFolder = (folder: string): void => {
    if (folders.has(folder)) return;
    addFolder(dirname(folder));
    folders.add(folder);
    lines.push(`mkdir ${folder}`);
  };
  for (const { path } of files) {
    addFolder(dirname(path));
    lines.push(`write ${path} ${path}`);
  }
  return `${lines.join('\n')}\n`;
}
