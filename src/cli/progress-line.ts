import type { Meter, Progress } from '../client/progress.ts';
import type { Console } from './console.ts';
import { formatDuration, formatSize } from './sizes.ts';

export type Direction = 'upload' | 'download' | 'check';

const DONE: Readonly<Record<Direction, string>> = { upload: 'read', download: 'written', check: 'checked' };

/** One line that says how far a transfer is after `seconds`, at `bytesPerSecond` just now. */
export function progressText(progress: Progress, direction: Direction, bytesPerSecond: number): string {
  const { totalBytes, readBytes, deduplicatedBytes, transferredBytes, storedBytes } = progress;
  const of = totalBytes === undefined ? '' : ` of ${formatSize(totalBytes)} (${percent(readBytes, totalBytes)} %)`;
  const left = totalBytes === undefined || bytesPerSecond <= 0 ? '' : remaining(totalBytes - readBytes, bytesPerSecond);
  const moved = direction === 'upload' ? 'uploaded' : 'downloaded';
  return [
    `${DONE[direction]} ${formatSize(readBytes)}${of}`,
    `${formatSize(Math.round(bytesPerSecond))}/s${left}`,
    ...(direction === 'check' ? [] : [`${formatSize(deduplicatedBytes)} deduplicated`]),
    `${formatSize(transferredBytes)} ${moved} (${formatSize(storedBytes)} stored)`,
  ].join(' · ');
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((100 * part) / whole);
}

function remaining(bytes: number, bytesPerSecond: number): string {
  return `, ${formatDuration(bytes / bytesPerSecond)} left`;
}

const TTY_MS = 200;
const PLAIN_MS = 5000;
const SMOOTHING = 0.3;

/** Shows a transfer's progress while `work` runs. */
export async function withProgress<T>(
  console: Console,
  meter: Meter,
  direction: Direction,
  work: () => Promise<T>,
): Promise<T> {
  let [seenAt, seen, rate] = [performance.now(), 0, 0];
  const show = () => {
    const now = performance.now();
    const fresh = ((meter.readBytes - seen) * 1000) / Math.max(now - seenAt, 1);
    rate = rate === 0 ? fresh : rate + (fresh - rate) * SMOOTHING;
    [seenAt, seen] = [now, meter.readBytes];
    console.line(progressText(meter, direction, rate));
  };
  const timer = console.quiet ? undefined : setInterval(show, console.rewrites ? TTY_MS : PLAIN_MS);
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
  const text = progressText({ ...meter, totalBytes: undefined }, direction, meter.readBytes / Math.max(seconds, 0.001));
  return `${text} in ${formatDuration(seconds)}`;
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
