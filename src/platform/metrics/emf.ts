import type { Clock } from '../clock.ts';
import type { Labels } from './family.ts';
import type { Counter, Meter } from './meter.ts';

/**
 * CloudWatch's embedded metric format: a line of the log that CloudWatch reads figures from. See
 * "Specification: Embedded metric format" in the guide of CloudWatch.
 */
export type EmfUnit = 'Count' | 'Seconds' | 'Bytes' | 'None';

export interface EmfFigure {
  readonly name: string;
  readonly unit: EmfUnit;
  /** Several are one figure that was seen so often; at most {@link MOST_VALUES}. */
  readonly values: readonly number[];
}

export interface EmfPlace {
  readonly namespace: string;
  /** Each figure and each value of these is billed as one metric: they are few. */
  readonly dimensions: Labels;
}

/** By the specification. */
const MOST_VALUES = 100;

export function emfLine({ namespace, dimensions }: EmfPlace, at: number, figures: readonly EmfFigure[]): string {
  const Metrics = figures.map(({ name, unit }) => ({ Name: name, Unit: unit }));
  const values = figures.map(({ name, values: all }) => [name, all.length === 1 ? all[0] : all.slice(0, MOST_VALUES)]);
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [Object.keys(dimensions)], Metrics }],
    },
    ...dimensions,
    ...Object.fromEntries(values),
  });
}

/** What a count or an observation is called there, if it is told. */
export type EmfNames = (figure: Counter<string>, labels: Labels) => Pick<EmfFigure, 'name' | 'unit'> | undefined;

/** A meter for functions, whose process may be gone after each call. */
export interface EmfMeter extends Meter {
  /** Figures as they are now, with what was counted. */
  gauge(figure: Omit<EmfFigure, 'values'> & { readonly value: number }): void;
  /** Writes what came together, at the end of each call. */
  flush(): void;
}

export interface EmfOptions extends EmfPlace {
  readonly clock: Clock;
  readonly names: EmfNames;
  readonly write: (line: string) => void;
}

export function createEmfMeter({ clock, names, write, ...place }: EmfOptions): EmfMeter {
  let kept = new Map<string, { unit: EmfUnit; values: number[] }>();
  const keep = (figure: Pick<EmfFigure, 'name' | 'unit'> | undefined, value: number, adds: boolean): void => {
    if (figure === undefined) return;
    const { name, unit } = figure;
    const known = kept.get(name);
    if (known === undefined) kept.set(name, { unit, values: [value] });
    else if (adds) known.values[0] = (known.values[0] ?? 0) + value;
    else if (known.values.length < MOST_VALUES) known.values.push(value);
  };
  return {
    count: (figure, labels, by = 1) => keep(names(figure, labels), by, true),
    observe: (figure, labels, value) => keep(names(figure, labels), value, false),
    gauge: ({ name, unit, value }) => keep({ name, unit }, value, false),
    flush: () => {
      const figures = [...kept].map(([name, { unit, values }]) => ({ name, unit, values }));
      kept = new Map();
      if (figures.length > 0) write(emfLine(place, clock.now(), figures));
    },
  };
}
