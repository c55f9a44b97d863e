import { type Catalogue, equal, put } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
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

export interface ClockWatch {
  /** As of the last look. Before the first one nothing may be deleted. */
  readonly trust: ClockTrust;
  /** Looks at the clock, and remembers nothing. */
  look(): Promise<ClockVerdict>;
  /** The janitor's: looks at the clock, and remembers it for all. An event where that is news. */
  observe(): Promise<ClockVerdict>;
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

export function watchClock(deps: WatchDeps): ClockWatch {
  const { catalogue, clock, elapsedMs } = deps;
  let last: Look | undefined;

  const lookAgain = async () => {
    const row = await catalogue.get(clockEntity, { id: 'clock' });
    const history = row === undefined ? NO_HISTORY : historyOf(row);
    const seen = observationOf(deps);
    const verdict = explainClock(seen, history);
    const next = nextHistory(seen, history);
    last = { verdict, behind: next.behind, at: seen.at, elapsedMs: elapsedMs() };
    return { row, history, verdict, next };
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
    observe: async () => {
      const { row, history, verdict, next } = await lookAgain();
      if (isDue(history, next)) await remember(catalogue, row, next);
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

/** Refused where another janitor was faster: then its look counts. */
async function remember(catalogue: Catalogue, row: ClockRow | undefined, next: ClockHistory): Promise<void> {
  const when = row === undefined ? 'absent' : [equal('step', row.step)];
  await catalogue.transact([put(clockEntity, clockRow(next, (row?.step ?? 0) + 1), when)]);
}

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
