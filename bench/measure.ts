import type { BenchRun } from './bench-run.ts';
import { storedFloors } from './ceilings/stored-floor.ts';
import { measureAttached } from './measures/attached.ts';
import { measureBesidePeers } from './measures/beside-peers.ts';
import { measureBesideRestic } from './measures/beside-restic.ts';
import { measureGrowth } from './measures/growth.ts';
import { measureLatency } from './measures/latency.ts';
import { measureListing } from './measures/listing.ts';
import { measureMachine } from './measures/machine.ts';
import { measureReclaim } from './measures/reclaim.ts';
import { countRequests, type Requests } from './measures/requests.ts';
import { measureTimer } from './measures/timer.ts';
import { measureTransfers } from './measures/transfers.ts';
import type { Part } from './options.ts';
import { install } from './varve/installation.ts';

const ROUND_PARTS: readonly Part[] = ['store', 'restic'];

/**
 * Everything in its order: rounds of what moves bytes, each in a new installation, then calls, then
 * counts.
 */
export async function measure(bench: BenchRun, parts: ReadonlySet<Part>): Promise<Requests> {
  const { sizes, figures, ending, run, say, dataDir } = bench;
  if (parts.has('restic') || parts.has('local')) {
    const images = await bench.filesystems();
    say('what the blocks take at least');
    const [a = 0, both = 0] = await storedFloors([images.a, images.b], ending.signal);
    figures.add('floor a', a);
    figures.add('floor a and b', both);
  }
  for (let round = 0; round < sizes.rounds; round++) {
    if (!ROUND_PARTS.some((part) => parts.has(part))) break;
    say(`round ${round + 1} of ${sizes.rounds}`);
    const varve = await install({ folder: dataDir, run, ending });
    if (parts.has('store')) await measureTransfers(bench, varve, round);
    if (parts.has('restic')) await measureBesideRestic(bench, varve, round);
    await varve.stop();
  }
  if (parts.has('nbd')) await measureAttached(bench);
  if (parts.has('local')) {
    for (let round = 0; round < sizes.rounds; round++) {
      say(`beside borg and restic, round ${round + 1} of ${sizes.rounds}`);
      await measureBesidePeers(bench, round);
    }
  }
  if (parts.has('machine')) await measureMachine(bench);
  if (parts.has('api')) {
    const began = performance.now();
    const varve = await install({ folder: dataDir, run, ending });
    figures.add('start s', (performance.now() - began) / 1000);
    await measureLatency(bench, varve.api);
    await measureListing(bench, varve.api);
    await varve.stop();
  }
  if (parts.has('reclaim')) await measureReclaim(bench);
  if (parts.has('growth')) await measureGrowth(bench);
  const requests = parts.has('timer') ? await measureTimer(bench) : {};
  return parts.has('requests') ? { ...(await countRequests(bench)), ...requests } : requests;
}
