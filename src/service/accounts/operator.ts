import { invalid } from '../../platform/errors.ts';
import type { Service } from '../service.ts';
import { markInArrears, settleByOperator } from './arrears.ts';
import { createAccount } from './create-account.ts';

/** `{"account": "team-a"}`, `{"account": "team-a", "inArrears": true}`. */
export interface AccountEvent {
  readonly account?: unknown;
  readonly name?: unknown;
  /**
   * True: in arrears, since now or `since`. False: it has paid. Left out: the account is made, or
   * gets one more key.
   */
  readonly inArrears?: unknown;
  /** At most 24 hours ago, unless `yesDeleteNow` is true. */
  readonly since?: unknown;
  readonly yesDeleteNow?: unknown;
}

/** What the operator of an installation asks for: never reached by the API. */
export function answerOperator(service: Service, event: AccountEvent): Promise<object> {
  switch (event.inArrears) {
    case undefined:
      return createAccount(service, event);
    case true:
      return markInArrears(service, event);
    case false:
      return settleByOperator(service, event);
    default:
      throw invalid('inArrears', 'must be true or false');
  }
}
