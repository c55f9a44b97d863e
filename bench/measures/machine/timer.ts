import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchRun } from '../../bench-run.ts';
import { type Medium, mediumOf } from '../../medium.ts';
import type { Fired } from '../../varve/due-disks.ts';
import { startMachine } from '../../varve/machine.ts';
import { requireAll } from '../timer.ts';

const PROGRAM = fileURLToPath(new URL('../../varve/embedded-timer-main.ts', import.meta.url));
const LIMIT_S = 3600;

export const rateName = (medium: Medium) => `machine timer snapshots/s on ${medium}`;

/** Many disks that are due at the same hour, on the stores of one machine. */
export async function measureMachineTimer({ dataDir, run, ending, sizes, figures, say }: BenchRun): Promise<void> {
  const { timerDisks: disks, timerPolicies: policies } = sizes;
  say(`${disks} disks under ${policies} policies`);
  const folder = join(dataDir, 'timer');
  const machine = await startMachine({ dataDir: folder, run, ending });
  const accountId = await machine.api.accountId();
  await machine.api.openSnapshotService();
  await machine.stop();
  const program = (...args: string[]) =>
    run({ command: process.execPath, args: [PROGRAM, ...args], env: {}, limitS: LIMIT_S });
  await program('make', folder, accountId, `${disks}`, `${policies}`);
  say('the timer');
  const fired = await program('fire', folder, accountId);
  const { openedMs, takenMs, savedMs } = requireAll(JSON.parse(fired.stdout) as Fired, { disks, policies });
  figures.add('machine timer open s', openedMs / 1000);
  figures.add('machine timer taken s', takenMs / 1000);
  figures.add(rateName(mediumOf(dataDir)), (disks * 1000) / takenMs);
  figures.add('machine timer saved s', savedMs / 1000);
  figures.add('machine timer cpu s', fired.cpuS);
  figures.add('machine timer peak MiB', fired.peakMib);
  await rm(folder, { recursive: true, force: true });
}
