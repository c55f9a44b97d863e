import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processExists } from '../../platform/process-exists.ts';

/** The process that writes a journal. */
export interface Owner {
  readonly pid: number;
  /**
   * When the process began, as the kernel says. A later process of the same number differs in it.
   */
  readonly begun: string | null;
  /** Of the lease under which it writes. */
  readonly fence: number;
}

const NAME = 'owner.json';
// Of proc(5)'s stat.
const STATE_FIELD = 3;
const THREADS_FIELD = 20;
const BEGUN_FIELD = 22;

export async function claim(folder: string, fence: number): Promise<void> {
  const owner: Owner = { pid: process.pid, begun: (await find(process.pid))?.begun ?? null, fence };
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
  const found = await find(pid);
  if (found === undefined || found.hasEnded) return false;
  return begun === null || found.begun === null || begun === found.begun;
}

export async function isRunning(pid: number): Promise<boolean> {
  const found = await find(pid);
  return found !== undefined && !found.hasEnded;
}

interface Found {
  readonly begun: string | null;
  /**
   * It does nothing any more, but the process that started it has not asked for its exit code. In a
   * container perhaps none ever does.
   */
  readonly hasEnded: boolean;
}

/** Where there is no /proc, only that there is such a process. */
async function find(pid: number): Promise<Found | undefined> {
  if (!processExists(pid)) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return { begun: null, hasEnded: false };
  // The second field is the program's name, in brackets, and may hold anything.
  const behindName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => behindName[number - 3] ?? null;
  // While another of its threads goes on, that may still be writing.
  return { begun: field(BEGUN_FIELD), hasEnded: field(STATE_FIELD) === 'Z' && Number(field(THREADS_FIELD)) <= 1 };
}
