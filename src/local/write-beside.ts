import { renameSync, writeFileSync } from 'node:fs';

/** For its owner alone. Written beside and renamed, so that a reader finds all of it. */
export function writeBeside(path: string, contents: string | Uint8Array): void {
  writeFileSync(`${path}.new`, contents, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
