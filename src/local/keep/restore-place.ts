import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { writeDurably } from '../../platform/durable-file.ts';
import { isOfAStart, RESTORING } from '../folder/contents.ts';
import { makeWritable, probeWriting } from '../folder/file-system.ts';
import { lockFolder } from '../folder/lock.ts';
import { MARKER } from '../folder/marker.ts';
import { mib } from '../folder/space.ts';
import { StartError } from '../start-error.ts';
import type { BackupManifest } from './backup-form.ts';

export interface RestorePlace {
  release(): void;
}

/** Opens a new or empty folder, or one in which the same backup was being restored. */
export function openRestorePlace(to: string, { id }: BackupManifest): RestorePlace {
  makeWritable(to);
  const names = readdirSync(to).filter((name) => !isOfAStart(name, RESTORING));
  if (names.includes(MARKER))
    throw new StartError(`${to} is a data folder already: restore into a new folder, and use it with --data.`);
  const known = names.includes(RESTORING) ? readRestoring(to) : undefined;
  if (names.length > 0 && known === undefined)
    throw new StartError(`${to} holds "${names[0]}": restore into a new or empty folder.`);
  if (known !== undefined && known.id !== id)
    throw new StartError(
      `In ${to} another backup (of ${known.madeAt} from ${known.from}) was being restored: ` +
        'go on with that one, or choose another folder.',
    );
  probeWriting(to);
  return lockFolder(to);
}

/** Of the bytes that are not there by links. */
export function requireRoomFor(to: string, from: string, { catalogue, objects, manifests }: BackupManifest): void {
  const isLinked = existsSync(from) && statSync(from).dev === statSync(to).dev;
  const objectBytes = isLinked ? 0 : objects.bytes + manifests.bytes;
  const needed = catalogue.sizeBytes + objectBytes + RESERVE_BYTES;
  const free = freeBytes(to);
  if (free < needed && !existsSync(join(to, RESTORING)))
    throw new StartError(`The disk of ${to} is too full: ${mib(free)} are free, and the backup needs ${mib(needed)}.`);
}

interface Restoring {
  readonly id: string;
  readonly from: string;
  readonly madeAt: string;
}

export function markRestoring(to: string, from: string, { id, madeAt }: BackupManifest): void {
  writeDurably(join(to, RESTORING), `${JSON.stringify({ id, from, madeAt })}\n`);
}

function readRestoring(to: string): Restoring {
  try {
    return JSON.parse(readFileSync(join(to, RESTORING), 'utf8')) as Restoring;
  } catch {
    throw new StartError(`${to} is damaged: ${RESTORING} is not readable. Restore into a new folder.`);
  }
}
