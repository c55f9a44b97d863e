import type { HttpAnswer } from './http.ts';

/** Errors that S3 itself asks to try again, whatever their HTTP status. */
const PASSING_CODES = new Set([
  'InternalError',
  'OperationAborted',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

export function isPassingAnswer(answer: HttpAnswer): boolean {
  return isPassingStatus(answer.status) || PASSING_CODES.has(s3ErrorCode(answer) ?? '');
}

/** Of an exception of the SDK, or of one key of a DeleteObjects. */
export function isPassingSdkError(error: unknown): boolean {
  const { name, $metadata, $retryable } = error as {
    name?: string | undefined;
    $metadata?: { httpStatusCode?: number };
    $retryable?: object;
  };
  return PASSING_CODES.has(name ?? '') || $retryable !== undefined || isPassingStatus($metadata?.httpStatusCode ?? 0);
}

/** `<Code>` of an error's XML body; a HEAD has none. */
export function s3ErrorCode({ status, body }: HttpAnswer): string | undefined {
  if (status < 300) return undefined;
  return /<Code>([A-Za-z]+)<\/Code>/.exec(body.toString('utf8', 0, 4096))?.[1];
}

/** Insufficient Storage, as stores other than AWS's say it (RFC 4918, 11.5). It does not pass within the patience of a call. */
export const NO_SPACE = 507;

function isPassingStatus(status: number): boolean {
  return (status >= 500 && status !== NO_SPACE) || status === 429;
}
