import { statfsSync } from 'node:fs';

/** What data lie on. A tmpfs has no disk below, so syncs of it take no time. */
export type Medium = 'tmpfs' | 'disk';

const TMPFS_MAGIC = 0x01021994; // statfs(2)

export function mediumOf(folder: string): Medium {
  return statfsSync(folder).type === TMPFS_MAGIC ? 'tmpfs' : 'disk';
}
