import { Worker } from 'node:worker_threads';
import { ClientError, isClientErrorCode } from '../errors.ts';
import type {
  Order,
  OrderKind,
  OrderMessage,
  Orders,
  ReplyMessage,
  ResultOf,
  ThreadError,
  ThreadSetup,
} from './orders.ts';

interface Ticket {
  readonly order: Order;
  readonly resolve: (result: ResultOf<OrderKind>) => void;
  readonly reject: (error: unknown) => void;
}

/** Two orders at a thread: one that it works on, one that it need not wait for. */
const DEPTH = 2;

/** What ends a block's stay in memory goes before what brings new ones in. */
const URGENCY: Readonly<Record<OrderKind, 0 | 1 | 2>> = {
  store: 0,
  decode: 0,
  overlay: 0,
  recall: 0,
  encode: 0,
  load: 1,
  name: 1,
  clear: 2,
  keep: 2,
  scan: 2,
  rescue: 2,
  held: 2,
};

/** From the sources (.ts, as in tests) the thread runs as it stands; beside the bundle lies the thread's own bundle. */
const THREAD = import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js';

/** A few threads that do the blocks' work in the order of its urgency. */
export class Crew {
  readonly #threads: { readonly worker: Worker; load: number }[];
  readonly #queues: readonly [Ticket[], Ticket[], Ticket[]] = [[], [], []];
  readonly #given = new Map<number, Ticket & { readonly thread: number }>();
  #tickets = 0;
  #ended: unknown;

  constructor(setup: ThreadSetup, threads = 2) {
    this.#threads = Array.from({ length: threads }, (_, at) => {
      const worker = new Worker(new URL(THREAD, import.meta.url), {
        workerData: setup,
        // Blocks live outside the heap; what is in it is small and dies young.
        resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
      });
      worker.on('message', (message: ReplyMessage) => this.#onReply(message));
      worker.on('error', (error) => this.#end(error));
      worker.on('exit', (code) => this.#end(new Error(`thread ${at} ended with ${code}`)));
      return { worker, load: 0 };
    });
  }

  run<K extends OrderKind>(kind: K, order: Orders[K]['order']): Promise<ResultOf<K>> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const ticket = { order: { kind, ...order } as Order, resolve, reject } as Ticket;
      this.#queues[URGENCY[kind]].push(ticket);
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#end(new ClientError('Interrupted', 'The threads have been ended.'));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    for (;;) {
      const at = this.#idlest();
      const queue = this.#queues.find((tickets) => tickets.length > 0);
      const thread = this.#threads[at];
      const ticket = thread && thread.load < DEPTH ? queue?.shift() : undefined;
      if (!thread || !ticket) return;
      const number = this.#tickets++;
      thread.load += 1;
      this.#given.set(number, { ...ticket, thread: at });
      thread.worker.postMessage({ ticket: number, order: ticket.order } satisfies OrderMessage);
    }
  }

  #idlest(): number {
    let best = 0;
    this.#threads.forEach(({ load }, at) => {
      if (load < (this.#threads[best]?.load ?? 0)) best = at;
    });
    return best;
  }

  #onReply(message: ReplyMessage): void {
    const given = this.#given.get(message.ticket);
    if (!given) return;
    this.#given.delete(message.ticket);
    const thread = this.#threads[given.thread];
    if (thread) thread.load -= 1;
    if ('error' in message) given.reject(revive(message.error));
    else given.resolve(message.result);
    this.#dispatch();
  }

  #end(reason: unknown): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const ticket of [...this.#given.values(), ...this.#queues.flat()]) ticket.reject(reason);
    this.#given.clear();
    for (const queue of this.#queues) queue.length = 0;
  }
}

function revive({ message, code, extra }: ThreadError): Error {
  if (isClientErrorCode(code)) return new ClientError(code, message, extra);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
