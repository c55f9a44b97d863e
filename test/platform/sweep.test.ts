import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Round, shards, sweep } from '../../src/platform/sweep.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const BAD = new Error('bad');

function movableClock() {
  const clock = { at: 0, now: () => clock.at };
  return clock;
}

interface Options {
  readonly until?: number;
  readonly clock?: ReturnType<typeof movableClock>;
  readonly onBad?: () => void;
}

/** A round that counts its items and fails for those named `bad`. */
function sweepItems(items: Iterable<string> | AsyncIterable<string>, options: Options = {}) {
  const { until = FOREVER, clock = movableClock(), onBad } = options;
  const done: string[] = [];
  const run = (round: Round<'done'>) =>
    round.each(items, async (item) => {
      await nextTurn();
      if (item === 'bad') {
        onBad?.();
        throw BAD;
      }
      done.push(item);
      round.count('done');
    });
  return { done, result: sweep(clock, { until, counts: ['done'] }, run) };
}

test('every item is done and counted', async () => {
  const { done, result } = sweepItems(['a', 'b', 'c']);
  expect(await result).toEqual({ done: 3 });
  expect(done).toEqual(['a', 'b', 'c']);
});

test('one that fails keeps no other, and is reported with the counts', async () => {
  const { done, result } = sweepItems(['bad', 'a', 'bad', 'b']);
  await expect(result).rejects.toMatchObject({ code: 'Internal', cause: BAD, extra: { done: 2, failed: 2 } });
  expect(done).toEqual(['a', 'b']);
});

test('when the time is up no further item is begun, and what failed before is reported', async () => {
  const clock = movableClock();
  const onBad = () => {
    clock.at = 10;
  };
  const { done, result } = sweepItems(['a', 'bad', 'b'], { until: 10, clock, onBad });
  await expect(result).rejects.toMatchObject({ cause: BAD, extra: { done: 1, failed: 1 } });
  expect(done).toEqual(['a']);
});

test('a list that fails is reported, and other lists go on', async () => {
  async function* broken(): AsyncGenerator<string> {
    yield 'a';
    throw BAD;
  }
  const done: string[] = [];
  const result = sweep(movableClock(), { until: FOREVER, counts: [] }, (round) =>
    round.each([broken(), ['b']], (list) => round.each(list, async (item) => done.push(item))),
  );
  await expect(result).rejects.toMatchObject({ cause: BAD, extra: { failed: 1 } });
  expect(done).toEqual(['a', 'b']);
});

test('a list that is not read to its end is closed', async () => {
  let isClosed = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (;;) yield 'bad';
    } finally {
      isClosed = true;
    }
  }
  const clock = movableClock();
  const onBad = () => {
    clock.at += 1;
  };
  await expect(sweepItems(endless(), { until: 5, clock, onBad }).result).rejects.toMatchObject({
    extra: { failed: 5 },
  });
  expect(isClosed).toBe(true);
});

test.each([1, 3])('%i at once: as many and no more, each item once', async (atOnce) => {
  let [underWay, most] = [0, 0];
  const seen: number[] = [];
  await sweep(movableClock(), { until: FOREVER, counts: [] }, (round) =>
    round.each(
      shards(10),
      async (shard) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await nextTurn();
        underWay -= 1;
        seen.push(shard);
      },
      { atOnce },
    ),
  );
  expect(most).toBe(atOnce);
  expect(seen.sort((a, b) => a - b)).toEqual(shards(10));
});

test.each([
  { name: 'all were done', items: ['a', 'b'], until: FOREVER, isWhole: true },
  { name: 'there is nothing to do', items: [], until: 0, isWhole: true },
  { name: 'one failed', items: ['bad', 'a'], until: FOREVER, isWhole: false },
  { name: 'the time was up', items: ['a'], until: 0, isWhole: false },
])('it knows whether all were done: $name', async ({ items, until, isWhole }) => {
  let answer: boolean | undefined;
  const run = async (round: Round<never>) => {
    answer = await round.each(items, async (item) => (item === 'bad' ? Promise.reject(BAD) : undefined));
  };
  await sweep(movableClock(), { until, counts: [] }, run).catch(() => undefined);
  expect(answer).toBe(isWhole);
});
