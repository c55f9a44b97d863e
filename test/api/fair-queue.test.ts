import { describe, expect, test } from 'vitest';
import { createFairQueue, type FairQueue, type FairQueueLimits } from '../../src/service/api/fair-queue.ts';

const LIMITS: FairQueueLimits = { running: 2, runningOfOne: 1, besideOthers: 1, waiting: 100, waitingOfOne: 50 };

/** Work that ends when it is told to, in the order in which it began. */
function scene(limits: Partial<FairQueueLimits> = {}) {
  const queue: FairQueue = createFairQueue({ ...LIMITS, ...limits });
  const begun: string[] = [];
  const open: (() => void)[] = [];
  const start = async (account: string, name = account, signal?: AbortSignal): Promise<void> => {
    const leave = await queue.enter(account, signal);
    begun.push(name);
    open.push(leave);
  };
  const endFirst = async (): Promise<void> => {
    open.shift()?.();
    await settled();
  };
  return { queue, start, begun, endFirst };
}

/** Lets everything run that can, also what begins in the next turn of the event loop. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

describe('bounds', () => {
  test('no more runs than may, altogether and of one account', async () => {
    const { start, begun, endFirst } = scene();
    for (const account of ['a', 'a', 'b', 'c']) void start(account);
    await settled();
    expect(begun).toEqual(['a', 'b']);
    await endFirst();
    expect(begun).toHaveLength(3);
    await endFirst();
    expect(begun.sort()).toEqual(['a', 'a', 'b', 'c']);
  });

  test('what would wait beyond the limit is refused with the time to wait, of one account and altogether', async () => {
    const { start } = scene({ running: 1, waiting: 3, waitingOfOne: 2 });
    const tries = ['a', 'a', 'a', 'a', 'b', 'c'].map((account) => start(account).then(() => 'ran', codeOf));
    const told = await Promise.all([tries[3], tries[5]]);
    expect(told).toEqual(['Throttled', 'Throttled']);
    const error = await start('d').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'Throttled', extra: { retryAfterMs: expect.any(Number) } });
  });

  test('work that fails makes room as well', async () => {
    const queue = createFairQueue({ ...LIMITS, running: 1 });
    const failing = async () => {
      const leave = await queue.enter('a');
      try {
        throw new Error('failed');
      } finally {
        leave();
      }
    };
    await expect(failing()).rejects.toThrow('failed');
    await expect(queue.enter('b')).resolves.toEqual(expect.any(Function));
  });
});

describe('fairness', () => {
  test('accounts take turns, however many requests one of them has waiting', async () => {
    const { start, begun, endFirst } = scene({ running: 1 });
    for (let at = 0; at < 20; at++) void start('greedy');
    for (const account of ['b', 'c', 'b', 'c']) void start(account);
    await settled();
    for (let turn = 0; turn < 8; turn++) await endFirst();
    expect(begun.slice(0, 7)).toEqual(['greedy', 'b', 'c', 'greedy', 'b', 'c', 'greedy']);
  });

  test('requests of one account are served in their order', async () => {
    const { start, begun, endFirst } = scene({ running: 1 });
    for (const name of ['1', '2', '3']) void start('a', name);
    await settled();
    await endFirst();
    await endFirst();
    expect(begun).toEqual(['1', '2', '3']);
  });

  test('an account at its own bound does not keep others from free places', async () => {
    const { start, begun } = scene({ running: 3, runningOfOne: 2, besideOthers: 2 });
    for (const account of ['a', 'a', 'a', 'a', 'b']) void start(account);
    await settled();
    expect(begun).toEqual(['a', 'a', 'b']);
  });
});

describe('an account beside others', () => {
  const BESIDE = { running: 9, runningOfOne: 4, besideOthers: 1 };

  test('has all of its places while it is alone, and few as long as another has work', async () => {
    const { start, begun, endFirst } = scene(BESIDE);
    for (let at = 0; at < 7; at++) void start('greedy');
    await settled();
    void start('b');
    await settled();
    expect(begun).toEqual(['greedy', 'greedy', 'greedy', 'greedy', 'b']);
    for (let ended = 0; ended < 3; ended++) await endFirst();
    expect(begun).toHaveLength(5);
    await endFirst(); // the last of the greedy one
    expect(begun).toHaveLength(6);
    await endFirst(); // b
    expect(begun).toHaveLength(8);
  });

  test('lets what the store has answered to others come before its next work', async () => {
    const { queue, start, begun } = scene({ running: 1 });
    const leave = await queue.enter('greedy');
    void start('greedy');
    setImmediate(() => begun.push('others'));
    leave();
    await settled();
    expect(begun).toEqual(['others', 'greedy']);
  });

  test('may wait until the others are done', async () => {
    const { queue, start, endFirst } = scene({ running: 1 });
    void start('b');
    void start('c');
    await settled();
    const told: string[] = [];
    const never = new AbortController().signal;
    void queue.othersDone('a', never).then(() => told.push('done'));
    await endFirst();
    expect(told).toEqual([]);
    void start('b'); // comes later: not waited for
    await endFirst();
    expect(told).toEqual(['done']);
  });

  test('does not wait for itself, nor longer than it wants to', async () => {
    const { queue, start } = scene();
    void start('a');
    await queue.othersDone('a', new AbortController().signal);
    void start('b');
    await queue.othersDone('a', AbortSignal.timeout(5));
    await queue.othersDone('a', AbortSignal.abort());
  });
});

describe('giving up', () => {
  test('a request that gives up waiting leaves the queue, and the next one has its turn', async () => {
    const { start, begun, endFirst } = scene({ running: 1 });
    const giving = new AbortController();
    void start('a', '1');
    const second = start('a', '2', giving.signal).catch((error: unknown) => error);
    void start('a', '3');
    await settled();
    giving.abort(new Error('no patience'));
    expect(await second).toEqual(new Error('no patience'));
    await endFirst();
    expect(begun).toEqual(['1', '3']);
  });

  test('one that has given up before never enters; one that gives up while it runs is not interrupted', async () => {
    const queue = createFairQueue({ ...LIMITS, running: 1 });
    await expect(queue.enter('a', AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    const giving = new AbortController();
    const leave = await queue.enter('a', giving.signal);
    giving.abort();
    leave();
    await expect(queue.enter('b')).resolves.toEqual(expect.any(Function));
  });

  test('those that gave up count no more among those that wait', async () => {
    const { start } = scene({ running: 1, waiting: 1, waitingOfOne: 1 });
    const giving = new AbortController();
    void start('a');
    const given = start('b', 'b', giving.signal).catch(() => 'gave up');
    await settled();
    giving.abort(new Error('enough'));
    expect(await given).toBe('gave up');
    expect(await Promise.race([start('c').then(() => 'ran', codeOf), settled().then(() => 'waits')])).toBe('waits');
  });
});
