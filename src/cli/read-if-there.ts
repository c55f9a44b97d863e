import { readFile } from 'node:fs/promises';
import { ClientError } from '../client/errors.ts';

/** Undefined if it does not exist. Throws if it cannot be read. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const message = `${path} cannot be read${isForbidden ? ' by this user' : ''} (${code}).`;
    throw new ClientError(isForbidden ? 'Unauthenticated' : 'BadAnswer', message, { path }, error);
  }
}
