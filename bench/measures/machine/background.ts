import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../../bench-error.ts';
import type { BenchRun } from '../../bench-run.ts';
import { startWatched, type WatchedServer } from './sides.ts';

/** The janitor comes once a minute, and reclaim waits for work that began before. */
const RECLAIM_LIMIT_MS = 400_000;
const LOOK_MS = 500;

/**
 * A scrub of all that a server has, and then the release of all of it: how late the event loop is
 * meanwhile. It frees at once what has no references.
 */
export async function measureBackground(bench: BenchRun, diskIds: readonly string[]): Promise<void> {
  const { figures, ending, say } = bench;
  const server = await startWatched(bench, { VARVE_RECLAIM_GRACE_HOURS: '0' });
  say('scrub');
  await server.resetDelay();
  figures.addProgram('machine scrub', await server.cli.scrub());
  await server.noteDelay('scrub');
  say('reclaim');
  for (const id of diskIds) await server.api.finished(await server.api.releaseDisk(id));
  await untilFreed(server, ending.signal);
  await server.noteDelay('reclaim');
  await server.remove();
}

/** The delay counts from the moment when objects begin to go. */
async function untilFreed(server: WatchedServer, signal: AbortSignal): Promise<void> {
  const folder = join(server.dataDir, 'objects');
  const stored = await fileCount(folder);
  const until = performance.now() + RECLAIM_LIMIT_MS;
  for (let [before, left] = [0, stored]; left === stored || left !== before; ) {
    if (performance.now() > until) throw new BenchError(`Reclaim leaves ${left} of ${stored} objects.`);
    if (left === stored) await server.resetDelay();
    await sleep(LOOK_MS, undefined, { signal });
    [before, left] = [left, await fileCount(folder)];
  }
}

async function fileCount(folder: string): Promise<number> {
  let count = 0;
  for await (const entry of await opendir(folder, { recursive: true })) if (entry.isFile()) count += 1;
  return count;
}
