import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '../../attach/journal/owner.ts';
import { answers } from '../../nbd/listen.ts';
import { removeEmpty } from './background.ts';
import type { Places } from './places.ts';
import { type FoundRecord, forget, readRecords, statusOf } from './records.ts';

/**
 * Takes away what attachments left that died without an end: sockets, empty folders and empty logs
 * of processes that are gone. What holds writes, says something or has a record stays. Never fails:
 * what cannot be removed now is there for the next sweep.
 */
export async function sweep(places: Places): Promise<void> {
  const logs = (await readRecords(places.attachments)).map(({ record }) => record.log);
  await eachIn(places.scratch, async (path) => {
    if (await isOfDead(path, /\.(\d+)-\w+$/)) await rmdir(path);
  });
  for (const folder of [places.sockets, places.attachments]) {
    await eachIn(folder, async (path) => {
      if ((await isOfDead(path, /\.(\d+)\.sock$/)) && !(await answers(path))) await rm(path);
    });
  }
  await eachIn(places.attachments, async (path) => {
    if (await isOfDead(path, /\.(\d+)\.json\.new$/)) await rm(path);
    if ((await isOfDead(path, /\/(\d+)\.log$/)) && !logs.includes(path)) await removeEmpty(path);
  });
  await eachIn(places.journals, (path) => rmdir(path)); // of disks of which nothing is left
}

/**
 * Forgets the attachments of a source that died. Those that have something mounted stay: to take
 * that back is for `varve detach`.
 */
export async function forgetDeadOf(places: Places, sourceId: string): Promise<void> {
  for (const found of await readRecords(places.attachments)) {
    const { record } = found;
    if (record.sourceId === sourceId && record.mount === undefined && (await isDead(found))) await forgetDead(found);
  }
}

export async function forgetDead(found: FoundRecord): Promise<void> {
  await forget(found);
  await removeEmpty(found.record.log);
}

/** Whether its process is known to be gone: one that does not answer may be busy. */
export async function isDead(found: FoundRecord): Promise<boolean> {
  return (await statusOf(found).catch(() => 'unknown')) === undefined;
}

async function eachIn(folder: string, remove: (path: string) => Promise<void>): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) await remove(join(folder, name)).catch(() => undefined);
}

/** Whether the name has the number of a process in it that is gone. */
async function isOfDead(path: string, pattern: RegExp): Promise<boolean> {
  const pid = pattern.exec(path)?.[1];
  return pid !== undefined && !(await isRunning(Number(pid)));
}
