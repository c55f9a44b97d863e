import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../platform/durable-file.ts';

/** What the keeper of a data folder remembers from one run to the next. Instants are ISO 8601. */
export interface Notes {
  /** When the last run ended cleanly. Absent while one is running, and after one that did not. */
  readonly endedAt?: string;
  readonly check?: CheckNote;
  readonly backup?: BackupNote;
  readonly copy?: CopyNote;
  readonly moved?: MovedNote;
}

export interface CheckNote {
  readonly at: string;
  /** What SQLite found; absent where it found nothing. */
  readonly damage?: string;
}

export interface BackupNote {
  readonly at: string;
  readonly to: string;
}

export interface CopyNote {
  readonly at: string;
  readonly id: string;
}

/** The objects have moved, and what is where they were is still there. */
export interface MovedNote {
  /** `folder`, or the bucket. */
  readonly from: string;
  readonly at: string;
  /** When all contents had been read back since. */
  readonly verifiedAt?: string;
}

/** One sentence for the operator, for as long as there is something to be done. */
export function adviceOnMoved({ moved }: Notes, folder: string, now: number): string | undefined {
  if (moved === undefined) return undefined;
  const { from, verifiedAt } = moved;
  const isFolder = from === 'folder';
  const isOver = isFolder ? !existsSync(join(folder, 'objects')) : now - Date.parse(verifiedAt ?? '') > TOLD_MS;
  if (isOver) return undefined;
  const where = isFolder ? join(folder, 'objects') : from;
  return verifiedAt === undefined
    ? `The objects were in ${where} before, and are still there. Keep them until everything has been read back once: ` +
        '"varve scrub" does that now for an account, and the background scrub in time.'
    : `The objects were in ${where} before, and everything has been read back since (${verifiedAt}): what is still ` +
        'there may be deleted.';
}

/** Nobody looks whether another bucket was deleted. */
const TOLD_MS = 7 * 24 * 3_600_000;

const FILE = 'keeping.json';

/** Nothing is known where the file is gone or cut off: then the next check is due at once. */
export function readNotes(folder: string): Notes {
  try {
    const notes: unknown = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    return typeof notes === 'object' && notes !== null ? notes : {};
  } catch {
    return {};
  }
}

/** A note that cannot be written, as on a full disk, is lost: nothing depends on it alone. */
export function note(folder: string, change: (notes: Notes) => Notes): void {
  try {
    writeDurably(join(folder, FILE), `${JSON.stringify(change(readNotes(folder)))}\n`);
  } catch {
    // The next run checks once more than it had to.
  }
}

/** The database is another one now, or is known to be whole. */
export function forgetDamage(folder: string): void {
  note(folder, ({ check: _, ...rest }) => rest);
}
