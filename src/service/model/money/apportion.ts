import { impossible } from '../../../platform/errors.ts';

/**
 * Rule 8.2: a whole in parts by weight, by largest remainder. Each part is `whole × weight ÷ sum`,
 * rounded down; what is left goes, one each, to those that lost most by it, and among equals to the
 * earlier. The parts add up to the whole. Where no weight is above zero, nothing can be given.
 */
export function apportion(whole: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  const isNegative = whole < 0n || weights.some((weight) => weight < 0n);
  if (isNegative) throw impossible('a part would be less than nothing');
  if (sum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (whole * weight) / sum);
  let left = whole - parts.reduce((total, part) => total + part, 0n);
  const lost = weights.map((weight, at) => ({ at, by: (whole * weight) % sum }));
  lost.sort((a, b) => (a.by === b.by ? a.at - b.at : a.by > b.by ? -1 : 1));
  for (const { at } of lost) {
    if (left === 0n) break;
    parts[at] = (parts[at] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}
