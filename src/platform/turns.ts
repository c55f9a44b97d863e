import { setImmediate } from 'node:timers/promises';

/**
 * For work of some milliseconds that comes in crowds: each caller gets a turn of the event loop of
 * its own, so that timers and other requests come in between.
 */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => setImmediate());
    return last;
  };
}
