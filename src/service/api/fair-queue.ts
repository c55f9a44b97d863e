import { VarveError } from '../../platform/errors.ts';

export interface FairQueueLimits {
  /** Work at the same time: altogether, and of one account. */
  readonly running: number;
  readonly runningOfOne: number;
  /** Of one account, while another has work that runs or waits: so that the other is done soon. */
  readonly besideOthers: number;
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
  /**
   * Resolves once the work of other accounts is done that runs or waits here now, or when the
   * signal fires.
   */
  othersDone(account: string, signal: AbortSignal): Promise<void>;
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Work that needs nothing from outside would otherwise follow upon work, and nobody else would come
 * between: answers of the stores, and new requests, wait for the event loop.
 */
const nextTurnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** When to ask again after the queue was too long. */
export const RETRY_AFTER_MS = 1000;

export function createFairQueue(limits: FairQueueLimits): FairQueue {
  /**
   * In the order of turns: an account that had one goes to the end. Only accounts that have
   * something running or waiting.
   */
  const lanes = new Map<string, Lane>();
  /** What runs or waits, each with its account. */
  const present = new Set<{ readonly account: string }>();
  const watchers = new Set<() => void>();
  let running = 0;
  let waiting = 0;

  const startNext = (): void => {
    const ofOne = lanes.size > 1 ? limits.besideOthers : limits.runningOfOne;
    for (const [account, lane] of lanes) {
      if (running === limits.running) return;
      if (lane.running >= ofOne) continue;
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

  /** Of an account that may have nothing left. */
  const settle = (account: string, lane: Lane): void => {
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(account);
    startNext();
    for (const watcher of watchers) watcher();
  };

  const finish = (account: string, lane: Lane): void => {
    running--;
    lane.running--;
    lanes.delete(account);
    lanes.set(account, lane); // its turn is over
    settle(account, lane);
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
      const entry = { account };
      present.add(entry);
      try {
        await turn(lane, signal);
      } catch (error) {
        present.delete(entry);
        settle(account, lane);
        throw error;
      }
      await nextTurnOfTheLoop();
      return () => {
        present.delete(entry);
        finish(account, lane);
      };
    },
    othersDone: (account, signal) => {
      const others = [...present].filter((entry) => entry.account !== account);
      return until(watchers, () => others.every((entry) => !present.has(entry)), signal);
    },
  };
}

/** Resolves once it holds, looking whenever the watchers are called; or when the signal fires. */
function until(watchers: Set<() => void>, holds: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      watchers.delete(look);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const look = (): void => {
      if (holds() || signal.aborted) end();
    };
    watchers.add(look);
    signal.addEventListener('abort', end, { once: true });
    look();
  });
}

function tooMuch(): VarveError {
  return new VarveError('Throttled', 'Too many requests wait already.', { retryAfterMs: RETRY_AFTER_MS });
}
