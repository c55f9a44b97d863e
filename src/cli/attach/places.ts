import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import { makeFolder } from '../../platform/make-folder.ts';

/** Where attachments keep what outlives them or others must find, by the XDG base directories. */
export interface Places {
  /** Journals of what is not uploaded yet: as precious as the disk itself. */
  readonly journals: string;
  /** The last version of each disk whose attachment ended in order. */
  readonly versions: string;
  /** One record and one control socket for each running attachment. */
  readonly attachments: string;
  /** Scratch files and mount points of running attachments. */
  readonly scratch: string;
  /** Sockets that nobody named. */
  readonly sockets: string;
  /** Blocks that were read once; can be deleted at any time. */
  readonly cache: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function findPlaces(environment: Environment, home: string): Places {
  const given = (name: string) => {
    const value = environment[name];
    return value?.startsWith('/') ? value : undefined; // the XDG rule: relative ones do not count
  };
  const state = given('VARVE_STATE_DIR') ?? join(given('XDG_STATE_HOME') ?? join(home, '.local', 'state'), 'varve');
  const runtime = given('XDG_RUNTIME_DIR');
  return {
    journals: join(state, 'journals'),
    versions: join(state, 'versions'),
    attachments: join(state, 'attachments'),
    scratch: join(state, 'scratch'),
    sockets: runtime === undefined ? join(state, 'sockets') : join(runtime, 'varve'),
    cache: given('VARVE_CACHE_DIR') ?? join(given('XDG_CACHE_HOME') ?? join(home, '.cache'), 'varve'),
  };
}

/**
 * Only their owner may look into them: journals and sockets give the disk's contents away. Throws
 * `AttachFailed`.
 */
export function makePlaces(places: Places): void {
  for (const folder of Object.values(places) as string[]) {
    try {
      makeFolder(folder);
    } catch (error) {
      throw new ClientError('AttachFailed', `${folder} cannot be made: ${(error as Error).message}.`, {}, error);
    }
  }
}

/**
 * Of an attachment's record. More might keep an attachment out that is to commit what fills the
 * medium.
 */
const ROOM_BYTES = 4096;

/**
 * Throws `AttachFailed` if a folder cannot be written to, or has no room for an attachment to
 * begin.
 */
export async function requireRoom(folder: string): Promise<void> {
  const path = join(folder, 'room');
  try {
    await writeFile(path, Buffer.alloc(ROOM_BYTES), { mode: 0o600 });
  } catch (error) {
    throw new ClientError(
      'AttachFailed',
      `Nothing can be written in ${folder}: ${(error as Error).message}.`,
      {},
      error,
    );
  } finally {
    await rm(path, { force: true });
  }
}
