import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A version of a disk, and the root of its contents. */
export interface KnownVersion {
  readonly version: number;
  readonly root: string;
}

/** What an attachment knows of its disk. */
export interface KnownVersions {
  /** The last version that it saw or made. */
  readonly made: KnownVersion;
  /** What the commit under way makes, if one is. */
  readonly expected?: KnownVersion | undefined;
}

const NAME = 'version.json';
/** The JSON text and blanks: overwritten as one sector, which takes no room on the medium. */
const NOTE_BYTES = 512;

/**
 * Lies in the journal's folder. By it, the next attachment notices that the disk is older than it
 * was, or has other contents (rule 9.6). Journals of earlier releases have none.
 */
export class VersionNote {
  readonly #path: string;
  #made: KnownVersion | undefined;

  constructor(journal: string) {
    this.#path = join(journal, NAME);
  }

  /** As it was written last. */
  get made(): KnownVersion | undefined {
    return this.#made;
  }

  /** Survives a kill; the medium has it after `sync`. */
  write(known: KnownVersions): void {
    this.#made = known.made;
    const file = openSync(this.#path, constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      writeSync(file, JSON.stringify(known).padEnd(NOTE_BYTES), 0);
    } finally {
      closeSync(file);
    }
  }

  async sync(): Promise<void> {
    const file = await open(this.#path, 'r+');
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

/** Undefined if there is none, or none that is whole. */
export async function readVersionNote(journal: string): Promise<KnownVersions | undefined> {
  return parseNote(await readNote(join(journal, NAME)));
}

export async function readNote(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

export function parseNote(text: string | undefined): KnownVersions | undefined {
  if (text === undefined) return undefined;
  try {
    const { made, expected } = JSON.parse(text) as Partial<Record<keyof KnownVersions, unknown>>;
    if (!isKnown(made) || !(expected === undefined || isKnown(expected))) return undefined;
    return { made, expected };
  } catch {
    return undefined;
  }
}

function isKnown(value: unknown): value is KnownVersion {
  if (typeof value !== 'object' || value === null) return false;
  const { version, root } = value as Partial<KnownVersion>;
  return Number.isSafeInteger(version) && typeof root === 'string';
}
