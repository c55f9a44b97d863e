import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../platform/durable-file.ts';

/** What the keeper of a data folder remembers from one run to the next. Instants are ISO 8601. */
export interface Notes {
  /** When the last run ended cleanly. Absent while one is running, and after one that did not. */
  readonly endedAt?: string;
  readonly check?: CheckNote;
  readonly backup?: BackupNote;
  readonly copy?: CopyNote;
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
