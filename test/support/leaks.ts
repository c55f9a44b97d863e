import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll } from 'vitest';

/**
 * The first makes the handle garbage, a later one closes it; a turn after that the process hears of
 * it.
 */
const ROUNDS = 3;

/**
 * A file handle that nobody closed is deprecated once the garbage collector closes it, which fails
 * the run. It happens here, so that the file that left it is named, and not another by chance.
 */
afterAll(async () => {
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.();
    await nextTurn();
  }
});
