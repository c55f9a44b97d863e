import { expect, test, vi } from 'vitest';
import { Bell } from '../../src/attach/flow/bell.ts';

test('a bell keeps nobody whose time is up', async () => {
  const bell = new Bell();
  const { signal } = new AbortController();
  const left = vi.spyOn(signal, 'removeEventListener');
  for (let time = 0; time < 3; time++) await bell.wait(1, signal);
  expect(left).toHaveBeenCalledTimes(3);
  bell.ring();
  expect(left).toHaveBeenCalledTimes(3);
});

test('a ring wakes all who wait, and is not kept for later ones', async () => {
  const bell = new Bell();
  const { signal } = new AbortController();
  const waiting = Promise.all([bell.wait(undefined, signal), bell.wait(60_000, signal)]);
  bell.ring();
  await waiting;
  const later = await Promise.race([bell.wait(undefined, signal).then(() => 'rung'), bell.wait(20, signal)]);
  expect(later).toBeUndefined();
});
