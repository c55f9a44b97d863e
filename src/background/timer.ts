import type { Composition } from '../assembly.ts';
import { isRebuilding } from '../engine/ledger/rebuild-barrier.ts';
import { tick } from '../service/policies/timer.ts';

/**
 * One tick of the timer of the automatic snapshot policies. While the catalogue is being rebuilt it
 * waits: a policy is there before its disks.
 */
export async function runTimer({ service, clockWatch, log }: Composition, until: number): Promise<void> {
  if (await isRebuilding(service)) return;
  await clockWatch.look();
  const counts = await tick(service, until);
  log[counts.opened + counts.woken > 0 ? 'info' : 'debug']('ticked', { ...counts });
}
