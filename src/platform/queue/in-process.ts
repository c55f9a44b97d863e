import type { Log } from '../log.ts';
import { MAX_DELAY_MS, type Queue, type WorkMessage } from './port.ts';

/**
 * The queue of one process. Nothing of it outlives the process: the ledger remembers what is to be
 * done, and the janitor sends it again at the start.
 */
export interface InProcessQueue extends Queue {
  /** From now on messages are worked on. What was sent before has waited. */
  start(work: (message: WorkMessage) => Promise<void>): void;
  /** Begins nothing more, and ends when what is under way has ended. */
  stop(): Promise<void>;
  /** What waits for a worker, and for how long already. */
  state(): QueueState;
}

export interface QueueState {
  readonly waiting: number;
  /** 0 while nothing waits. */
  readonly oldestMs: number;
}

export interface InProcessQueueOptions {
  readonly log: Log;
  /** They wait for the disk far more than they compute. */
  readonly together?: number;
  readonly firstWaitMs?: number;
}

/** More are dropped: the janitor sends them again when there is room. */
const MOST_WAITING = 100_000;
/** As many as SQS delivers one before it goes to the dead letters. */
const DELIVERIES = 5;
const TOGETHER = 4;
const FIRST_WAIT_MS = 1_000;

interface Waiting {
  readonly message: WorkMessage;
  readonly delivery: number;
  /** Since when it waits for a worker. */
  readonly since?: number;
}

export function createInProcessQueue(options: InProcessQueueOptions): InProcessQueue {
  const { log, together = TOGETHER, firstWaitMs = FIRST_WAIT_MS } = options;
  /** By its text: the same message twice is worked on once. */
  const waiting = new Map<string, Waiting>();
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let work: ((message: WorkMessage) => Promise<void>) | undefined;
  let isStopped = false;

  const add = (one: Waiting) => {
    const name = JSON.stringify(one.message);
    if (!waiting.has(name)) waiting.set(name, { ...one, since: performance.now() });
    begin();
  };
  const later = (one: Waiting, delayMs: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      add(one);
    }, delayMs).unref();
    timers.add(timer);
  };
  const run = async ({ message, delivery }: Waiting) => {
    try {
      await work?.(message);
    } catch (error) {
      const isLast = delivery >= DELIVERIES;
      log[isLast ? 'error' : 'warn']('work failed', { message, delivery, error });
      if (!(isLast || isStopped)) later({ message, delivery: delivery + 1 }, firstWaitMs * 2 ** (delivery - 1));
    }
  };
  const begin = () => {
    while (work !== undefined && !isStopped && running.size < together) {
      const [next] = waiting;
      if (next === undefined) return;
      waiting.delete(next[0]);
      const done = run(next[1]).finally(() => {
        running.delete(done);
        begin();
      });
      running.add(done);
    }
  };

  return {
    async send(messages, { delayMs = 0 } = {}) {
      const room = MOST_WAITING - waiting.size - timers.size;
      if (messages.length > room)
        log.warn('the queue took no messages', { count: messages.length - Math.max(room, 0) });
      for (const message of messages.slice(0, Math.max(room, 0))) {
        const one = { message, delivery: 1 };
        if (delayMs > 0) later(one, Math.min(delayMs, MAX_DELAY_MS));
        else add(one);
      }
    },
    start: (handler) => {
      work = handler;
      begin();
    },
    stop: async () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      waiting.clear();
      await Promise.all(running);
    },
    state: () => {
      const [first] = waiting.values();
      return { waiting: waiting.size, oldestMs: first?.since === undefined ? 0 : performance.now() - first.since };
    },
  };
}
