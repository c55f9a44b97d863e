import { setImmediate } from 'node:timers/promises';

/** Long enough to do much, short enough that nobody notices. */
const SPELL_MS = 4;

/**
 * For loops that work on the main thread: lets others have their turn whenever it has had the
 * thread for a few milliseconds.
 */
export function createBreather(): () => Promise<void> | void {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SPELL_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
