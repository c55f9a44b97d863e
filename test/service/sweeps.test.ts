import { describe, expect, test } from 'vitest';
import { createEngineHarness } from '../support/engine-harness.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { badId, poisoned } from '../support/poison.ts';
import { prepareSweep, SWEEP_CASES, type SweepCase } from '../support/sweep-cases.ts';

const FOREVER = Number.POSITIVE_INFINITY;
/** More than any sweep reads in one request. */
const MORE_THAN_A_PAGE = 101;

async function sceneOf(of: SweepCase, badItems: number) {
  const harness = createEngineHarness(5);
  await openMemoryAccount(memoryService(harness.deps));
  const bad = Array.from({ length: badItems }, (_, number) => badId(number));
  await prepareSweep(harness, of, bad);
  return harness;
}

describe('a sweep does the item behind one that fails, and reports both', () => {
  test.each(SWEEP_CASES)('$name', async (of) => {
    const harness = await sceneOf(of, 1);
    expect(of.isDone(harness)).toBe(false);
    const failure = { code: 'Internal', extra: { failed: 1, ...of.counts }, cause: expect.any(Error) };
    await expect(of.sweep(poisoned(harness.deps), FOREVER)).rejects.toMatchObject(failure);
    expect(of.isDone(harness)).toBe(true);
  });
});

describe('a sweep reports what failed also where its time is up after that', () => {
  test.each(SWEEP_CASES)('$name', async (of) => {
    const harness = await sceneOf(of, 1);
    const until = harness.clock.at + 1000;
    const onFailure = () => {
      harness.clock.at = until;
    };
    const deps = poisoned(harness.deps, { onFailure });
    await expect(of.sweep(deps, until)).rejects.toMatchObject({ extra: { failed: 1 }, cause: expect.any(Error) });
  });
});

describe('a sweep reaches the item behind a whole page of ones that fail', () => {
  test.each(SWEEP_CASES)('$name', async (of) => {
    const harness = await sceneOf(of, MORE_THAN_A_PAGE);
    await expect(of.sweep(poisoned(harness.deps), FOREVER)).rejects.toMatchObject({
      extra: { failed: MORE_THAN_A_PAGE },
    });
    expect(of.isDone(harness)).toBe(true);
  });
});

describe('a sweep whose time is up does nothing', () => {
  test.each(SWEEP_CASES)('$name', async (of) => {
    const harness = await sceneOf(of, 0);
    await of.sweep(harness.deps, harness.clock.at);
    expect(of.isDone(harness)).toBe(false);
    expect(await of.sweep(harness.deps, FOREVER)).toMatchObject(of.counts);
    expect(of.isDone(harness)).toBe(true);
  });
});
