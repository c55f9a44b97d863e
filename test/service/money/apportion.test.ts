import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from '../../../src/service/model/money/apportion.ts';

const weights = fc.array(fc.bigInt({ min: 0n, max: 2n ** 60n }), { minLength: 1, maxLength: 40 });
const wholes = fc.bigInt({ min: 0n, max: 2n ** 70n });
const sumOf = (numbers: readonly bigint[]) => numbers.reduce((sum, number) => sum + number, 0n);

/** The rule as it reads: everybody rounded down, and then one after the other to who lost most. */
function naive(whole: bigint, of: readonly bigint[]): bigint[] {
  const sum = sumOf(of);
  const parts = of.map((weight) => (whole * weight) / sum);
  const given = new Set<number>();
  while (sumOf(parts) < whole) {
    let best = -1;
    for (const [at, weight] of of.entries()) {
      if (given.has(at)) continue;
      if (best < 0 || (whole * weight) % sum > (whole * (of[best] as bigint)) % sum) best = at;
    }
    given.add(best);
    parts[best] = (parts[best] as bigint) + 1n;
  }
  return parts;
}

test('8.2: parts add up to the whole, none is more than one away from its exact share', () => {
  fc.assert(
    fc.property(wholes, weights, (whole, of) => {
      const parts = apportion(whole, of);
      const sum = sumOf(of);
      expect(sumOf(parts)).toBe(sum === 0n ? 0n : whole);
      for (const [at, part] of parts.entries()) {
        const exact = whole * (of[at] as bigint);
        expect(part * sum > exact - sum && part * sum < exact + sum).toBe(sum > 0n);
      }
    }),
  );
});

test('8.2: the largest remainder gets what is left, and among equals the earlier', () => {
  const positive = weights.filter((of) => sumOf(of) > 0n);
  fc.assert(
    fc.property(wholes, positive, (whole, of) => {
      expect(apportion(whole, of)).toEqual(naive(whole, of));
    }),
  );
  expect(apportion(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
  expect(apportion(10n, [0n, 1n, 2n])).toEqual([0n, 3n, 7n]);
});
