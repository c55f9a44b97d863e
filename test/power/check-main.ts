import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AfterCut, faultsAfterCut } from './check.ts';
import { createStoredObjects } from './stored-objects.ts';

/** What one cut left. */
export interface CheckJob extends Omit<AfterCut, 'folder'> {
  /** The device's contents, in a file. */
  readonly image: string;
  /** Of the data, below the root of the file system. */
  readonly folder: string;
}

export interface CheckReport {
  readonly faults: readonly string[];
}

const run = promisify(execFile);
const stored = createStoredObjects();

let under: Promise<void> = Promise.resolve();

/** Checks one cut after the other: each time a disk is mounted, and a server starts on it. */
process.on('message', (job: CheckJob) => {
  under = check(job).then(
    (faults) => report(faults),
    (error: unknown) => report([`the check failed: ${(error as Error).stack}`]),
  );
});
// Nothing stays mounted.
process.on('disconnect', () => void under.finally(() => process.exit()));

function report(faults: readonly string[]): void {
  if (process.connected) process.send?.({ faults } satisfies CheckReport);
}

async function check(job: CheckJob): Promise<string[]> {
  const mounted = `${job.image}.mounted`;
  await mkdir(mounted);
  await run('mount', ['-t', 'ext4', '-o', 'loop', job.image, mounted]);
  try {
    return await faultsAfterCut({ ...job, folder: join(mounted, job.folder) }, stored);
  } finally {
    await run('umount', [mounted]);
    await rm(mounted, { recursive: true });
  }
}
