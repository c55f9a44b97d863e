import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Log } from '../../platform/log.ts';
import type { Meter } from '../../platform/metrics/meter.ts';
import type { Caller } from '../calls/caller.ts';
import { requestDuration, requests } from '../calls/metered.ts';

/** What is learned of a request on its way: for its line in the log, and for the figures. */
export interface RequestRecord {
  /** A field of the schema: never the name that the caller gives, or any other text of his. */
  operation: string;
  caller?: Pick<Caller, 'accountId' | 'apiKeyId'>;
  /** Of the first error in the answer. */
  error?: { readonly code: string; readonly isFailure: boolean };
}

export interface RequestEnd {
  readonly requestId: string;
  /** As the caller named it, where that can be repeated. */
  readonly clientRequestId: string | undefined;
  readonly status: number;
  readonly tookMs: number;
}

/** Ends records. */
export type RequestBook = (record: RequestRecord, end: RequestEnd) => void;

/** Before anything is known of it. */
export const newRecord = (): RequestRecord => ({ operation: NONE });

const NONE = 'none';
const SEVERAL = 'several';
const INTROSPECTION = 'introspection';

/** So many lines of strangers a minute: somebody without a credential fills no log. */
const LINES_OF_STRANGERS = 60;
const MINUTE_MS = 60_000;

export function createRequestBook({
  log,
  meter,
}: {
  readonly log: Log;
  readonly meter?: Meter | undefined;
}): RequestBook {
  let minute = { since: performance.now(), lines: 0, leftOut: 0 };
  /** How many lines were left out before this one; undefined: this one is, too. */
  const lineOfStranger = (): number | undefined => {
    const now = performance.now();
    const { leftOut } = minute;
    if (now - minute.since >= MINUTE_MS) minute = { since: now, lines: 0, leftOut: 0 };
    else if (minute.lines >= LINES_OF_STRANGERS) {
      minute.leftOut++;
      return undefined;
    }
    minute.lines++;
    return leftOut === minute.leftOut ? 0 : leftOut;
  };
  return ({ operation, caller, error }, { requestId, clientRequestId, status, tookMs }) => {
    const outcome = error === undefined ? 'ok' : error.isFailure ? 'failed' : 'refused';
    meter?.observe(requestDuration, { operation }, tookMs / 1000);
    meter?.count(requests, { operation, outcome });
    const leftOut = caller === undefined ? lineOfStranger() : 0;
    if (leftOut === undefined) return;
    log.info('request', {
      requestId,
      ...(clientRequestId !== undefined && { clientRequestId }),
      account: caller?.accountId ?? null,
      key: caller?.apiKeyId ?? null,
      operation,
      ms: Math.round(tookMs * 10) / 10,
      status,
      outcome,
      ...(error && { code: error.code }),
      ...(leftOut > 0 && { leftOut }),
    });
  };
}

/** The field that a validated operation asks for. */
export function operationOf(
  { operation, selectionSet: { selections } }: OperationDefinitionNode,
  schema: GraphQLSchema,
) {
  const [first, second] = selections;
  if (first?.kind !== Kind.FIELD || second !== undefined) return SEVERAL;
  const { value: name } = first.name;
  const type = schema.getRootType(operation);
  if (type != null && Object.hasOwn(type.getFields(), name)) return name;
  return INTROSPECTION;
}

/** Of an error in an answer, by its extensions. */
export function errorOf(extensions: Readonly<Record<string, unknown>> = {}): NonNullable<RequestRecord['error']> {
  const { code = 'Internal' } = extensions;
  const isBusy = code === 'Throttled' && !('limit' in extensions);
  return { code: String(code), isFailure: code === 'Internal' || isBusy };
}

/**
 * Long enough for what others make, and nothing that a log or a terminal would not show as it is.
 */
const PLAIN_ID = /^[\w.:/+=-]{1,128}$/;

/** An id that the caller gave, if it can be repeated: it goes into the log beside our own. */
export const plainIdOf = (given: string | undefined): string | undefined =>
  given !== undefined && PLAIN_ID.test(given) ? given : undefined;
