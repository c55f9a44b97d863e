import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/client/flow/backoff.ts';
import { Batch } from '../../src/client/flow/batch.ts';
import { Limit } from '../../src/client/flow/limit.ts';
import { Slots } from '../../src/client/flow/slots.ts';
import { TaskGroup } from '../../src/client/flow/task-group.ts';

const never = () => new AbortController().signal;

describe('Batch', () => {
  it('answers each question from one call for many', async () => {
    const calls: number[][] = [];
    const batch = new Batch<number, number>({ items: 3, calls: 1 }, async (items) => {
      calls.push(items);
      return items.map((item) => item * 10);
    });
    expect(await Promise.all([1, 2, 3, 4].map((item) => batch.ask(item)))).toEqual([10, 20, 30, 40]);
    expect(calls).toEqual([[1, 2, 3], [4]]);
  });

  it('never has more calls under way than allowed', async () => {
    let [now, most] = [0, 0];
    const batch = new Batch<number, number>({ items: 1, calls: 2 }, async (items) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(1);
      now -= 1;
      return items;
    });
    await Promise.all(Array.from({ length: 9 }, (_, item) => batch.ask(item)));
    expect(most).toBe(2);
  });

  it('hands a failure to all who asked in that call, and goes on', async () => {
    let fails = true;
    const batch = new Batch<number, number>({ items: 2, calls: 1 }, async (items) => {
      if (fails) throw new Error('no');
      return items;
    });
    const results = await Promise.allSettled([batch.ask(1), batch.ask(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await batch.ask(3)).toBe(3);
  });
});

describe('Slots', () => {
  it('makes callers wait in order, also small ones behind a large one', async () => {
    const slots = new Slots(3);
    const held = await slots.take(2, never());
    const order: string[] = [];
    const large = slots.take(3, never()).then((taken) => {
      order.push('large');
      for (const slot of taken) slots.release(slot);
    });
    const small = slots.take(1, never()).then(() => order.push('small'));
    for (const slot of held) slots.release(slot);
    await Promise.all([large, small]);
    expect(order).toEqual(['large', 'small']);
  });

  it('gives none to who has been aborted', async () => {
    const slots = new Slots(1);
    const abort = new AbortController();
    await slots.take(1, never());
    const waiting = slots.take(1, abort.signal);
    abort.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    slots.release(0);
    expect(await slots.take(1, never())).toEqual([0]);
  });
});

describe('TaskGroup', () => {
  it('throws the first failure, after all tasks have ended', async () => {
    const group = new TaskGroup(never());
    let ended = false;
    group.spawn(async () => {
      throw new Error('first');
    });
    group.spawn(async () => {
      await sleep(5);
      ended = true;
      throw new Error('second');
    });
    await expect(group.done()).rejects.toThrow('first');
    expect(ended).toBe(true);
    expect(group.signal.aborted).toBe(true);
  });

  it('waits for tasks that tasks spawned', async () => {
    const group = new TaskGroup(never());
    let ended = false;
    group.spawn(async () => {
      await sleep(1);
      group.spawn(async () => {
        await sleep(1);
        ended = true;
      });
    });
    await group.done();
    expect(ended).toBe(true);
  });

  it('fails with the reason of an abort from outside', async () => {
    const outer = new AbortController();
    const group = new TaskGroup(outer.signal);
    group.spawn(async () => {
      await sleep(10_000, undefined, { signal: group.signal });
    });
    outer.abort(new Error('stop'));
    await expect(group.done()).rejects.toThrow('stop');
  });
});

describe('Limit', () => {
  it('lets the next one in also after a failure', async () => {
    const limit = new Limit(1);
    const results = await Promise.allSettled([
      limit.run(async () => {
        throw new Error('no');
      }),
      limit.run(async () => 'yes'),
    ]);
    expect(results[1]).toEqual({ status: 'fulfilled', value: 'yes' });
  });
});

describe('backoffMs', () => {
  const settings = { firstMs: 100, mostMs: 1000 };

  it.each([
    { attempt: 1, luck: 0, ms: 50 },
    { attempt: 1, luck: 1, ms: 100 },
    { attempt: 3, luck: 1, ms: 400 },
    { attempt: 9, luck: 0.5, ms: 750 },
  ])('before repetition $attempt with luck $luck is $ms ms', ({ attempt, luck, ms }) => {
    expect(backoffMs(attempt, settings, () => luck)).toBe(ms);
  });
});
