import type { Budget } from './budget.ts';
import type { ByteQueue } from './byte-queue.ts';
import { COMMAND, ERROR, MAX_PAYLOAD_BYTES } from './constants.ts';
import { errorOf, execute, failure, type Operation, type Reply } from './execute.ts';
import type { Agreement } from './handshake.ts';
import type { Payloads } from './payloads.ts';
import { type Plan, planRequest, type Refusal, refusal, type Terms } from './plan.ts';
import { parseRequest, REQUEST_BYTES, type Request } from './requests.ts';

export interface TransmissionOptions {
  readonly agreement: Agreement;
  /** Shared by all connections. */
  readonly budget: Budget;
  readonly payloads: Payloads;
  /** Aborted when the connection is gone. */
  readonly signal: AbortSignal;
  /** Takes a reply's buffers; calls `sent` once, when they are out of hand or never will be. */
  send(buffers: readonly Buffer[], sent: () => void): void;
  /** Less is under way than before, or there is room again. */
  settled(): void;
  report(error: unknown, request: Request): void;
}

/** A request with what it comes to. */
interface Task {
  readonly request: Request;
  readonly operation: Operation;
  /** What it holds of the budget. */
  chargedBytes: number;
}

type State =
  | { readonly at: 'request' }
  | { readonly at: 'admission'; readonly task: Task; readonly costBytes: number }
  | { readonly at: 'payload'; readonly task: Task; readonly data: Buffer; filled: number }
  | { readonly at: 'discarding'; readonly request: Request; readonly refused: Refusal; leftBytes: number };

/**
 * `wait`: for more bytes. `blocked`: until a request is done. `disconnect`: the client says
 * goodbye.
 */
export type TransmissionStep = 'wait' | 'blocked' | 'disconnect' | 'violation';

/** More are not read off the stream; nbdcopy asks for 64 at once, the kernel for up to 128. */
const MAX_REQUESTS = 128;
/** Payloads and replies of one connection. */
const MAX_CONNECTION_BYTES = MAX_PAYLOAD_BYTES;
/** A connection with nothing under way may do so much whatever others do: none can stop all. */
const FREE_BYTES = 1024 * 1024;
/** Of a status reply, about. */
const STATUS_COST_BYTES = 512 * 1024;

const NEXT_REQUEST: State = { at: 'request' };

/**
 * The transmission phase: takes requests off the stream as far as there is room, and answers each
 * as it is done.
 */
export class Transmission {
  readonly #options: TransmissionOptions;
  readonly #terms: Terms;
  #state: State = NEXT_REQUEST;
  #underWay = 0;
  #bytes = 0;
  #waitingForRoom = false;
  #shuttingDown = false;

  constructor(options: TransmissionOptions) {
    this.#options = options;
    const { device, structured, contexts } = options.agreement;
    const { sizeBytes, readOnly } = device;
    this.#terms = { sizeBytes, readOnly, structured, contexts: contexts.length > 0 };
  }

  /** Requests that are complete, and whose replies are not sent yet. */
  get underWay(): number {
    return this.#underWay;
  }

  /** From here on requests are refused; those under way are finished. */
  shutDown(): void {
    this.#shuttingDown = true;
  }

