import { composeOnce } from '../src/composition.ts';
import { invalid, VarveError } from '../src/platform/errors.ts';
import { markInArrears, settleByOperator } from '../src/service/accounts/arrears.ts';
import { createAccount } from '../src/service/accounts/create-account.ts';

const composed = composeOnce(process.env);

interface AccountEvent {
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

/**
 * Called by the operator under IAM, never by the API: `{"account": "team-a"}`,
 * `{"account": "team-a", "inArrears": true}`. What it refuses is told with the code before the
 * message.
 */
export async function handler(event: AccountEvent): Promise<object> {
  try {
    return await answer(event);
  } catch (error) {
    // Lambda passes a text on, and nothing else.
    throw error instanceof VarveError ? new Error(`${error.code}: ${error.message}`, { cause: error }) : error;
  }
}

function answer(event: AccountEvent): Promise<object> {
  const { service } = composed();
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
