import type { BenchRun } from '../bench-run.ts';
import { inTurn } from './in-turn.ts';
import { measureBackground } from './machine/background.ts';
import { measureMachineCalls } from './machine/calls.ts';
import { measureIdle } from './machine/idle.ts';
import { installCloud, SIDES, startWatched } from './machine/sides.ts';
import { measureMachineTimer } from './machine/timer.ts';
import { measureMachineTransfers } from './machine/transfers.ts';

/** `varve server`, beside the same functions on emulated services of AWS. */
export async function measureMachine(bench: BenchRun): Promise<void> {
  const { sizes, say } = bench;
  for (let round = 0; round < sizes.rounds; round++) {
    say(`one machine, round ${round + 1} of ${sizes.rounds}`);
    const server = await startWatched(bench);
    await server.api.openSnapshotService();
    const cloud = await installCloud(bench);
    const varves = { server, cloud };
    const diskIds = await measureMachineTransfers(bench, varves, round);
    say('  calls');
    await inTurn(
      round,
      SIDES.map((side) => () => measureMachineCalls(bench, varves[side].api, side)),
    );
    await cloud.stop();
    if (round < sizes.rounds - 1) await server.remove();
    else {
      await server.stop();
      await measureBackground(bench, diskIds);
    }
  }
  await measureIdle(bench);
  await measureMachineTimer(bench);
}