  /**
   * No bytes come any more: what is there of a request is dropped. Its buffer is not given back, as
   * a socket may still read into it.
   */
  inputEnded(): void {
    if (this.#state.at === 'payload') this.#discharge(this.#state.task);
    this.#state = NEXT_REQUEST;
  }

  /** Where the next bytes of the stream belong, if they are a payload's. */
  room(): Buffer | undefined {
    return this.#state.at === 'payload' ? this.#state.data.subarray(this.#state.filled) : undefined;
  }

  /** So many bytes were put into `room()`. */
  filled(bytes: number): void {
    if (this.#state.at === 'payload') this.#state.filled += bytes;
  }

  next(input: ByteQueue): TransmissionStep {
    for (;;) {
      const state = this.#state;
      switch (state.at) {
        case 'request': {
          if (this.#underWay >= MAX_REQUESTS) return 'blocked';
          const bytes = input.take(REQUEST_BYTES);
          if (bytes === undefined) return 'wait';
          const request = parseRequest(bytes);
          if (request === undefined) return 'violation';
          const plan = this.#plan(request);
          if (plan.kind === 'disconnect') return 'disconnect';
          this.#state = begin(request, plan);
          break;
        }
        case 'admission':
          if (!this.#admit(state.task, state.costBytes)) return 'blocked';
          this.#admitted(state.task);
          break;
        case 'payload':
          state.filled += input.moveInto(state.data, state.filled);
          if (state.filled < state.data.length) return 'wait';
          this.#launch(state.task, state.data);
          break;
        case 'discarding':
          state.leftBytes -= input.skip(state.leftBytes);
          if (state.leftBytes > 0) return 'wait';
          this.#state = NEXT_REQUEST;
          this.#underWay++;
          this.#reply(failure(state.request, this.#terms.structured, state.refused));
      }
    }
  }

  #plan(request: Request): Plan {
    const plan = planRequest(request, this.#terms);
    if (!this.#shuttingDown || plan.kind === 'disconnect') return plan;
    return refusal(ERROR.ESHUTDOWN, 'The server is going down.');
  }

  #admit(task: Task, costBytes: number): boolean {
    if (costBytes === 0 || (this.#underWay === 0 && costBytes <= FREE_BYTES)) return true;
    if (this.#bytes + costBytes > MAX_CONNECTION_BYTES) return false;
    if (this.#options.budget.take(costBytes)) {
      this.#bytes += costBytes;
      task.chargedBytes = costBytes;
      return true;
    }
    if (!this.#waitingForRoom) {
      this.#waitingForRoom = true;
      this.#options.budget.whenRoom(() => {
        this.#waitingForRoom = false;
        this.#options.settled();
      });
    }
    return false;
  }

  #discharge(task: Task): void {
    const bytes = task.chargedBytes;
    if (bytes === 0) return;
    task.chargedBytes = 0;
    this.#bytes -= bytes;
    this.#options.budget.give(bytes);
  }

  #admitted(task: Task): void {
    if (task.operation.kind !== 'write') {
      this.#launch(task, undefined);
      return;
    }
    this.#state = { at: 'payload', task, data: this.#options.payloads.take(task.request.length), filled: 0 };
  }

  /** The data are in a buffer of `payloads`. */
  #launch(task: Task, data: Buffer | undefined): void {
    this.#state = NEXT_REQUEST;
    this.#underWay++;
    void this.#run(task, data);
  }

  async #run(task: Task, data: Buffer | undefined): Promise<void> {
    const { agreement, signal } = this.#options;
    let reply: Reply;
    try {
      reply = await execute({ ...agreement, signal }, task.request, task.operation, data);
    } catch (error) {
      this.#options.report(error, task.request);
      reply = failure(task.request, this.#terms.structured, errorOf(error));
    }
    if (data !== undefined) this.#options.payloads.give(data);
    this.#reply(reply, task);
  }

  #reply(reply: Reply, task?: Task): void {
    this.#options.send(reply.buffers, () => {
      reply.release?.();
      this.#underWay--;
      if (task !== undefined) this.#discharge(task);
      this.#options.settled();
    });
  }
}

function begin(request: Request, plan: Exclude<Plan, { readonly kind: 'disconnect' }>): State {
  if (plan.kind === 'refuse') {
    const leftBytes = request.command === COMMAND.WRITE ? request.length : 0;
    return { at: 'discarding', request, refused: plan, leftBytes };
  }
  const task = { request, operation: plan, chargedBytes: 0 };
  return { at: 'admission', task, costBytes: costBytes(request, plan) };
}

function costBytes({ length }: Request, operation: Operation): number {
  if (operation.kind === 'read' || operation.kind === 'write') return length;
  return operation.kind === 'status' ? STATUS_COST_BYTES : 0;
}
