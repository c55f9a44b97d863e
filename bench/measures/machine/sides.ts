import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRun } from '../../bench-run.ts';
import { delayPreload, takeDelay } from '../../loop-delay/watch.ts';
import { type Installation, install } from '../../varve/installation.ts';
import { type Machine, startMachine } from '../../varve/machine.ts';

/** The two that take turns. */
export const SIDES = ['server', 'cloud'] as const;
export type Side = (typeof SIDES)[number];
export type Varve = Pick<Installation, 'cli' | 'api'>;

export interface WatchedServer extends Machine {
  /** From now on. */
  resetDelay(): Promise<void>;
  /** Notes how late its event loop was since then. */
  noteDelay(what: string): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** `varve server` on a folder of its own, whose event loop is watched. */
export async function startWatched(
  { dataDir, run, ending, figures }: BenchRun,
  environment: Readonly<Record<string, string>> = {},
): Promise<WatchedServer> {
  const folder = join(dataDir, 'server');
  const delays = join(dataDir, 'loop-delay');
  const machine = await startMachine({
    dataDir: folder,
    run,
    ending,
    environment: { ...environment, ...delayPreload(delays) },
  });
  return {
    ...machine,
    resetDelay: async () => {
      await takeDelay(machine.process.pid, delays);
    },
    noteDelay: async (what) => {
      const { p99Ms, mostMs } = await takeDelay(machine.process.pid, delays);
      figures.add(`loop ${what} p99 ms`, p99Ms);
      figures.add(`loop ${what} most ms`, mostMs);
    },
    remove: async () => {
      await machine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function installCloud({ dataDir, run, ending }: BenchRun): Promise<Installation> {
  return install({ folder: join(dataDir, 'cloud'), run, ending });
}
