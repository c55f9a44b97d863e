import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

export interface LogFile {
  /** Without the end of the line. Never throws: nothing ends because its log cannot be written. */
  write(line: string): void;
  close(): void;
}

/** Two of them: the one that is written, and the one before it. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** The log of the run before stays beside it, under the name `<path>.1`. */
export function openLogFile(path: string, largestBytes = LARGEST_BYTES): LogFile {
  let file: number | undefined;
  let bytes = 0;
  const next = () => {
    try {
      if (file !== undefined) closeSync(file);
      file = undefined;
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) renameSync(path, `${path}.1`);
      file = openSync(path, 'a', 0o600);
    } catch {
      // Without a log then, until there is room for one.
    }
    bytes = 0;
  };
  next();
  return {
    write: (line) => {
      if (file === undefined || bytes > largestBytes) next();
      if (file === undefined) return;
      try {
        bytes += writeSync(file, `${line}\n`);
      } catch {
        // A full disk, for one.
      }
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
