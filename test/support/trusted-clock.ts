import type { ClockTrust } from '../../src/platform/time/clock-trust.ts';

/** For tests in which the clock is right, however far they move it: then the time has passed. */
export const TRUSTED_CLOCK: ClockTrust = {
  mayDeleteByTime: () => true,
  isTrusted: () => true,
  correct: (at) => at,
};
