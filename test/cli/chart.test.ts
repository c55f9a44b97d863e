import { describe, expect, it } from 'vitest';
import { barChart } from '../../src/cli/chart.ts';

const points = [0, 4, 8, 2].map((value, at) => ({ atMs: at * 10 + 5, value }));

describe('a chart', () => {
  it('has a column for each part of the time, the highest full', () => {
    expect(barChart(points, 0, 40, { width: 4, height: 2, unicode: false })).toEqual(['  #', ' ###']);
    expect(barChart(points, 0, 40, { width: 4, height: 2, unicode: true })).toEqual(['  █', ' ██▄']);
  });

  it('leaves out what was not measured, and takes the mean of what was', () => {
    expect(barChart(points, 0, 80, { width: 8, height: 1, unicode: true })).toEqual([' ▄█▂']);
    expect(barChart(points, 0, 40, { width: 2, height: 1, unicode: true })).toEqual(['▃█']);
    expect(barChart([], 0, 40, { width: 4, height: 2, unicode: true })).toEqual(['', '']);
  });
});
