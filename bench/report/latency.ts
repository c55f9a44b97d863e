import { percentile } from '../figures.ts';
import { type Bound, judged } from './judge.ts';
import { milliseconds } from './numbers.ts';
import type { Row } from './rows.ts';

/** The median of calls, with their 95th percentile. */
export function latency(what: string, values: readonly number[], bound?: Bound): Row[] {
  const rows = judged(what, values, { format: milliseconds, ...(bound ? { bound } : {}) });
  return rows.map((row) => ({ ...row, spread: `p95 ${milliseconds(percentile(values, 0.95))}` }));
}
