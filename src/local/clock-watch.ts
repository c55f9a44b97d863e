import type { Catalogue } from '../platform/catalogue/port.ts';
import { systemClock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { createSystemTime, systemFiles } from '../platform/time/system-time.ts';
import { type ClockWatch, watchClock } from '../service/clocks/watch.ts';

/**
 * Compares the clock of this machine with what explains it. The store is on the same machine, so it
 * has no other clock.
 */
export function watchOwnClock(catalogue: Catalogue, log: Log): ClockWatch {
  const elapsedMs = () => performance.now();
  const system = createSystemTime(systemFiles, elapsedMs);
  return watchClock({ catalogue, clock: systemClock, log, system, storeNow: () => undefined, elapsedMs });
}
