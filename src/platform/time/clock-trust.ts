import type { Clock } from '../clock.ts';

/** What is known of the clock itself, as of the last look at it: rule 10.4. */
export interface ClockTrust {
  /**
   * Whether anything may be deleted because its time has come. Asked for each thing that is
   * deleted, so that a clock that jumps in the middle of a round deletes nothing more.
   */
  mayDeleteByTime(now: number): boolean;
  /**
   * Whether the clock is explained. Only then is an instant mended that lies too far ahead: by a
   * clock that is behind, every instant does.
   */
  isTrusted(now: number): boolean;
  /**
   * The instant that a stored one stands for, epoch ms: another where the clock was behind when it
   * was stored.
   */
  correct(at: number): number;
}

/**
 * Machines whose clocks are kept differ by far less. An instant further ahead than its kind can be
 * by so much was stored by a clock that was wrong.
 */
export const MOST_SKEW_MS = 60_000;

/** Whether an instant that is set to the present when it is stored was stored by a wrong clock. */
export function isFromTheFuture(at: number | string, now: number): boolean {
  return (typeof at === 'number' ? at : Date.parse(at)) > now + MOST_SKEW_MS;
}

/**
 * Whether a clock that was ahead stored this instant, which is at most `mostMs` after the present
 * when it is stored. False while the clock is not trusted, as then nobody can tell.
 */
export function wasStoredAhead(
  { clock, trust }: { readonly clock: Clock; readonly trust: ClockTrust },
  at: number | string,
  mostMs = 0,
): boolean {
  const now = clock.now();
  return trust.isTrusted(now) && isFromTheFuture(at, now + mostMs);
}
