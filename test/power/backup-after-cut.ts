import { folderSource, restore } from '../../src/local/keep/restore.ts';
import type { Expected, ExpectedBackup } from './acknowledged.ts';

/**
 * Restores what a cut left of a folder of backups. Answers what it must hold; a text if it is not
 * what was promised; nothing if nothing was promised, and nothing is there.
 */
export async function restoreAfterCut(
  from: string,
  { place, id, holds, next }: ExpectedBackup,
  to: string,
): Promise<Expected | string | undefined> {
  const source = folderSource(from);
  const manifest = await source.manifest();
  if (typeof manifest === 'string') return `the manifest in ${place} ${manifest}`;
  if (manifest === undefined) return id === undefined ? undefined : `the backup ${id} in ${place} is lost`;
  const expected = manifest.id === id ? holds : next;
  if (expected === undefined) return `the backup ${manifest.id} in ${place} is not ${id}`;
  try {
    await restore(source, { to, verify: true });
    return expected;
  } catch (error) {
    return `the backup ${manifest.id} in ${place} cannot be restored: ${(error as Error).message}`;
  }
}
