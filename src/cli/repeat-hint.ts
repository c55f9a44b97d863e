import { ClientError } from '../client/errors.ts';

export const REPEAT_HINT = 'Running the same command again goes on from here.';

/** The interruption of a command that finds what it has done when it is run again. */
export function withRepeatHint({ code, message, extra }: ClientError): ClientError {
  return new ClientError(code, `${message} ${REPEAT_HINT}`, extra);
}
