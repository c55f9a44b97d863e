import { makeFolder } from '../platform/make-folder.ts';
import { reason } from './reason.ts';
import { StartError } from './start-error.ts';

/** Makes a folder of the installation, and those above it, where there is none. */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new StartError(`The data folder ${path} cannot be made (${reason(error)}).`);
  }
}
