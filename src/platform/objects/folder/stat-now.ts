import { type Stats, statSync } from 'node:fs';

/**
 * On the calling thread, for files and folders that were used a moment ago. The kernel has those in
 * memory and answers in 5 µs. Through Node's pool it takes 0.15 ms of processor time, as each call
 * wakes two threads. Undefined if there is nothing.
 */
export function statNow(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
