import { ClientError, isClientErrorCode } from '../../client/errors.ts';
import { misfitOf } from '../../client/service/shape.ts';
import type { Shape } from '../../generated/operations.ts';
import { VarveError } from '../../platform/errors.ts';
import { invokeLambda } from '../../platform/functions/lambda.ts';
import { invokeLocal, NoAnswerError } from '../../platform/functions/local.ts';
import type { Context, Input, OptionSpec } from '../command.ts';

export const ACCOUNT_ARG = {
  name: 'ACCOUNT',
  summary: 'Id of the account: 2–63 lower-case letters, digits or hyphens.',
};
export const FUNCTION_OPTION: OptionSpec = {
  name: 'function',
  takes: 'text',
  value: 'NAME',
  summary: 'The function on AWS, such as varve-production-account. Default: the local one.',
};
/** For the help of what calls it. */
export const FOR_OPERATORS = [
  'It is for operators. The local installation (--data) must be running. An installation on ' +
    'AWS needs --function, and the rights that the environment gives (AWS_PROFILE and the ' +
    'like). No API key is needed, and none is enough.',
];

/** Calls the service's `account` function, as its operator does. */
export async function callFunction(context: Context, input: Input, event: object, shape: Shape): Promise<unknown> {
  const answer = await invokeFunction(context, input, event);
  const misfit = misfitOf(answer, shape);
  if (misfit === undefined) return answer;
  throw new ClientError('BadAnswer', `The function does not answer like Varve's (${misfit}).`);
}

async function invokeFunction({ signal, localFunctions }: Context, input: Input, event: object): Promise<unknown> {
  const name = input.text('function');
  if (name !== undefined) {
    return invokeLambda(name, event, { signal }).catch((error: unknown) => {
      throw refusal(error, { function: name });
    });
  }
  const functions = await localFunctions();
  return invokeLocal(functions, 'account', event, signal).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw refusal(error, {});
    const message = 'The local installation does not answer: start it with varve server.';
    throw new ClientError('Unreachable', message, { functions: functions.url }, error);
  });
}

/** What a function throws comes as a text. It begins with a code if the function refuses. */
function refusal(error: unknown, extra: Readonly<Record<string, unknown>>): ClientError {
  if (error instanceof VarveError)
    return new ClientError(error.code, error.message, { ...error.extra, ...extra }, error);
  const { message } = error as Error;
  const [, code, reason = message] = /^(\w+): (.*)$/s.exec(message) ?? [];
  if (isClientErrorCode(code)) return new ClientError(code, reason, extra, error);
  return new ClientError('BadAnswer', message, extra, error);
}
