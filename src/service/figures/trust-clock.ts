import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { operatorAct } from '../audit/operator-act.ts';
import type { ClockWatch } from '../clocks/watch.ts';
import type { Service } from '../service.ts';
import { type DueByTime, dueByTime } from './due.ts';

/** What the operator sends: `{}` to look, `{"trust": "<now>"}` to say that the clock is right. */
export interface SaidOfClock {
  readonly trust?: unknown;
}

export interface ToldOfClock {
  readonly now: string;
  /** Whether nothing is deleted because of time. */
  readonly held: boolean;
  /** By how much the clock is ahead of what explains it; 0 while it is explained. */
  readonly aheadSeconds: number;
  /** What goes once the clock is believed. */
  readonly due: DueByTime;
  readonly released: boolean;
}

interface Deps {
  readonly service: Service;
  readonly clockWatch: Pick<ClockWatch, 'look' | 'believe'>;
  readonly expiredGraceMs: number;
}

/** What was looked at must still be what is decided on. */
const SAME_MS = 10 * 60_000;

/**
 * Rule 10.4: the operator of the installation ends a hold, never a caller of the API. Recorded
 * (8.6) if the operator does not only look.
 */
export function answerOfClock(deps: Deps, said: SaidOfClock): Promise<ToldOfClock> {
  if (said.trust === undefined) return answer(deps, said);
  return deps.service.audit.run(operatorAct(undefined, 'trustClock'), () => answer(deps, said));
}

async function answer(deps: Deps, { trust }: SaidOfClock): Promise<ToldOfClock> {
  const { service, clockWatch } = deps;
  const now = service.clock.now();
  if (trust !== undefined) requireSame(trust, now);
  const verdict = await clockWatch.look();
  const held = verdict.kind === 'ahead';
  const due = await dueByTime(service, deps);
  const released = trust !== undefined && held && (await clockWatch.believe(service.catalogue));
  return {
    now: isoTime(now),
    held: held && !released,
    aheadSeconds: held ? Math.round(verdict.byMs / 1000) : 0,
    due,
    released,
  };
}

function requireSame(trust: unknown, now: number): void {
  const at = typeof trust === 'string' ? Date.parse(trust) : Number.NaN;
  if (Number.isNaN(at)) throw invalid('trust', 'must be an instant: what the clock shows');
  if (Math.abs(at - now) > SAME_MS) throw invalid('trust', `is not what the clock shows, which is ${isoTime(now)}`);
}
