import { setTimeout as sleep } from 'node:timers/promises';
import type { Composition } from '../../assembly.ts';
import { tidyUp } from '../../background/janitor.ts';
import { runTimer } from '../../background/timer.ts';
import type { ReadOnlySwitch } from '../../platform/read-only.ts';

/** What is done by the clock, in this process. */
export interface Rounds {
  /** Begins no more, and ends when the round that is under way has ended. */
  stop(): Promise<void>;
}

/** As often as the schedules of serverless.yml. */
const EVERY_MS = 60_000;
/** Done before the next one begins. */
const ROUND_MS = 45_000;

/**
 * The first round at once: what an earlier process left must not wait for a minute. A round begins
 * when the one before it has ended and its time has come. While the service is read-only none does.
 */
export function startRounds(parts: Composition, readOnly: Pick<ReadOnlySwitch, 'why'>, everyMs = EVERY_MS): Rounds {
  const stopped = new AbortController();
  const every = (name: string, round: (until: number) => Promise<void>) => {
    const loop = async () => {
      while (!stopped.signal.aborted) {
        const next = performance.now() + everyMs;
        const work = readOnly.why() === undefined ? round(parts.clock.now() + ROUND_MS) : Promise.resolve();
        await work.catch((error: unknown) => parts.log.error('round failed', { round: name, error }));
        const waitMs = Math.max(next - performance.now(), 0);
        // It fails only if the signal fires, which the loop looks at.
        await sleep(waitMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    };
    return loop();
  };
  const loops = [every('janitor', (until) => tidyUp(parts, until)), every('timer', (until) => runTimer(parts, until))];
  return {
    stop: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}
