import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ClientError } from '../../client/errors.ts';

/** For one step of mounting: longer than any of them takes, shorter than patience. */
const LIMIT_MS = 60_000;
/** Where mounting tools lie, often outside a user's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

export interface ProgramOutcome {
  readonly code: number | null;
  readonly stdout: string;
  /** In one line, for messages. */
  readonly stderr: string;
}

/**
 * Runs one program to its end. Its words are arguments, never a shell's. Throws `MountFailed` if it
 * is not installed.
 */
export async function runProgram([name, ...args]: readonly string[]): Promise<ProgramOutcome> {
  if (name === undefined) throw new Error('no program is named');
  const child = spawn(await programPath(name), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    env: { ...process.env, LC_ALL: 'C' }, // some of what they say is looked into
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr: stderr.trim().replaceAll(/\s*\n\s*/g, ' ') };
}

/** As `findProgram`, of what must be there. */
export async function programPath(name: string): Promise<string> {
  const path = await findProgram(name);
  if (path === undefined) throw new ClientError('MountFailed', `${name} is not installed.`);
  return path;
}

/** Where a program lies. */
export async function findProgram(name: string, path = process.env.PATH ?? ''): Promise<string | undefined> {
  for (const folder of [...path.split(delimiter).filter(Boolean), ...SYSTEM_FOLDERS]) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
