import { onTestFailed } from 'vitest';
import { seededRandom } from './seeded-random.ts';

/**
 * For `fc.assert`: the seed of an earlier run, as it was printed when that failed; a new one where
 * none is given.
 */
export const FUZZ_SEED = process.env.VARVE_SEED === undefined ? {} : { seed: Number(process.env.VARVE_SEED) };

/**
 * Random numbers for the test that runs, of the seed given or of a new one; the message of its
 * failure tells which.
 */
export function toldRandom(): () => number {
  const { seed } = { seed: Date.now(), ...FUZZ_SEED };
  onTestFailed(({ task }) => {
    for (const error of task.result?.errors ?? []) error.message += ` (VARVE_SEED=${seed})`;
  });
  return seededRandom(seed);
}
