import type { Composition } from '../assembly.ts';
import { invalid } from '../platform/errors.ts';
import { answerOfClock, type SaidOfClock } from '../service/figures/trust-clock.ts';
import { answerOperator, type OperatorEvent } from '../service/money/operator.ts';

/** `{"clock": {}}`, or what is said of accounts and money. */
export interface AnyOperatorEvent extends OperatorEvent {
  readonly clock?: unknown;
}

/** All that the operator of an installation asks for: never reached by the API. */
export async function answerOperatorOf(parts: Composition, event: AnyOperatorEvent): Promise<object> {
  const { clock, ...others } = event;
  if (clock === undefined) return answerOperator(parts.service, event);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(other, 'does not go together with clock');
  if (typeof clock !== 'object' || clock === null || Array.isArray(clock)) throw invalid('clock', 'must be an object');
  return answerOfClock(parts, clock as SaidOfClock);
}
