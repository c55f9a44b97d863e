import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The process that writes a journal. */
export interface Owner {
  readonly pid: number;
  /** When the process began, as the kernel tells it: a number that is used again is told from the process that is meant. */
  readonly begun: string | null;
  /** Of the lease under which it writes. */
  readonly fence: number;
}

const NAME = 'owner.json';
const BEGUN_FIELD = 22; // of proc(5)'s stat

export async function claim(folder: string, fence: number): Promise<void> {
  const owner: Owner = { pid: process.pid, begun: await begunAt(process.pid), fence };
  await writeFile(join(folder, NAME), JSON.stringify(owner), { mode: 0o600, flag: 'w' });
}

/** Undefined where nobody has claimed the folder, or the claim was never written whole. */
export async function ownerOf(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, NAME), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Whether that process still runs, on this machine. */
export async function isAlive({ pid, begun }: Owner): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const now = await begunAt(pid);
  return begun === null || now === null || begun === now;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Null where there is no /proc. */
async function begunAt(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return null;
  // The second field is the program's name, in brackets, and may hold anything.
  const behindName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return behindName[BEGUN_FIELD - 3] ?? null;
}
