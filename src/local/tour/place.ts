import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { mib } from '../folder/space.ts';
import { reason } from '../reason.ts';
import { StartError } from '../start-error.ts';

/** Of images and objects together: a tour that is kept has 139 MB. */
const ROOM_BYTES = 200 * 1024 ** 2;

/** The folder of a tour. */
export interface Place {
  readonly path: string;
  readonly isKept: boolean;
  /** Removes it, unless it is to stay. */
  leave(): void;
}

/**
 * A new folder among the temporary ones, which also goes where the process is made to end at once;
 * or the one that is to stay, empty so far. Throws `StartError`.
 */
export function makePlace(keep: string | undefined): Place {
  const place = keep === undefined ? temporary() : kept(resolve(keep));
  try {
    requireRoom(place);
    return place;
  } catch (error) {
    place.leave();
    throw error;
  }
}

function temporary(): Place {
  const path = make(tmpdir(), () => mkdtempSync(join(tmpdir(), 'varve-tour-')));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  return {
    path,
    isKept: false,
    leave: () => {
      remove();
      process.off('exit', remove);
    },
  };
}

function kept(path: string): Place {
  make(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }));
  if (make(path, () => readdirSync(path)).length > 0)
    throw new StartError(`${path} is not empty. Name one that is empty or not there: --keep DIR.`);
  return { path, isKept: true, leave: () => undefined };
}

function make<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const why = `No folder for the tour can be made at ${path}: ${reason(error)}.`;
    throw new StartError(`${why} ${ELSEWHERE}`);
  }
}

const ELSEWHERE = 'Set TMPDIR to another place, or name a folder: --keep DIR.';

function requireRoom({ path }: Place): void {
  const free = freeBytes(path);
  const needed = ROOM_BYTES + RESERVE_BYTES;
  if (free >= needed) return;
  throw new StartError(
    `The tour needs ${mib(needed)}, and ${path} has ${mib(free)} left on its disk. ` +
      `Make room, or take another place. ${ELSEWHERE}`,
  );
}
