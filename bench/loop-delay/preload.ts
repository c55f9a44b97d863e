import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import type { LoopDelay } from './watch.ts';

/**
 * Preloaded into a server: at each SIGUSR2 it writes how late its event loop was since the one
 * before.
 */
const file = process.env.BENCH_LOOP_DELAY;
const LOOK_MS = 5;
const NS_PER_MS = 1e6;

if (file !== undefined && isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution: LOOK_MS });
  histogram.enable();
  process.on('SIGUSR2', () => {
    writeFileSync(`${file}.new`, JSON.stringify(delayOf(histogram)));
    renameSync(`${file}.new`, file);
    histogram.reset();
  });
}

/** The histogram has the times between two looks. */
function delayOf(histogram: ReturnType<typeof monitorEventLoopDelay>): LoopDelay {
  const late = (ns: number) => Math.max(ns / NS_PER_MS - LOOK_MS, 0);
  return { p99Ms: late(histogram.percentile(99)), mostMs: late(histogram.max) };
}
