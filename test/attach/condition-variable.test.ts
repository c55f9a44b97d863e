import { expect, test, vi } from 'vitest';
import { ConditionVariable } from '../../src/attach/flow/condition-variable.ts';

test('a condition variable keeps nobody whose time is up', async () => {
  const condition = new ConditionVariable();
  const { signal } = new AbortController();
  const left = vi.spyOn(signal, 'removeEventListener');
  for (let time = 0; time < 3; time++) await condition.wait(1, signal);
  expect(left).toHaveBeenCalledTimes(3);
  condition.notifyAll();
  expect(left).toHaveBeenCalledTimes(3);
});

test('a notification wakes all that wait, and is not kept for later ones', async () => {
  const condition = new ConditionVariable();
  const { signal } = new AbortController();
  const waiting = Promise.all([condition.wait(undefined, signal), condition.wait(60_000, signal)]);
  condition.notifyAll();
  await waiting;
  const notified = condition.wait(undefined, signal).then(() => 'notified');
  expect(await Promise.race([notified, condition.wait(20, signal)])).toBeUndefined();
});
