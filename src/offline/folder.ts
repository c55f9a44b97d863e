import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../local/folder/lock.ts';
import { MARKER, readMarker } from '../local/folder/marker.ts';
import { makePrivate } from '../local/folder/private.ts';
import { StartError } from '../local/start-error.ts';
import { makeFolder } from '../platform/make-folder.ts';

/** Where the emulated cloud keeps what it is given. No place for data: nothing is flushed. */
export interface OfflineFolder {
  readonly path: string;
  readonly objects: string;
  /** Uploads on their way; emptied at each start. */
  readonly incoming: string;
  readonly keys: string;
  readonly adminKey: string;
  readonly endpoint: string;
  /** The secret of this run, which opens the functions to their operator. */
  readonly operatorKey: string;
  /** What the functions run with, for `node --env-file`. */
  readonly environment: string;
  readonly logs: string;
  readonly code: string;
  unlock(): void;
}

/** Opens the folder for this process alone. Throws `StartError`. */
export function openOfflineFolder(path: string): OfflineFolder {
  makeFolder(path);
  if (readMarker(path) !== undefined)
    throw new StartError(
      `${path} is a data folder of varve server (it holds ${MARKER}): choose another with VARVE_OFFLINE_DATA.`,
    );
  makePrivate(path);
  const lock = lockFolder(path);
  const at = (name: string): string => join(path, name);
  const folder: OfflineFolder = {
    path,
    objects: at('objects'),
    incoming: at('incoming'),
    keys: at('keys.json'),
    adminKey: at('admin.key'),
    endpoint: at('endpoint.json'),
    operatorKey: at('operator.key'),
    environment: at('environment.env'),
    logs: at('logs'),
    code: at('code'),
    unlock: lock.release,
  };
  for (const old of [folder.incoming, folder.code]) rmSync(old, { recursive: true, force: true });
  for (const name of [folder.objects, folder.incoming, folder.logs, folder.code]) makeFolder(name);
  return folder;
}
