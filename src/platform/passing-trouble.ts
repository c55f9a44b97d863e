/** Thrown by an attempt that may well succeed when it is made again. */
export class PassingTrouble extends Error {
  override readonly name = 'PassingTrouble';
}

/**
 * Names that the services of AWS themselves ask to try again, whatever their HTTP status. From the
 * lists of `@smithy/core/retry` and of the error pages of DynamoDB, S3, SQS, KMS and Lambda.
 */
const TOO_MUCH: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'KmsThrottled',
  'KMSThrottlingException',
  'LimitExceededException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingError',
  'ThrottlingException',
  'TooManyRequestsException',
]);
const OTHERS_AT_IT: ReadonlySet<string> = new Set([
  'ConditionalRequestConflict',
  'OperationAborted',
  'PriorRequestNotComplete',
  'ReplicatedWriteConflictException',
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
const FAULTS: ReadonlySet<string> = new Set([
  'DependencyTimeoutException',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'KMSInternalException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceException',
  'ServiceUnavailable',
]);
/**
 * Credentials that were given for a time. The provider that gave them gives new ones, or an
 * operator does: meanwhile callers wait.
 */
const ENDED: ReadonlySet<string> = new Set(['ExpiredToken', 'TokenRefreshRequired']);
/** Our own time-outs, and those of the SDK's HTTP handler. */
const OWN: ReadonlySet<string> = new Set(['PassingTrouble', 'AbortError', 'TimeoutError']);

/** Nobody was reached. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);
const LOST_CONNECTION: ReadonlySet<string> = new Set(['ECONNABORTED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/**
 * Insufficient Storage, as stores other than AWS's say it (RFC 4918, 11.5). It does not pass within
 * the patience of a call.
 */
export const NO_SPACE = 507;

/** Not Implemented and HTTP Version Not Supported: the same request is never answered otherwise. */
const FINAL_STATUS: ReadonlySet<number> = new Set([501, 505, NO_SPACE]);

export function isPassingName(name = ''): boolean {
  return TOO_MUCH.has(name) || OTHERS_AT_IT.has(name) || FAULTS.has(name) || ENDED.has(name) || OWN.has(name);
}

export function isPassingStatus(status: number): boolean {
  return (status >= 500 && !FINAL_STATUS.has(status)) || status === 429 || status === 408;
}

interface Trouble {
  readonly name?: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $retryable?: object;
}

/**
 * Whether what an attempt threw may be gone when it is made again: trouble of the network, of the
 * SDK's, or a {@link PassingTrouble}.
 */
export function isPassing(error: unknown): boolean {
  const { name, code, $metadata, $retryable } = error as Trouble;
  return (
    isPassingName(name) ||
    NO_CONNECTION.has(String(code)) ||
    LOST_CONNECTION.has(String(code)) ||
    $retryable !== undefined ||
    $metadata?.clockSkewCorrected === true || // the SDK signs the next one by the service's clock
    isPassingStatus($metadata?.httpStatusCode ?? 0)
  );
}

/** Whether the request was turned away, so that nothing of it was done. */
export function wasTurnedAway(error: unknown): boolean {
  const { name = '', code, $metadata } = error as Trouble;
  return TOO_MUCH.has(name) || NO_CONNECTION.has(String(code)) || $metadata?.httpStatusCode === 429;
}
