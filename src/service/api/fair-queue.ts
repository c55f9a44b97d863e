import { VarveError } from '../../platform/errors.ts';

export interface FairQueueLimits {
  /** Work at the same time: altogether, and of one account. */
  readonly running: number;
  readonly runningOfOne: number;
  /** Work that waits for its turn; what comes on top is refused. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/**
 * Bounded work with accounts taking turns, so that one that asks for much does not keep the others.
 */
export interface FairQueue {
  /**
   * Waits for the account's turn, and answers how to end it. Rejects with `Throttled` if too much
   * waits already, and with the signal's reason if that comes before the turn.
   */
  enter(account: string, signal?: AbortSignal): Promise<() => void>;
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/** When to ask again after the queue was too long. */
export const RETRY_AFTER_MS = 1000;

export function createFairQueue(limits: FairQueueLimits): FairQueue {
  /**
   * In the order of turns: whoever had one goes to the end. Only accounts that have something
   * running or waiting.
   */
  const lanes = new Map<string, Lane>();
  let running = 0;
  let waiting = 0;

  const startNext = (): void => {
    for (const [account, lane] of lanes) {
      if (running === limits.running) return;
      if (lane.running === limits.runningOfOne) continue;
      const start = lane.waiting.shift();
      if (start === undefined) continue;
      waiting--;
      running++;
      lane.running++;
      lanes.delete(account);
      lanes.set(account, lane); // and comes by once more at the end of this round
      start();
    }
  };

  const finish = (account: string, lane: Lane): void => {
    running--;
    lane.running--;
    lanes.delete(account);
    if (lane.running > 0 || lane.waiting.length > 0) lanes.set(account, lane);
    startNext();
  };

  const turn = (lane: Lane, signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        lane.waiting.splice(lane.waiting.indexOf(start), 1);
        waiting--;
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      lane.waiting.push(start);
      waiting++;
      startNext();
    });

  return {
    enter: async (account, signal) => {
      signal?.throwIfAborted();
      const lane = lanes.get(account) ?? { running: 0, waiting: [] };
      if (waiting >= limits.waiting || lane.waiting.length >= limits.waitingOfOne) throw tooMuch();
      lanes.set(account, lane);
      try {
        await turn(lane, signal);
      } catch (error) {
        if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(account);
        throw error;
      }
      return () => finish(account, lane);
    },
  };
}

function tooMuch(): VarveError {
  return new VarveError('Throttled', 'Too many requests wait already.', { retryAfterMs: RETRY_AFTER_MS });
}
