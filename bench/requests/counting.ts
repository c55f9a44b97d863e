import { setTimeout as sleep } from 'node:timers/promises';
import { type Tally, takeTally } from './tally.ts';

const PRELOAD = new URL('preload.ts', import.meta.url).href;
const QUIET_MS = 1500;

/** Makes every process of an installation write its requests down in `file`. */
export function countingPreload(file: string) {
  return { module: PRELOAD, environment: { BENCH_REQUESTS: file } };
}

/** What was written down until nothing more came for a while. */
export async function settled(file: string, signal: AbortSignal): Promise<Tally> {
  let all = takeTally(file);
  for (;;) {
    await sleep(QUIET_MS, undefined, { signal });
    const more = takeTally(file);
    if (Object.values(more).every((value) => value === 0)) return all;
    all = add(all, more);
  }
}

function add(one: Tally, other: Tally): Tally {
  const sums: Record<keyof Tally, number> = { ...one };
  for (const name of Object.keys(one) as (keyof Tally)[]) sums[name] += other[name];
  return sums;
}
