import { median } from '../figures.ts';
import type { Row } from './rows.ts';

export type Bound = { readonly most: number } | { readonly least: number };

export interface JudgedOptions {
  readonly format: (value: number) => string;
  readonly bound?: Bound;
  readonly peakMib?: readonly number[];
}

/** A row of the median of some values, judged by a bound. No row where nothing was measured. */
export function judged(what: string, values: readonly number[], { format, bound, peakMib = [] }: JudgedOptions): Row[] {
  if (values.length === 0) return [];
  const value = median(values);
  return [
    {
      what,
      value: format(value),
      ...(values.length === 1 ? {} : { spread: `${format(Math.min(...values))} – ${format(Math.max(...values))}` }),
      ...(bound === undefined ? {} : { target: boundText(bound, format), reached: keeps(value, bound) }),
      ...(peakMib.length === 0 ? {} : { peakMib: Math.max(...peakMib) }),
    },
  ];
}

function boundText(bound: Bound, format: (value: number) => string): string {
  return 'most' in bound ? `≤ ${format(bound.most)}` : `≥ ${format(bound.least)}`;
}

function keeps(value: number, bound: Bound): boolean {
  return 'most' in bound ? value <= bound.most : value >= bound.least;
}
