import { ERROR_CODES, type ErrorCode } from '../platform/errors.ts';

/**
 * Failures that arise on the client's side. Codes of the service's own failures are in the
 * platform's registry.
 */
export const CLIENT_ERROR_CODES = {
  Unreachable: 'The service or the object store cannot be reached.',
  BadAnswer: 'Something else than Varve answers at the endpoint.',
  SourceUnusable: 'The source cannot be read.',
  SourceFormat: 'The source is, or looks like, another kind of file than a raw image.',
  SourceInUse: 'The source is in use, and may be written to while it is read.',
  SourceChanged: 'The source changed while it was read.',
  SourceTooLarge: 'The source is larger than the disk.',
  SourceTooShort: 'The source ends before the disk does.',
  OutputExists: 'The output exists already.',
  OutputInUse: 'The output is in use by the system.',
  OutputUnusable: 'The output cannot be written.',
  AttachFailed: 'An attachment could not begin, or not end with everything committed.',
  ServerFailed: 'A server on this machine could not start or go on, or its folder cannot be used.',
  DoctorWarning: 'Something should be looked at soon: the findings say what.',
  DoctorProblem: 'Something is wrong with a data folder or its server: the findings say what.',
  InBreach: 'Disks have no snapshot as new as their objective wants: the list says which.',
  MountFailed: 'A filesystem cannot be mounted here.',
  AmbiguousName: 'Several objects carry this name: one of their ids is needed.',
  NotDelivered: 'A receiver of events did not take the one that it was sent as a test.',
  JobFailed: 'Work of the service that was waited for has failed, or was cancelled.',
  TimedOut: 'What was waited for has not ended in time.',
  Declined: 'A question was not answered with yes, and nothing was changed.',
  Interrupted: 'Stopped on request.',
} as const;

export type ClientErrorCode = keyof typeof CLIENT_ERROR_CODES | ErrorCode;

/** What every operation of the client library throws. `extra` is plain JSON without secrets. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ClientErrorCode, message: string, extra: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.extra = extra;
  }
}

export function isClientErrorCode(text: unknown): text is ClientErrorCode {
  return typeof text === 'string' && (Object.hasOwn(CLIENT_ERROR_CODES, text) || Object.hasOwn(ERROR_CODES, text));
}

export function interrupted(): ClientError {
  return new ClientError('Interrupted', 'Stopped on request.');
}
