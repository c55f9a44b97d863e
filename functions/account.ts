import { type AnyOperatorEvent, answerOperatorOf } from '../src/background/operator.ts';
import { composeOnce } from '../src/composition.ts';
import { VarveError } from '../src/platform/errors.ts';

const composed = composeOnce(process.env);

/**
 * Called by the operator under IAM, never by the API: `{"account": "team-a"}`,
 * `{"account": "team-a", "inArrears": true}`. What it refuses is told with the code before the
 * message.
 */
export async function handler(event: AnyOperatorEvent): Promise<object> {
  try {
    const parts = composed();
    await parts.clockWatch.look();
    return await answerOperatorOf(parts, event);
  } catch (error) {
    // Lambda passes a text on, and nothing else.
    throw error instanceof VarveError ? new Error(`${error.code}: ${error.message}`, { cause: error }) : error;
  }
}
