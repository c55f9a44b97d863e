import { ClientError } from '../errors.ts';
import { backoffMs, DEFAULT_BACKOFF } from './backoff.ts';
import { sleep as realSleep } from './sleep.ts';
import { formatSpan } from './span.ts';

/** What a failure says of the next try. */
export interface Again {
  /** What the failing side asked for. */
  readonly atLeastMs?: number;
  /** Tries in all, however much patience there is. */
  readonly tries?: number;
  /** Nothing listens there. */
  readonly isRefused?: boolean;
  /** The name does not exist: final, unless it answered before. */
  readonly isUnknown?: boolean;
}

/** Of a side that does not answer. */
export interface Outage {
  /** Its first failure. */
  readonly error: ClientError;
  /** For how long it is still tried. */
  readonly leftMs: number;
}

export interface PatienceOptions {
  /** For how long a request that fails is sent again, from its first failure on. 0: never. */
  readonly ms: number;
  /** Called once in each outage, unless it is short. */
  readonly onOutage?: ((outage: Outage) => void) | undefined;
  /** Tries in all, and of a connection that is refused. Left out: as many as its time allows. */
  readonly tries?: { readonly most: number; readonly refused: number };
  readonly now?: () => number;
  readonly random?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Attempts<T> {
  /** The side that is asked. Each has its own outages. */
  readonly whom: string;
  readonly attempt: () => Promise<T>;
  /** Whether what an attempt threw may be gone at the next; undefined if it is the answer. */
  readonly again: (error: unknown) => Again | undefined;
  readonly signal: AbortSignal;
}

/** Nobody hears of an outage that is over before: a connection that was cut, a moment of 503. */
const SHORT_MS = 1000;

/** For callers that go on by themselves, such as an attachment: they hear of a failure soon. */
export const BRIEF: PatienceOptions = { ms: 20_000, tries: { most: 8, refused: 4 } };

interface Begun {
  readonly at: number;
  told: boolean;
}

/**
 * How long the client goes on while a service does not answer. It tries again with growing random
 * waits, until its time is over. Never for refusals: they are answers.
 */
export class Patience {
  readonly #options: PatienceOptions;
  readonly #outages = new Map<string, Begun>();
  readonly #met = new Set<string>();

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** Throws what the last attempt threw, and says so if its time was over. */
  async run<T>({ whom, attempt, again, signal }: Attempts<T>): Promise<T> {
    const { now = () => performance.now(), random = Math.random, sleep = realSleep } = this.#options;
    let since: number | undefined;
    for (let tries = 1; ; tries++) {
      try {
        const answer = await attempt();
        this.#end(whom);
        return answer;
      } catch (error) {
        const next = again(error);
        if (next === undefined && isAnswer(error)) this.#end(whom);
        if (next === undefined || this.#isEnough(whom, next, tries)) throw error;
        const at = now();
        since ??= at;
        const leftMs = since + this.#options.ms - at;
        if (leftMs <= 0) throw ended(error, at - since);
        this.#note(whom, error, { at, leftMs });
        const wait = Math.max(backoffMs(tries, DEFAULT_BACKOFF, random), next.atLeastMs ?? 0);
        await sleep(Math.min(wait, leftMs), signal);
      }
    }
  }

  #isEnough(whom: string, { tries: own, isRefused, isUnknown }: Again, tries: number): boolean {
    const { tries: bound } = this.#options;
    const most = (isRefused === true ? bound?.refused : bound?.most) ?? Number.POSITIVE_INFINITY;
    return tries >= Math.min(most, own ?? most) || (isUnknown === true && !this.#met.has(whom));
  }

  /** An answer came, even if it is a refusal. */
  #end(whom: string): void {
    this.#outages.delete(whom);
    this.#met.add(whom);
  }

  #note(whom: string, error: unknown, { at, leftMs }: { readonly at: number; readonly leftMs: number }): void {
    const outage = this.#outages.get(whom) ?? { at, told: false };
    this.#outages.set(whom, outage);
    if (outage.told || at - outage.at < SHORT_MS || !(error instanceof ClientError)) return;
    outage.told = true;
    this.#options.onOutage?.({ error, leftMs });
  }
}

function isAnswer(error: unknown): boolean {
  return error instanceof ClientError && error.code !== 'Unreachable' && error.code !== 'Interrupted';
}

function ended(error: unknown, triedMs: number): unknown {
  if (!(error instanceof ClientError) || triedMs === 0) return error;
  const message = `${error.message} It was tried for ${formatSpan(triedMs)}.`;
  return new ClientError(error.code, message, { ...error.extra, triedMs: Math.round(triedMs) }, error.cause);
}
