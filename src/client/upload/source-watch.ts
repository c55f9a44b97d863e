import { type BigIntStats, fstatSync, readSync, statSync } from 'node:fs';
import { isBadPlace } from '../errno.ts';
import { ClientError } from '../errors.ts';
import type { Source } from './source.ts';

/** What became of a source while it was read. */
export type SourceChange = 'SHRANK' | 'GREW' | 'WRITTEN' | 'REPLACED' | 'GONE';

/** Compares a source with what it was when it was opened. */
export interface SourceWatch {
  changes(): readonly SourceChange[];
}

export interface Watched {
  readonly fd: number;
  /** Undefined for what has no name here, such as standard input. */
  readonly path?: string | undefined;
  readonly sizeBytes: number;
  /** Of `fd`, when it was opened. */
  readonly opened: BigIntStats;
}

/** A file or block device. Of a device the contents cannot be compared, only its size. */
export function watchFile(watched: Watched): SourceWatch {
  return {
    changes: () => {
      const name = nameChange(watched);
      const contents = watched.opened.isFile() ? fileChanges(watched, name !== undefined) : deviceChanges(watched);
      return name === undefined ? contents : [...contents, name];
    },
  };
}

/**
 * Throws if a source is not what it was when it was opened, unless `allowed`. A source that became
 * shorter is never allowed: nobody knows what stood there.
 */
export function requireUnchanged(source: Source, allowed: boolean): readonly SourceChange[] {
  const changes = 'watch' in source ? (source.watch?.changes() ?? []) : [];
  if (changes.length === 0) return [];
  const name = source.kind === 'file' ? source.path : 'Standard input';
  const extra = { ...(source.kind === 'file' && { path: source.path }), changes };
  if (changes.includes('SHRANK'))
    throw new ClientError('SourceUnusable', `${name} became shorter while it was read.`, extra);
  if (!allowed)
    throw new ClientError('SourceChanged', `${name} changed while it was read: ${inWords(changes)}.`, extra);
  return changes;
}

const WORDS: Readonly<Record<SourceChange, string>> = {
  SHRANK: 'it became shorter',
  GREW: 'it grew',
  WRITTEN: 'it was written to',
  REPLACED: 'something else has its name now',
  GONE: 'it was removed',
};

export function inWords(changes: readonly SourceChange[]): string {
  return changes.map((change) => WORDS[change]).join(', ');
}

/** A new name or one name less changes the ctime as well, and is told by itself. */
function fileChanges({ fd, opened }: Watched, isRenamed: boolean): SourceChange[] {
  const now = fstatSync(fd, { bigint: true });
  const isWritten = now.mtimeNs !== opened.mtimeNs || (now.ctimeNs !== opened.ctimeNs && !isRenamed);
  return [...sizeChange(now.size - opened.size), ...(isWritten ? ['WRITTEN' as const] : [])];
}

function deviceChanges({ fd, sizeBytes }: Watched): SourceChange[] {
  if (!isInside(fd, sizeBytes - 1)) return ['SHRANK'];
  return isInside(fd, sizeBytes) ? ['GREW'] : [];
}

function sizeChange(difference: bigint): SourceChange[] {
  if (difference === 0n) return [];
  return [difference > 0n ? 'GREW' : 'SHRANK'];
}

function nameChange({ path, opened }: Watched): SourceChange | undefined {
  if (path === undefined) return undefined;
  const now = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (now === undefined) return 'GONE';
  return now.ino === opened.ino && now.dev === opened.dev ? undefined : 'REPLACED';
}

/**
 * A byte that cannot be read is inside all the same: beyond the end, nothing is read, and nothing
 * fails.
 */
function isInside(fd: number, offset: number): boolean {
  try {
    return readSync(fd, Buffer.alloc(1), 0, 1, offset) === 1;
  } catch (error) {
    if (isBadPlace((error as NodeJS.ErrnoException).code)) return true;
    throw error;
  }
}
