/** One value at one instant. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface ChartStyle {
  /** Columns for the bars. */
  readonly width: number;
  /** Rows for the bars. */
  readonly height: number;
  /** Whether block characters can be shown. */
  readonly unicode: boolean;
}

const EIGHTHS = ' ▁▂▃▄▅▆▇█';

/**
 * Values over time as bars, the highest line first, without axes. A column is the mean of the
 * points in its part of the time. One without any is empty, so that what was not measured is not
 * drawn. Pure.
 */
export function barChart(points: readonly Point[], from: number, to: number, style: ChartStyle): string[] {
  const { width, height, unicode } = style;
  const columns = columnsOf(points, from, to, width);
  const top = Math.max(...columns.map((value) => value ?? 0), 1);
  const levels = unicode ? 8 : 1;
  const heights = columns.map((value) => (value === undefined ? 0 : Math.round((value / top) * height * levels)));
  return Array.from({ length: height }, (_, row) => {
    const below = (height - 1 - row) * levels;
    return heights
      .map((units) => Math.min(Math.max(units - below, 0), levels))
      .map((units) => (unicode ? EIGHTHS[units] : units > 0 ? '#' : ' '))
      .join('')
      .trimEnd();
  });
}

function columnsOf(points: readonly Point[], from: number, to: number, width: number): (number | undefined)[] {
  const sums = Array.from({ length: width }, () => ({ sum: 0, count: 0 }));
  for (const { atMs, value } of points) {
    const column = sums[Math.floor(((atMs - from) / (to - from)) * width)];
    if (column === undefined) continue;
    column.sum += value;
    column.count++;
  }
  return sums.map(({ sum, count }) => (count === 0 ? undefined : sum / count));
}
