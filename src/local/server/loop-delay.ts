import type { Histogram, Meter } from '../../platform/metrics/meter.ts';

const EVERY_MS = 250;

export const loopDelay: Histogram = {
  name: 'varve_event_loop_delay_seconds',
  help: 'By how much a timer of the process came late, four times a second.',
  labels: [],
  bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
};

/** How late timers come, which is how long whatever comes in has to wait for its turn. */
export function watchLoopDelay(meter: Meter): { readonly stop: () => void } {
  let due = performance.now() + EVERY_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    meter.observe(loopDelay, {}, Math.max(now - due, 0) / 1000);
    due = now + EVERY_MS;
  }, EVERY_MS).unref();
  return { stop: () => clearInterval(timer) };
}
