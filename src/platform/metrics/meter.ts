import type { Distribution, Family, Labels, Sample } from './family.ts';

/** What counts as the work goes on. No call waits for anything, or fails. */
export interface Meter {
  count<Label extends string>(figure: Counter<Label>, labels: Values<Label>, by?: number): void;
  observe<Label extends string>(figure: Histogram<Label>, labels: Values<Label>, value: number): void;
}

/**
 * What is counted. Its labels have values of ours alone, and few of them: never a text of a caller,
 * or an id.
 */
export interface Counter<Label extends string = never> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
}

export interface Histogram<Label extends string = never> extends Counter<Label> {
  /** From the lowest. */
  readonly bounds: readonly number[];
}

type Values<Label extends string> = Readonly<Record<Label, string>>;

/** A meter that keeps what it counted, for whoever asks. */
export interface Registry extends Meter {
  families(): Family[];
}

/**
 * Of one figure. There are fewer operations in the schema. It holds where a value slips in that is
 * not ours: what comes beyond it counts as {@link OTHER}.
 */
const MOST_SERIES = 400;
const OTHER = 'other';

interface Kept {
  readonly figure: Counter<string> | Histogram<string>;
  readonly series: Map<string, Series>;
}

interface Series {
  readonly labels: Labels;
  /** Of a counter. */
  value: number;
  /** Of a histogram: between each bound and the one before it. */
  readonly between: number[];
  count: number;
  sum: number;
}

export function createRegistry(mostSeries = MOST_SERIES): Registry {
  const figures = new Map<string, Kept>();
  const seriesOf = (figure: Counter<string>, labels: Labels, buckets: number): Series => {
    let kept = figures.get(figure.name);
    if (kept === undefined) {
      kept = { figure, series: new Map() };
      figures.set(figure.name, kept);
    }
    const name = figure.labels.map((label) => labels[label]).join('\n');
    const known = kept.series.get(name);
    if (known !== undefined) return known;
    if (kept.series.size >= mostSeries && figure.labels.some((label) => labels[label] !== OTHER))
      return seriesOf(figure, Object.fromEntries(figure.labels.map((label) => [label, OTHER])), buckets);
    const made = { labels: { ...labels }, value: 0, between: new Array<number>(buckets).fill(0), count: 0, sum: 0 };
    kept.series.set(name, made);
    return made;
  };
  return {
    count: (figure, labels, by = 1) => {
      seriesOf(figure, labels, 0).value += by;
    },
    observe: (figure, labels, value) => {
      const series = seriesOf(figure, labels, figure.bounds.length);
      const bucket = figure.bounds.findIndex((bound) => value <= bound);
      if (bucket !== -1) series.between[bucket] = (series.between[bucket] ?? 0) + 1;
      series.count++;
      series.sum += value;
    },
    families: () => [...figures.values()].map(familyOf),
  };
}

function familyOf({ figure, series }: Kept): Family {
  const { name, help } = figure;
  const all = [...series.values()];
  if (!('bounds' in figure))
    return { kind: 'counter', name, help, samples: all.map(({ labels, value }) => ({ labels, value })) };
  const { bounds } = figure;
  const samples = all.map(({ labels, between, count, sum }): Sample<Distribution> => {
    let below = 0;
    const atMost = between.map((more) => {
      below += more;
      return below;
    });
    return { labels, value: { bounds, atMost, count, sum } };
  });
  return { kind: 'histogram', name, help, samples };
}
