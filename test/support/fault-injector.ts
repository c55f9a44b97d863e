import { createPageCache } from '../../src/engine/blocks/page-store.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { VarveError } from '../../src/platform/errors.ts';

/** What may happen to one call of a store. */
export const FAULTS = [
  /** It answers with trouble, and has had no effect. */
  'fails before',
  /** It answers with trouble, and has had its effect. */
  'fails after',
  /** It never answers; the process is killed at its time limit. Without and with the effect. */
  'hangs before',
  'hangs after',
  /**
   * It is delivered and carried out twice; as the ports promise, a transaction's answer is that of
   * the first time.
   */
  'comes twice',
  /** The process sleeps, while the rest of the world goes on for longer than any time limit. */
  'sleeps before',
  'sleeps after',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Injection {
  /** Which call, from 0. */
  readonly at: number;
  readonly fault: Fault;
  /** What goes on elsewhere while the process sleeps. */
  readonly meanwhile: () => Promise<void>;
}

export interface Injected {
  readonly deps: EngineDeps;
  /** Puts the fault in front of one more port. */
  readonly inFrontOf: <P extends object>(name: string, port: P) => P;
  /** Names of the calls so far. */
  readonly calls: readonly string[];
  /** Whether the fault has happened: one that never does proves nothing. */
  reached(): boolean;
  /** Runs the operation until it ends or hangs: `killed` then, and nothing of it goes on. */
  run(operation: (deps: EngineDeps) => Promise<unknown>): Promise<{ error?: unknown; killed: boolean }>;
}

/**
 * A delete is only sent while its tombstone is fresh, and takes effect within its request's time
 * limit (docs/format.md).
 */
const NEVER_SLEEPS_BEFORE = new Set(['objects.remove']);

/**
 * Puts itself in front of every port of the engine's, in a process of its own (a page cache that
 * holds nothing).
 */
export function injectFault(ports: EngineDeps, injection?: Injection): Injected {
  const calls: string[] = [];
  let reached = false;
  let killed = false;
  let kill: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const never = <T>() => {
    killed = true;
    kill();
    return new Promise<T>(() => undefined);
  };

  const faulty =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (killed) return never<R>();
      const at = calls.push(name) - 1;
      if (injection === undefined || at !== injection.at) return call(...args);
      reached = true;
      switch (injection.fault) {
        case 'fails before':
          throw trouble(name);
        case 'fails after':
          await call(...args);
          throw trouble(name);
        case 'hangs before':
          return never<R>();
        case 'hangs after':
          await call(...args);
          return never<R>();
        case 'comes twice': {
          const answer = await call(...args);
          await call(...args);
          return answer;
        }
        case 'sleeps before':
          if (!NEVER_SLEEPS_BEFORE.has(name)) await injection.meanwhile();
          return call(...args);
        case 'sleeps after': {
          const answer = await call(...args);
          await injection.meanwhile();
          return answer;
        }
      }
    };

  /**
   * A copy is one call, though a store may read the other one for it: a copy whose read never
   * answers would stay under way in a store that lives on.
   */
  const originals = new WeakMap<object, object>();
  const original = (value: unknown) => (value instanceof Object ? (originals.get(value) ?? value) : value);
  const wrapped = <P extends object>(name: string, port: P): P => {
    const through = Object.entries(port).map(([method, call]) => {
      if (typeof call !== 'function') return [method, call];
      return [method, faulty(`${name}.${method}`, (...args: unknown[]) => call.apply(port, args.map(original)))];
    });
    const front = Object.fromEntries(through) as P;
    originals.set(front, port);
    return front;
  };

  const { catalogue, queue } = ports;
  const deps: EngineDeps = {
    ...ports,
    catalogue: wrapped('catalogue', catalogue),
    objects: (regionId) => wrapped('objects', ports.objects(regionId)),
    // Best effort by its promise: trouble is logged, not thrown.
    queue: { send: (...call) => faulty('queue.send', queue.send)(...call).catch(() => undefined) },
    pageCache: createPageCache(1),
  };
  return {
    deps,
    inFrontOf: wrapped,
    calls,
    reached: () => reached,
    run: async (operation) => {
      const work = operation(deps).then(
        () => ({ killed: false }),
        (error: unknown) => ({ error, killed: false }),
      );
      return Promise.race([work, death.then(() => ({ killed: true }))]);
    },
  };
}

const trouble = (name: string) => new VarveError('Throttled', `injected: ${name}`, { retryAfterMs: 1 });
