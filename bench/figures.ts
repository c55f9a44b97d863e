import type { ProgramResult } from './process/program.ts';

/** All that was measured: for each name one value a round, in the order of rounds. */
export class Figures {
  readonly #values = new Map<string, number[]>();

  add(name: string, ...values: readonly number[]): void {
    const known = this.#values.get(name);
    if (known) known.push(...values);
    else this.#values.set(name, [...values]);
  }

  /** Time, CPU time and memory of a program. */
  addProgram(name: string, { wallS, cpuS, peakMib }: Pick<ProgramResult, 'wallS' | 'cpuS' | 'peakMib'>): void {
    this.add(`${name} s`, wallS);
    this.add(`${name} cpu s`, cpuS);
    this.add(`${name} peak MiB`, peakMib);
  }

  of(name: string): readonly number[] {
    return this.#values.get(name) ?? [];
  }

  /** Round by round, so that a machine that slows down meanwhile does not count. */
  ratios(name: string, to: string): number[] {
    const others = this.of(to);
    return this.of(name).flatMap((value, round) => {
      const other = others[round];
      return other === undefined ? [] : [value / other];
    });
  }

  toJSON(): Record<string, readonly number[]> {
    return Object.fromEntries([...this.#values].sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Between the two nearest where it falls between them. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
