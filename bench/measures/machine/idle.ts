import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../../bench-error.ts';
import type { BenchRun } from '../../bench-run.ts';
import type { ServerProcess } from '../../process/server.ts';
import { startMachine } from '../../varve/machine.ts';

/** After these it has done what a start brings with it. */
const CALM_S = 5;

/** How fast a server starts, on a new folder and then again, and what it takes without calls. */
export async function measureIdle({ dataDir, run, ending, sizes, figures, say }: BenchRun): Promise<void> {
  say(`starts, and ${sizes.idleSeconds} s without calls`);
  const folder = join(dataDir, 'idle');
  for (let at = 0; at < sizes.starts; at++) {
    await rm(folder, { recursive: true, force: true });
    const first = await startMachine({ dataDir: folder, run, ending });
    figures.add('machine first start s', first.process.startS);
    await first.stop();
    const again = await startMachine({ dataDir: folder, run, ending });
    figures.add('machine start s', again.process.startS);
    if (at === sizes.starts - 1) {
      await sleep(CALM_S * 1000, undefined, { signal: ending.signal });
      const before = cpuS(again.process);
      await sleep(sizes.idleSeconds * 1000, undefined, { signal: ending.signal });
      figures.add('machine idle cpu share', (cpuS(again.process) - before) / sizes.idleSeconds);
      figures.add('machine idle MiB', again.process.usage()?.residentMib ?? Number.NaN);
    }
    await again.stop();
  }
  await rm(folder, { recursive: true, force: true });
}

function cpuS(server: ServerProcess): number {
  const usage = server.usage();
  if (usage === undefined) throw new BenchError('The server has ended by itself.');
  return usage.cpuS;
}
