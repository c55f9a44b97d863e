import { describe, expect, test } from 'vitest';
import { Figures, median, percentile } from '../../bench/figures.ts';
import { judged } from '../../bench/report/judge.ts';
import { seconds, times } from '../../bench/report/numbers.ts';

describe('figures', () => {
  test('percentiles fall between the nearest values', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([10, 20], 0.95)).toBeCloseTo(19.5);
    expect(median([])).toBeNaN();
  });

  test('ratios are taken round by round', () => {
    const figures = new Figures();
    figures.add('ours', 1, 4);
    figures.add('theirs', 2, 4, 8);
    expect(figures.ratios('ours', 'theirs')).toEqual([0.5, 1]);
  });
});

describe('a judged row', () => {
  test('says whether the median keeps to its bound, on either side', () => {
    const [most] = judged('x', [1, 2, 9], { format: times, bound: { most: 2 } });
    expect(most).toMatchObject({ value: '2.00 x', spread: '1.00 x – 9.00 x', target: '≤ 2.00 x', reached: true });
    const [least] = judged('x', [1], { format: seconds, bound: { least: 2 } });
    expect(least).toMatchObject({ target: '≥ 2.00 s', reached: false });
  });

  test('is none where nothing was measured', () => {
    expect(judged('x', [], { format: times, bound: { most: 2 } })).toEqual([]);
  });
});
