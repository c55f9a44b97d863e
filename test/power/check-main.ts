import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ExpectedBackup } from './acknowledged.ts';
import { restoreAfterCut } from './backup-after-cut.ts';
import { type AfterCut, faultsAfterCut } from './check.ts';
import { createStoredObjects } from './stored-objects.ts';

/** What one cut left. */
export interface CheckJob extends Omit<AfterCut, 'folder'> {
  readonly backups: readonly ExpectedBackup[];
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

/** Each is restored elsewhere, and holds what was acknowledged when it began. */
async function backupFaults({ backups, image, samplePercent }: CheckJob, mounted: string): Promise<string[]> {
  const faults: string[] = [];
  for (const expected of backups) {
    const to = `${image}.restored`;
    const found = await restoreAfterCut(join(mounted, expected.place), expected, to);
    if (typeof found === 'string') faults.push(found);
    else if (found !== undefined) {
      const after = { folder: to, expected: found, sent: [], samplePercent };
      const wrong = await faultsAfterCut(after, stored);
      faults.push(...wrong.map((fault) => `restored from ${expected.place}: ${fault}`));
    }
    await rm(to, { recursive: true, force: true });
  }
  return faults;
}

function report(faults: readonly string[]): void {
  if (process.connected) process.send?.({ faults } satisfies CheckReport);
}

async function check(job: CheckJob): Promise<string[]> {
  const mounted = `${job.image}.mounted`;
  await mkdir(mounted);
  await run('mount', ['-t', 'ext4', '-o', 'loop', job.image, mounted]);
  try {
    return [
      ...(await faultsAfterCut({ ...job, folder: join(mounted, job.folder) }, stored)),
      ...(await backupFaults(job, mounted)),
    ];
  } finally {
    await run('umount', [mounted]);
    await rm(mounted, { recursive: true });
  }
}
