export interface Sample {
  readonly at: string;
  readonly logicalBytes: number;
  readonly deduplicatedBytes: number;
  readonly storedBytes: number;
  readonly waitingBytes: number;
}

export const LINES = ['logicalBytes', 'deduplicatedBytes', 'storedBytes'] as const;
export type Line = (typeof LINES)[number];

const HOUR_MS = 3_600_000;
/** As many points as can be told apart. */
const MOST_POINTS = 800;

/** The last one of each part of the span; hours without a sample stay gaps. */
export function thinned(samples: readonly Sample[]): readonly Sample[] {
  const step = Math.ceil(samples.length / MOST_POINTS);
  return samples.filter((_, at) => (samples.length - 1 - at) % step === 0);
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly most: number;
}

/** A path of SVG; it breaks where more than two steps are missing. */
export function pathOf(samples: readonly Sample[], line: Line, frame: Frame): string {
  const { width, height, fromMs, toMs, most } = frame;
  const span = Math.max(1, toMs - fromMs);
  const usualMs = Math.max(HOUR_MS, span / MOST_POINTS);
  let before: number | undefined;
  return samples
    .map((sample) => {
      const at = Date.parse(sample.at);
      const isGap = before === undefined || at - before > 2.5 * usualMs;
      before = at;
      const x = ((at - fromMs) / span) * width;
      const y = height - (sample[line] / most) * height;
      return `${isGap ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** A round number of a unit above the largest. */
export function roundUp(bytes: number): number {
  if (bytes <= 0) return 1;
  const power = 1024 ** Math.floor(Math.log2(bytes) / 10);
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1024];
  return (steps.find((step) => step * power >= bytes) ?? 1024) * power;
}

export function csvOf(samples: readonly Sample[]): string {
  const names = ['at', 'logicalBytes', 'deduplicatedBytes', 'storedBytes', 'waitingBytes'] as const;
  return [names.join(','), ...samples.map((sample) => names.map((name) => sample[name]).join(','))].join('\n');
}
