import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { countingPreload, settled } from '../requests/counting.ts';
import type { DueDisks, Fired } from '../varve/due-disks.ts';
import { type Installation, type InstallOptions, install } from '../varve/installation.ts';
import type { Requests } from './requests.ts';

const PROGRAM = fileURLToPath(new URL('../varve/timer-main.ts', import.meta.url));
const LIMIT_S = 7200;

/**
 * Many disks that are due at the same hour: how fast they have their snapshots, and, in a smaller
 * installation that counts, what each asks for.
 */
export async function measureTimer(bench: BenchRun): Promise<Requests> {
  const { sizes, figures, say } = bench;
  await inInstallation(bench, 'timer', {}, async (varve) => {
    const { openedMs, takenMs, savedMs } = await fire(bench, varve, sizes.timerDisks);
    figures.add('timer open s', openedMs / 1000);
    figures.add('timer taken s', takenMs / 1000);
    figures.add('timer snapshots/s', (sizes.timerDisks * 1000) / takenMs);
    figures.add('timer saved s', savedMs / 1000);
  });
  const file = join(bench.dataDir, 'timer-requests');
  const disks = sizes.countedTimerDisks;
  return inInstallation(bench, 'counted-timer', { preload: countingPreload(file) }, async (varve) => {
    say('requests of the timer');
    await fire(bench, varve, disks, () => settled(file, bench.ending.signal));
    const tally = await settled(file, bench.ending.signal);
    figures.add('timer dynamo', tally.dynamoRequests / disks);
    figures.add('timer read units', tally.readUnits / disks);
    figures.add('timer write units', tally.writeUnits / disks);
    figures.add('timer s3', (tally.s3Reads + tally.s3Writes + tally.s3Deletes) / disks);
    figures.add('timer messages', tally.messages / disks);
    return { [`automatic snapshots of ${disks} disks`]: tally };
  });
}

async function inInstallation<T>(
  { dataDir, run, ending }: BenchRun,
  name: string,
  more: Pick<InstallOptions, 'preload'>,
  work: (varve: Installation) => Promise<T>,
): Promise<T> {
  const folder = join(dataDir, name);
  mkdirSync(folder, { recursive: true });
  const varve = await install({ folder, run, ending, ...more });
  const result = await work(varve);
  await varve.stop();
  return result;
}

/** `made` is waited for once the disks are there. */
async function fire(
  { run, sizes, say }: BenchRun,
  { api, environment }: Installation,
  disks: number,
  made: () => Promise<unknown> = async () => undefined,
): Promise<Fired> {
  const accountId = await api.accountId();
  const program = (...args: string[]) =>
    run({ command: process.execPath, args: [PROGRAM, ...args], env: environment, limitS: LIMIT_S });
  say(`${disks} disks under ${sizes.timerPolicies} policies`);
  await program('make', accountId, `${disks}`, `${sizes.timerPolicies}`);
  await made();
  say('the timer');
  const { stdout } = await program('fire', accountId);
  return requireAll(JSON.parse(stdout) as Fired, { disks, policies: sizes.timerPolicies });
}

/** Every disk has its one snapshot. */
export function requireAll(fired: Fired, { disks, policies }: Pick<DueDisks, 'disks' | 'policies'>): Fired {
  if (fired.opened === policies && fired.done === disks && fired.others === 0) return fired;
  throw new BenchError(`The timer took ${fired.done} snapshots of ${disks} disks: ${JSON.stringify(fired)}`);
}
