import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface ContentFile {
  readonly path: string;
  readonly bytes: number;
}

/** Names that debugfs takes without quoting. */
const PLAIN_NAME = /^[A-Za-z0-9._+@%:,=-]+$/;

/**
 * Regular files under a folder in a fixed order, each content once, as many as fit in `limitBytes`.
 */
export function listContent(root: string, limitBytes: number): ContentFile[] {
  const files: ContentFile[] = [];
  const seen = new Set<string>();
  let total = 0;
  const walk = (folder: string): void => {
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined || !PLAIN_NAME.test(name)) continue;
      if (stat.isDirectory()) walk(path);
      const inode = `${stat.dev}:${stat.ino}`;
      if (!stat.isFile() || seen.has(inode) || total + stat.size > limitBytes) continue;
      seen.add(inode);
      files.push({ path, bytes: stat.size });
      total += stat.size;
    }
  };
  walk(root);
  return files;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // not ours to read
  }
}
