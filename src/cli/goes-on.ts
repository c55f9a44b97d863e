import { ClientError } from '../client/errors.ts';

export const GOES_ON = 'Running the same command again goes on from here.';

/** The interruption of a command that finds again what it has done. */
export function goingOn({ code, message, extra }: ClientError): ClientError {
  return new ClientError(code, `${message} ${GOES_ON}`, extra);
}
