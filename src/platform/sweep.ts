import type { Clock } from './clock.ts';
import { VarveError } from './errors.ts';

/** A round over items that do not need each other. It ends with its items or with its time. */
export interface Round<Count extends string> {
  /** Whether the time is up. */
  isOver(): boolean;
  /** Adds to what the round reports as done. */
  count(name: Count, by?: number): void;
  /** Whether the work succeeded. A failure is kept until the round ends. */
  attempt(work: () => Promise<unknown>): Promise<boolean>;
  /**
   * Does the work for the items in their order, for `atOnce` of them at a time, until there are no
   * more or the time is up. One that fails keeps no other from being done. Answers whether all were
   * done, each without a failure of its own.
   */
  each<Item>(
    items: Iterable<Item> | AsyncIterable<Item>,
    work: (item: Item) => Promise<unknown>,
    options?: { readonly atOnce?: number },
  ): Promise<boolean>;
}

export type Counts<Count extends string> = Readonly<Record<Count, number>>;

export interface BegunRound<Count extends string> extends Round<Count> {
  readonly counts: Counts<Count>;
  readonly failures: { readonly count: number; readonly first?: unknown };
}

export interface SweepOptions<Count extends string> {
  /** When to stop, epoch ms. */
  readonly until: number;
  /** What is counted; each begins with 0. */
  readonly counts: readonly Count[];
}

/**
 * Runs a round and answers its counts. Where anything failed it throws at the end, also if the time
 * was up by then: with the code of the first failure, which is the cause, and with the counts in
 * `extra`.
 */
export async function sweep<Count extends string>(
  clock: Clock,
  options: SweepOptions<Count>,
  run: (round: Round<Count>) => Promise<unknown>,
): Promise<Counts<Count>> {
  const round = beginRound(clock, options);
  await round.attempt(() => run(round));
  if (round.failures.count === 0) return round.counts;
  throw failureOf(round);
}

function failureOf({ counts, failures: { count: failed, first } }: BegunRound<string>): VarveError {
  const code = first instanceof VarveError ? first.code : 'Internal';
  const reason = first instanceof Error ? first.message : String(first);
  return new VarveError(code, `${failed} failed in this round, the first: ${reason}`, { ...counts, failed }, first);
}

/** A round whose failures its caller handles. */
export function beginRound<Count extends string>(
  clock: Clock,
  { until, counts: names }: SweepOptions<Count>,
): BegunRound<Count> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Count, number>;
  const failures: { count: number; first?: unknown } = { count: 0 };
  const isOver = () => clock.now() >= until;
  const attempt: Round<Count>['attempt'] = async (work) => {
    try {
      await work();
      return true;
    } catch (error) {
      if (failures.count === 0) failures.first = error;
      failures.count += 1;
      return false;
    }
  };
  return {
    counts,
    failures,
    isOver,
    attempt,
    count: (name, by = 1) => {
      counts[name] += by;
    },
    each: async (items, work, { atOnce = 1 } = {}) => {
      const iterator = iteratorOf(items);
      let isWhole = true;
      const lane = async (): Promise<void> => {
        for (;;) {
          const next = await takeNext(iterator, attempt);
          if (next === 'end') return;
          if (next === 'failed' || isOver()) {
            isWhole = false;
            return;
          }
          if (!(await attempt(() => work(next.item)))) isWhole = false;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      await attempt(async () => iterator.return?.());
      return isWhole;
    },
  };
}

/** The numbers of a list's shards. */
export const shards = (count: number): readonly number[] => Array.from({ length: count }, (_, shard) => shard);

function iteratorOf<Item>(items: Iterable<Item> | AsyncIterable<Item>): Iterator<Item> | AsyncIterator<Item> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

/** Several lanes may ask at the same time: a generator answers them one after the other. */
async function takeNext<Item>(
  iterator: Iterator<Item> | AsyncIterator<Item>,
  attempt: Round<never>['attempt'],
): Promise<{ readonly item: Item } | 'end' | 'failed'> {
  let found: { readonly item: Item } | 'end' = 'end';
  const isListed = await attempt(async () => {
    const next = await iterator.next();
    if (next.done !== true) found = { item: next.value };
  });
  return isListed ? found : 'failed';
}
