import { BenchError } from '../../bench-error.ts';
import type { BenchRun } from '../../bench-run.ts';
import { warm } from '../../images/whole-file.ts';
import { freshenMemory } from '../../process/fresh-memory.ts';
import { checkedExport } from '../checked-export.ts';
import { inTurn } from '../in-turn.ts';
import { SIDES, type Side, type Varve, type WatchedServer } from './sides.ts';

export const STEPS = ['first', 'again', 'unchanged', 'changed', 'export'] as const;
export type Step = (typeof STEPS)[number];

/** Seconds of a step, as a figure. */
export const stepName = (side: Side, step: Step) => `machine ${side} ${step}`;

/**
 * A filesystem image through both, step by step in turn, with the event loop of the server. Gives
 * the server's disks.
 */
export async function measureMachineTransfers(
  bench: BenchRun,
  varves: { readonly server: WatchedServer; readonly cloud: Varve },
  round: number,
): Promise<string[]> {
  const disks: Record<Side, string[]> = { server: [], cloud: [] };
  for (const step of STEPS) {
    bench.say(`  ${step}`);
    const take = (side: Side) => async () => {
      if (side === 'server') await varves.server.resetDelay();
      await takeStep(bench, { varve: varves[side], side, disks: disks[side] }, { step, round });
      if (side !== 'server') return;
      await varves.server.noteDelay(step);
      const usage = varves.server.process.usage();
      bench.figures.add(`machine memory after ${step} MiB`, usage?.residentMib ?? Number.NaN);
    };
    await inTurn(round, SIDES.map(take));
  }
  return disks.server;
}

interface Turn {
  readonly varve: Varve;
  readonly side: Side;
  /** Those that were made; the first is kept in step. */
  readonly disks: string[];
}

async function takeStep(
  bench: BenchRun,
  { varve, side, disks }: Turn,
  { step, round }: { readonly step: Step; readonly round: number },
): Promise<void> {
  const { figures, run, sizes } = bench;
  const { a, b } = await bench.filesystems();
  const [diskId = ''] = disks;
  const name = stepName(side, step);
  switch (step) {
    case 'first': {
      await freshenMemory(run, sizes.imageBytes);
      await warm(a);
      const result = await varve.cli.importImage(a, `first-${round}`);
      disks.push(result.diskId);
      return figures.addProgram(name, result);
    }
    case 'again': {
      await warm(a);
      const result = await varve.cli.importImage(a, `again-${round}`);
      disks.push(result.diskId);
      return figures.addProgram(name, result);
    }
    case 'unchanged': {
      await warm(a);
      const result = await varve.cli.syncDisk(diskId, a);
      if (result.json.changed !== false) throw new BenchError('A sync of the same image changed the disk.');
      return figures.addProgram(name, result);
    }
    case 'changed':
      await warm(b);
      return figures.addProgram(name, await varve.cli.syncDisk(diskId, b));
    case 'export':
      return figures.addProgram(name, await checkedExport(bench, varve, diskId, b));
  }
}
