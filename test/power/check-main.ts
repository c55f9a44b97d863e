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

/** Checks one cut after the other: each time a disk is mounted, and a server starts on it. */
process.on('message', (job: CheckJob) => {
  check(job).then(
    (faults) => process.send?.({ faults } satisfies CheckReport),
    (error: unknown) =>
      process.send?.({ faults: [`the check failed: ${(error as Error).stack}`] } satisfies CheckReport),
  );
});
process.on('disconnect', () => process.exit());

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
