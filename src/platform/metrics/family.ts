/** Figures of one name, as any monitoring system takes them. */
export type Family = NumberFamily | HistogramFamily;

export interface NumberFamily extends FamilyHead {
  readonly kind: 'counter' | 'gauge';
  readonly samples: readonly Sample<number>[];
}

export interface HistogramFamily extends FamilyHead {
  readonly kind: 'histogram';
  readonly samples: readonly Sample<Distribution>[];
}

interface FamilyHead {
  /**
   * By the conventions of Prometheus: base units, and of a counter `_total` at the end. See
   * https://prometheus.io/docs/practices/naming/.
   */
  readonly name: string;
  readonly help: string;
}

export interface Sample<Value> {
  readonly labels: Labels;
  readonly value: Value;
}

export type Labels = Readonly<Record<string, string>>;

/** How often a value was at most each bound, and how often in all. */
export interface Distribution {
  readonly bounds: readonly number[];
  /** For each bound, those at or below it: each holds the one before it. */
  readonly atMost: readonly number[];
  readonly count: number;
  readonly sum: number;
}

/** A gauge without labels. */
export function gauge(name: string, help: string, value: number): NumberFamily {
  return { kind: 'gauge', name, help, samples: [{ labels: {}, value }] };
}
