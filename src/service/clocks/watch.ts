import { type Catalogue, equal, put, type Write } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { createIds } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { ClockTrust } from '../../platform/time/clock-trust.ts';
import {
  type ClockHistory,
  type ClockObservation,
  type ClockVerdict,
  correctInstant,
  explainClock,
  NO_HISTORY,
  nextHistory,
  TOLERATED_MS,
} from '../../platform/time/explain-clock.ts';
import type { SystemTime } from '../../platform/time/system-time.ts';
import { type ClockRow, clockEntity, clockRow, historyOf } from '../model/clocks/rows.ts';
import { INSTALLATION, recordEvent } from '../model/events/record.ts';

export interface ClockWatch {
  /** As of the last look. Before the first one nothing may be deleted. */
  readonly trust: ClockTrust;
  /** Looks at the clock, and remembers nothing. */
  look(): Promise<ClockVerdict>;
  /** The janitor's: looks at the clock, and remembers it for all. An event where that is news. */
  observe(): Promise<ClockVerdict>;
  /**
   * The operator's: the clock is right, and from now on explained by the time since boot. False if
   * nothing is held back. Refused with `UnsupportedOperation` while the store's own clock
   * contradicts it. `catalogue` is the operator's way to the rows, where the audit sees what is
   * written (8.6).
   */
  believe(catalogue: Catalogue): Promise<boolean>;
}

export interface WatchDeps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly log: Log;
  readonly system: SystemTime;
  /** What the store's own clock says. */
  readonly storeNow: () => number | undefined;
  /** Milliseconds that do not follow the clock. */
  readonly elapsedMs: () => number;
}

/** The row is written so seldom while there is no news. */
const WRITTEN_EVERY_MS = 60_000;

interface Look {
  readonly verdict: ClockVerdict;
  readonly behind: ClockHistory['behind'];
  readonly at: number;
  readonly elapsedMs: number;
}

interface Looked {
  readonly row: ClockRow | undefined;
  readonly history: ClockHistory;
  readonly seen: ClockObservation;
  readonly verdict: ClockVerdict;
  readonly next: ClockHistory;
}

export function watchClock(deps: WatchDeps): ClockWatch {
  const { catalogue, clock, elapsedMs } = deps;
  let last: Look | undefined;

  const lookAgain = async (): Promise<Looked> => {
    const row = await catalogue.get(clockEntity, { id: 'clock' });
    const history = row === undefined ? NO_HISTORY : historyOf(row);
    const seen = observationOf(deps);
    const verdict = explainClock(seen, history);
    const next = nextHistory(seen, history);
    last = { verdict, behind: next.behind, at: seen.at, elapsedMs: elapsedMs() };
    return { row, history, seen, verdict, next };
  };
  /** By how much the clock went on too far since the last look. */
  const jumpedMs = ({ at, elapsedMs: then }: Look, now: number) => now - (at + elapsedMs() - then);

  return {
    trust: {
      mayDeleteByTime: (now) =>
        last !== undefined && last.verdict.kind !== 'ahead' && jumpedMs(last, now) <= TOLERATED_MS,
      isTrusted: (now) =>
        last !== undefined && last.verdict.kind === 'trusted' && Math.abs(jumpedMs(last, now)) <= TOLERATED_MS,
      correct: (at) => correctInstant(at, last?.behind ?? []),
    },
    look: async () => (await lookAgain()).verdict,
    believe: (through) => believeClock({ ...deps, catalogue: through }, lookAgain),
    observe: async () => {
      const { row, history, verdict, next } = await lookAgain();
      if (isDue(history, next) || isHeld(verdict) !== (row?.heldSince !== undefined))
        await remember(deps, { row, next, verdict });
      report(deps, { history, verdict, now: clock.now() });
      return verdict;
    },
  };
}

function observationOf({ clock, system, storeNow }: WatchDeps): ClockObservation {
  const at = clock.now();
  const store = storeNow();
  return { at, ...system(at), ...(store !== undefined && { storeNow: store }) };
}

function isDue(known: ClockHistory, next: ClockHistory): boolean {
  if (known.doubted?.at !== next.doubted?.at || known.trusted?.boot !== next.trusted?.boot) return true;
  if (next.doubted !== undefined) return known.behind !== next.behind;
  const [before, now] = [known.trusted, next.trusted];
  return before === undefined || now === undefined || now.uptimeMs - before.uptimeMs >= WRITTEN_EVERY_MS;
}

const isHeld = ({ kind }: ClockVerdict): boolean => kind === 'ahead';

/**
 * With the event that a hold begins or ends, in one transaction. Refused where another janitor was
 * faster: then its look counts.
 */
async function remember(
  deps: WatchDeps,
  { row, next, verdict }: Pick<Looked, 'row' | 'next' | 'verdict'>,
): Promise<boolean> {
  const { catalogue, clock } = deps;
  const since = row?.heldSince;
  const heldSince = isHeld(verdict) ? (since ?? clock.now()) : undefined;
  const when = row === undefined ? 'absent' : [equal('step', row.step)];
  const kept = clockRow(next, { step: (row?.step ?? 0) + 1, ...(heldSince !== undefined && { heldSince }) });
  const news = (since === undefined) === (heldSince === undefined) ? [] : [holdEvent(deps, heldSince !== undefined)];
  return (await catalogue.transact([put(clockEntity, kept, when), ...news])).ok;
}

/** Rule 8.5, and 10.4: the operator is told. */
function holdEvent({ clock }: WatchDeps, begins: boolean): Write {
  return recordEvent(
    { clock, ids: createIds(clock) },
    {
      accountId: INSTALLATION,
      type: begins ? 'clock.hold.began' : 'clock.hold.ended',
      subject: { kind: 'installation', id: 'clock' },
      data: {},
    },
  );
}

const TRIES = 5;

/** What was explained last is now: from here on the time since boot goes on. */
async function believeClock(deps: WatchDeps, look: () => Promise<Looked>): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { row, history, seen, verdict } = await look();
    if (verdict.kind !== 'ahead') return false;
    const { at, boot, uptimeMs } = seen;
    const next = { trusted: { at, uptimeMs, ...(boot !== undefined && { boot }) }, behind: history.behind };
    if (explainClock(seen, next).kind !== 'trusted') {
      const message = "The store's own clock contradicts this one: set the clock right.";
      throw new VarveError('UnsupportedOperation', message, {});
    }
    const by = { kind: 'trusted', by: 'boot' } as const;
    if (!(await remember(deps, { row, next, verdict: by }))) continue;
    deps.log.warn('the operator says that the clock is right', { now: isoTime(at), aheadMs: verdict.byMs });
    await look();
    return true;
  }
  throw new VarveError('Throttled', 'The clock was looked at at the same time.', { retryAfterMs: RETRY_AFTER_MS });
}

const RETRY_AFTER_MS = 1_000;

const NEWS = {
  ahead: 'the clock is ahead of what can be explained: nothing is deleted because of time until it is',
  behind: 'the clock is behind what can be explained',
};

interface News {
  readonly history: ClockHistory;
  readonly verdict: ClockVerdict;
  readonly now: number;
}

function report({ log }: WatchDeps, { history: { doubted }, verdict, now }: News): void {
  if (verdict.kind === 'trusted') {
    if (doubted !== undefined) log.info('the clock is explained again', { by: verdict.by, now: isoTime(now) });
    return;
  }
  if (doubted?.at === verdict.since) return;
  const seconds = Math.round(Math.abs(verdict.byMs) / 1000);
  log.warn(NEWS[verdict.kind], { seconds, now: isoTime(now) });
}
