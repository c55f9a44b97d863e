import { setTimeout as sleep } from 'node:timers/promises';
import type { Composition } from '../../assembly.ts';
import { tidyUp } from '../../background/janitor.ts';
import { runTimer } from '../../background/timer.ts';
import type { SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import type { ReadOnlySwitch } from '../../platform/read-only.ts';

/** What is done by the clock, in this process. */
export interface Rounds {
  /** Begins no more, and ends when the round that is under way has ended. */
  stop(): Promise<void>;
}

export interface RoundsDeps {
  readonly catalogue: Pick<SqliteCatalogue, 'dropExpired'>;
  readonly readOnly: Pick<ReadOnlySwitch, 'why'>;
}

/** As often as the schedules of serverless.yml. */
const EVERY_MS = 60_000;
/** Done before the next one begins. */
const ROUND_MS = 45_000;

/**
 * The first round at once: what an earlier process left must not wait for a minute. A round begins
 * when the one before it has ended and its time has come. While the service is read-only none does.
 */
export function startRounds(parts: Composition, { catalogue, readOnly }: RoundsDeps, everyMs = EVERY_MS): Rounds {
  const stopped = new AbortController();
  const every = (name: string, round: (until: number, isFirst: boolean) => Promise<void>) => {
    const loop = async () => {
      for (let isFirst = true; !stopped.signal.aborted; isFirst = false) {
        const next = performance.now() + everyMs;
        const work = readOnly.why() === undefined ? round(parts.clock.now() + ROUND_MS, isFirst) : Promise.resolve();
        await work.catch((error: unknown) => parts.log.error('round failed', { round: name, error }));
        const waitMs = Math.max(next - performance.now(), 0);
        // It fails only if the signal fires, which the loop looks at.
        await sleep(waitMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    };
    return loop();
  };
  const loops = [
    every('janitor', (until, isFirst) => tidyUp(parts, until, { isFirst })),
    every('timer', (until) => runTimer(parts, until)),
    every('expiry', (until) => dropExpired(parts, catalogue, until)),
  ];
  return {
    stop: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

/**
 * As DynamoDB does by itself: rows that nobody needs any more go some time after theirs is up. Not
 * by a clock that nothing explains.
 */
async function dropExpired(
  { clock, clockWatch }: Pick<Composition, 'clock' | 'clockWatch'>,
  catalogue: Pick<SqliteCatalogue, 'dropExpired'>,
  until: number,
): Promise<void> {
  await clockWatch.look();
  const mayGoOn = (now: number) => now < until && clockWatch.trust.mayDeleteByTime(now);
  for (let now = clock.now(); mayGoOn(now); now = clock.now()) if ((await catalogue.dropExpired(now)) === 0) return;
}
