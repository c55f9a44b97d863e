import type { VarveError } from '../../platform/errors.ts';
import type { MediaType } from './accept.ts';
import { describeRefusal } from './errors.ts';
import type { HttpResult } from './http-event.ts';

/**
 * A request that breaks the rules of GraphQL over HTTP. Its code is `BAD_REQUEST`, as the GraphQL
 * server names it.
 */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Answers are for the caller alone, and are what their content type says. */
export const PRIVATE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** Of a refusal before the GraphQL server is asked. */
const STATUS: Partial<Record<string, number>> = {
  Unauthenticated: 401,
  Forbidden: 403,
  InvalidParameter: 400,
  UnsupportedOperation: 400,
  QueryTooComplex: 413,
  Throttled: 503,
};

/** An answer for a request that did not reach the GraphQL server, in the form of its answers. */
export function answerOutside(error: VarveError | BadRequest, requestId: string, mediaType: MediaType): HttpResult {
  const { status, headers, message, extensions } =
    error instanceof BadRequest
      ? { ...error, message: error.message, extensions: { code: 'BAD_REQUEST' } }
      : { status: statusOf(error, mediaType), headers: headersOf(error), ...describeRefusal(error) };
  return {
    statusCode: status,
    headers: { 'content-type': `${mediaType}; charset=utf-8`, ...PRIVATE, 'x-request-id': requestId, ...headers },
    body: JSON.stringify({ errors: [{ message, extensions: { ...extensions, requestId } }] }),
  };
}

export function statusOf({ code, extra }: VarveError, mediaType: MediaType): number {
  if (code === 'Throttled' && 'limit' in extra) return 429;
  // As for any well-formed request.
  if (code === 'AnswerTooLarge') return mediaType === 'application/json' ? 200 : 400;
  return STATUS[code] ?? 500;
}

export function headersOf({ code, extra }: VarveError): Record<string, string> {
  if (code === 'Unauthenticated') return { 'www-authenticate': 'Bearer' }; // RFC 9110, 15.5.2
  const { retryAfterMs } = extra;
  return typeof retryAfterMs === 'number' ? { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } : {};
}
