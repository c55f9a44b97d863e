import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../src/platform/turns.ts';

test('of those that come at once, each has a turn of the event loop for itself', async () => {
  const turn = createTurns();
  let round = 0;
  let isOver = false;
  const rounds = (async () => {
    while (!isOver) {
      await setImmediate();
      round++;
    }
  })();
  const seen = await Promise.all(Array.from({ length: 5 }, () => turn().then(() => round)));
  isOver = true;
  await rounds;
  expect(new Set(seen).size).toBe(5);
});
