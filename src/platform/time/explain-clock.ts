/**
 * Rule 10.4: whether the clock can be believed. Pure: what was seen of the clock now, and what is
 * known from before, give a verdict and what is to be known next time.
 */

/** So far a clock may be from what explains it. */
export const TOLERATED_MS = 3_600_000;
/** A clock that nothing explains is believed after so long without a contradiction. */
export const PATIENCE_MS = 24 * 3_600_000;
/** The janitor looks once a minute: what was stored shortly before or after belongs to its look. */
const BESIDE_MS = 5 * 60_000;
/** More come only from a clock that is beyond help. */
const MOST_PERIODS = 8;

/** An instant by the clock, and by the machine's time since boot. */
export interface Moment {
  /** Epoch ms. */
  readonly at: number;
  /** Which boot the time is counted from; absent where the system does not say. */
  readonly boot?: string;
  readonly uptimeMs: number;
}

/** What is seen of the clock. */
export interface ClockObservation extends Moment {
  /** The system keeps its clock by others, and did so lately. */
  readonly isSynchronised: boolean;
  /** What the store's own clock says; absent where that is the same clock, or unknown. */
  readonly storeNow?: number;
}

/** A time in which the clock was behind, by that clock, and when it really was. */
export interface WrongPeriod {
  readonly from: number;
  readonly to: number;
  readonly really: number;
}

/** What is known from earlier observations. */
export interface ClockHistory {
  /** The last moment that was explained. */
  readonly trusted?: Moment;
  /** Since when the clock, as it goes now, is not explained. */
  readonly doubted?: Moment;
  readonly behind: readonly WrongPeriod[];
}

export const NO_HISTORY: ClockHistory = { behind: [] };

export type ClockVerdict =
  | { readonly kind: 'trusted'; readonly by: 'first' | 'store' | 'system' | 'boot' | 'restart' | 'patience' }
  /** By `byMs` from what would be explained; `since` as the clock showed it when that began. */
  | { readonly kind: 'ahead' | 'behind'; readonly byMs: number; readonly since: number };

/**
 * The store's clock is another's, and decides where it is known. After it comes what the system
 * says of its own clock, then the time since boot. Across boots nothing says how long the machine
 * was off: only a short while, or a day without contradiction, explains the clock then.
 */
export function explainClock(seen: ClockObservation, history: ClockHistory): ClockVerdict {
  const { trusted } = history;
  if (seen.storeNow !== undefined) return verdict(seen, history, { byMs: seen.at - seen.storeNow, by: 'store' });
  if (seen.isSynchronised) return { kind: 'trusted', by: 'system' };
  if (trusted === undefined) return { kind: 'trusted', by: 'first' };
  const by = isSameBoot(trusted, seen) ? 'boot' : 'restart';
  const found = verdict(seen, history, { byMs: seen.at - expectedAt(seen, trusted), by });
  return found.kind !== 'trusted' && isPatient(seen, history) ? { kind: 'trusted', by: 'patience' } : found;
}

/** What to know the next time. */
export function nextHistory(seen: ClockObservation, history: ClockHistory): ClockHistory {
  const found = explainClock(seen, history);
  if (found.kind === 'trusted') {
    const { trusted = momentOf(seen) } = history;
    // The line of a boot stays where it began: else a clock could creep away, an hour at a time.
    const at = found.by === 'boot' ? expectedAt(seen, trusted) : seen.at;
    return { trusted: { ...momentOf(seen), at }, behind: believedPeriods(history, found.by) };
  }
  const doubted = doubtedSince(seen, history);
  const known = history.trusted === undefined ? {} : { trusted: history.trusted };
  if (found.kind === 'ahead') return { ...known, doubted, behind: history.behind };
  return { ...known, doubted, behind: withPeriod(history, { doubted, at: seen.at, byMs: found.byMs }) };
}

/**
 * The instant that a stored one stands for: one that was stored while the clock was behind stands
 * for when it really was. One that a right clock stored at that time is taken for later too, which
 * keeps things for longer and deletes nothing.
 */
export function correctInstant(at: number, behind: readonly WrongPeriod[]): number {
  const meant = behind.filter(({ from, to }) => from <= at && at <= to).map(({ really }) => really);
  return Math.max(at, ...meant);
}

interface Difference {
  readonly byMs: number;
  readonly by: 'store' | 'boot' | 'restart';
}

function verdict(seen: ClockObservation, history: ClockHistory, { byMs, by }: Difference): ClockVerdict {
  if (Math.abs(byMs) <= TOLERATED_MS) return { kind: 'trusted', by };
  return { kind: byMs > 0 ? 'ahead' : 'behind', byMs, since: doubtedSince(seen, history).at };
}

/** What the clock would show. Across boots at least what it showed before. */
function expectedAt(seen: Moment, from: Moment): number {
  return isSameBoot(from, seen) ? from.at + seen.uptimeMs - from.uptimeMs : from.at;
}

function isSameBoot(before: Moment, now: Moment): boolean {
  return before.boot === now.boot && before.uptimeMs <= now.uptimeMs;
}

/** A clock that moved again since then is doubted since now. */
function doubtedSince(seen: Moment, { doubted }: ClockHistory): Moment {
  return doubted !== undefined && goesOn(doubted, seen) ? doubted : momentOf(seen);
}

function goesOn(from: Moment, seen: Moment): boolean {
  return isSameBoot(from, seen) && Math.abs(seen.at - expectedAt(seen, from)) <= TOLERATED_MS;
}

function isPatient(seen: Moment, { doubted }: ClockHistory): boolean {
  return doubted !== undefined && goesOn(doubted, seen) && seen.uptimeMs - doubted.uptimeMs >= PATIENCE_MS;
}

const momentOf = ({ at, boot, uptimeMs }: Moment): Moment => ({ at, uptimeMs, ...(boot !== undefined && { boot }) });

/** A clock that is believed after a day was not behind: it was ahead before that. */
function believedPeriods({ behind, doubted }: ClockHistory, by: string): readonly WrongPeriod[] {
  if (by !== 'patience' || doubted === undefined) return behind;
  return behind.filter(({ from }) => from !== doubted.at - BESIDE_MS);
}

function withPeriod(
  { behind }: ClockHistory,
  { doubted, at, byMs }: { readonly doubted: Moment; readonly at: number; readonly byMs: number },
): readonly WrongPeriod[] {
  const from = doubted.at - BESIDE_MS;
  const period = { from, to: at + BESIDE_MS, really: at - byMs };
  return [...behind.filter((other) => other.from !== from), period].slice(-MOST_PERIODS);
}
