import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Where administrators' programs are, which not every account has in its path. */
const BESIDES = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), ...BESIDES];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
