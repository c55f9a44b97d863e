import { composeOnce } from '../src/composition.ts';
import { VarveError } from '../src/platform/errors.ts';
import { answerOperator, type OperatorEvent } from '../src/service/money/operator.ts';

const composed = composeOnce(process.env);

/**
 * Called by the operator under IAM, never by the API: `{"account": "team-a"}`,
 * `{"account": "team-a", "inArrears": true}`. What it refuses is told with the code before the
 * message.
 */
export async function handler(event: OperatorEvent): Promise<object> {
  try {
    const { service, clockWatch } = composed();
    await clockWatch.look();
    return await answerOperator(service, event);
  } catch (error) {
    // Lambda passes a text on, and nothing else.
    throw error instanceof VarveError ? new Error(`${error.code}: ${error.message}`, { cause: error }) : error;
  }
}
