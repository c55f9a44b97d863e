import type { Meter, Progress } from '../client/progress.ts';
import { type Console, PLAIN_MS } from './console.ts';
import { formatDuration, formatSize } from './sizes.ts';

export type Direction = 'upload' | 'download' | 'check';

const DONE: Readonly<Record<Direction, string>> = { upload: 'read', download: 'written', check: 'checked' };
const SMOOTHING = 0.3;
/** The end is said by the summary alone. */
const MOST_PERCENT = 99;

/** What a transfer says of itself while it runs: parts of one line, the most important first. */
export class ProgressLine {
  readonly #direction: Direction;
  #seenAt: number;
  #done = 0;
  #bytesPerSecond = 0;

  /** `now` is in milliseconds of any clock that only goes on. */
  constructor(direction: Direction, now: number) {
    this.#direction = direction;
    this.#seenAt = now;
  }

  /** Goes by the bytes that are through all phases, and never back. */
  at(progress: Progress, now: number): readonly string[] {
    const { totalBytes, readBytes, pendingBytes } = progress;
    const done = Math.max(this.#done, readBytes - pendingBytes);
    const fresh = ((done - this.#done) * 1000) / Math.max(now - this.#seenAt, 1);
    this.#bytesPerSecond += (fresh - this.#bytesPerSecond) * (this.#bytesPerSecond === 0 ? 1 : SMOOTHING);
    [this.#seenAt, this.#done] = [now, done];
    const rate = this.#bytesPerSecond;
    return [
      totalBytes === undefined ? formatSize(done) : `${percent(done, totalBytes)} % of ${formatSize(totalBytes)}`,
      `${formatSize(Math.round(rate))}/s`,
      ...(totalBytes === undefined || rate < 1
        ? []
        : [`${formatDuration(Math.max(totalBytes - done, 0) / rate)} left`]),
      ...partsOf(progress, this.#direction),
    ];
  }
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(Math.floor((100 * part) / whole), MOST_PERCENT);
}

function partsOf(progress: Progress, direction: Direction): string[] {
  const { readBytes, deduplicatedBytes, transferredBytes, storedBytes } = progress;
  const moved = direction === 'upload' ? 'uploaded' : 'downloaded';
  return [
    `${formatSize(readBytes)} ${DONE[direction]}`,
    ...(direction === 'check' ? [] : [`${formatSize(deduplicatedBytes)} deduplicated`]),
    `${formatSize(transferredBytes)} ${moved} (${formatSize(storedBytes)} stored)`,
  ];
}

const TICK_MS = 200;

/** Shows a transfer's progress while `work` runs. */
export async function withProgress<T>(
  console: Console,
  meter: Meter,
  direction: Direction,
  work: () => Promise<T>,
): Promise<T> {
  const begunAt = performance.now();
  const line = new ProgressLine(direction, begunAt);
  const show = () => {
    const now = performance.now();
    // What is done before the first plain line needs none.
    if (console.rewrites || now - begunAt >= PLAIN_MS) console.line(line.at(meter, now));
  };
  const timer = console.quiet ? undefined : setInterval(show, TICK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    console.line(undefined);
  }
}

/** What a finished transfer did, for people. */
export function summaryText(meter: Meter, direction: Direction): string {
  const seconds = (performance.now() - meter.startedAt) / 1000;
  const [what = '', ...rest] = partsOf(meter, direction);
  const rate = `${formatSize(Math.round(meter.readBytes / Math.max(seconds, 0.001)))}/s`;
  return `${[what, rate, ...rest].join(' · ')} in ${formatDuration(seconds)}`;
}

/** The same as fields of a JSON result. */
export function transferFields(meter: Meter) {
  return {
    readBytes: meter.readBytes,
    deduplicatedBytes: meter.deduplicatedBytes,
    transferredBytes: meter.transferredBytes,
    storedBytes: meter.storedBytes,
    seconds: Math.round(performance.now() - meter.startedAt) / 1000,
  };
}
