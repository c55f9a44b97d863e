import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, NoSpaceError, VarveError } from '../../platform/errors.ts';

/**
 * Codes of the GraphQL layer itself: the request is no query of this schema. Named as its server
 * names them.
 */
const PROTOCOL_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

/** What a client is told of an error: code and extras of the registry, never a stack. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const refusal = refusalIn(error);
  if (refusal !== undefined) return { ...place, ...describeRefusal(refusal) };
  if (originOf(error) instanceof NoSpaceError)
    return { ...place, message: ERROR_CODES.StorageFull, extensions: { code: 'StorageFull' } };
  const code = formatted.extensions?.code;
  if (code === 'BAD_USER_INPUT')
    return { ...place, message: formatted.message, extensions: { code: 'InvalidParameter' } };
  if (isProtocolError(error)) return { ...place, message: formatted.message, extensions: { code } };
  return { ...place, message: ERROR_CODES.Internal, extensions: { code: 'Internal' } };
}

export function describeRefusal(refusal: VarveError): { message: string; extensions: Record<string, unknown> } {
  const message = refusal.code === 'Internal' ? ERROR_CODES.Internal : refusal.message;
  return { message, extensions: { ...refusal.extra, code: refusal.code } };
}

/** Whether an operator has to look at it: neither a refusal nor a request that is no query. */
export function isFault(error: unknown): boolean {
  const refusal = refusalIn(error);
  if (refusal !== undefined) return refusal.code === 'Internal';
  return !isProtocolError(error) && codeOf(error) !== 'BAD_USER_INPUT';
}

function refusalIn(error: unknown): VarveError | undefined {
  const cause = originOf(error);
  return cause instanceof VarveError ? cause : undefined;
}

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError ? error.originalError : error;
}

function isProtocolError(error: unknown): boolean {
  return PROTOCOL_CODES.includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
