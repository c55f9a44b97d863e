import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { vi } from 'vitest';
import { tell } from './programs.ts';

const NBDFUSE = 'nbdfuse'; // of libnbd

/** What tests with a medium that has bad places need of the machine. */
export const BAD_MEDIUM_PROGRAMS = [NBDFUSE, 'nbdkit', 'fusermount3'] as const;

export interface BadRange {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export interface BadMedium extends AsyncDisposable {
  /** A file with the contents of the other; the kernel answers reads of a bad place with EIO. */
  readonly path: string;
}

/** Serves `file` with bad places, whole sectors of 512 bytes, as another file. */
export async function openBadMedium(file: string, bad: readonly BadRange[]): Promise<BadMedium> {
  const { size } = await stat(file);
  const [path, map] = [`${file}.bad`, `${file}.map`];
  await writeFile(path, '');
  await writeFile(map, mapOf(bad, size));
  const kit = ['nbdkit', '-s', '--filter=ddrescue', 'file', file, `ddrescue-mapfile=${map}`];
  const server = spawn(NBDFUSE, ['-r', path, '--command', ...kit], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  await vi.waitUntil(async () => (await stat(path)).size === size, { timeout: 60_000 });
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await tell('fusermount3', '-u', path);
      await ended;
    },
  };
}

/**
 * In the form of GNU ddrescue, of which nbdkit's filter takes what was rescued (+) for readable.
 */
function mapOf(bad: readonly BadRange[], size: number): string {
  const lines = ['0x0 + 1'];
  let at = 0;
  const add = (end: number, status: string) => {
    if (end > at) lines.push(`0x${at.toString(16)} 0x${(end - at).toString(16)} ${status}`);
    at = Math.max(at, end);
  };
  for (const { offsetBytes, lengthBytes } of bad) {
    add(offsetBytes, '+');
    add(offsetBytes + lengthBytes, '-');
  }
  add(size, '+');
  return `${lines.join('\n')}\n`;
}
