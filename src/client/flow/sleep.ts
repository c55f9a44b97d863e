import { setTimeout as delay } from 'node:timers/promises';
import { interrupted } from '../errors.ts';

/** Ends early, with the reason of the abort, when `signal` fires. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await delay(ms, undefined, { signal });
  } catch {
    throw signal.reason ?? interrupted();
  }
}
