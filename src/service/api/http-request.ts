import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { invalid, VarveError } from '../../platform/errors.ts';
import { sizeText } from '../../platform/size-text.ts';
import type { MediaType } from './accept.ts';
import { type HttpEvent, headerOf } from './http-event.ts';
import { BadRequest } from './http-refusal.ts';
import { requireModestJson } from './json-text.ts';

/** A commit of 1024 blocks takes about 100 kB, a prepare about 300 kB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** What can be refused before anybody asks who the caller is. */
export function requireForm(event: HttpEvent, mediaType: MediaType | undefined): asserts mediaType is MediaType {
  const { method } = event.requestContext.http;
  if (method !== 'GET' && method !== 'POST') {
    throw new BadRequest(405, 'Send GraphQL by GET or POST.', { allow: 'GET, POST' });
  }
  if (bodyBytes(event) > MAX_BODY_BYTES) {
    throw new VarveError('QueryTooComplex', `A request has at most ${sizeText(MAX_BODY_BYTES)}.`);
  }
  if (mediaType === undefined) {
    throw new BadRequest(406, 'Accept application/json or application/graphql-response+json.');
  }
  if (method === 'POST' && !isJson(headerOf(event, 'content-type') ?? '')) {
    throw new BadRequest(415, 'Send the body as application/json, in UTF-8.');
  }
}

export interface ParsedRequest extends HTTPGraphQLRequest {
  /** Whether the text of the query takes long to validate. */
  readonly isCostlyText: boolean;
}

export function parseEvent(event: HttpEvent, mediaType: MediaType): ParsedRequest {
  const { method } = event.requestContext.http;
  const given = Object.entries(event.headers);
  const headers = new HeaderMap(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  headers.set('accept', mediaType); // decided here, so that the server does not decide once more
  const search = event.rawQueryString;
  const body = method === 'POST' ? bodyOf(event) : '';
  const query = typeof body === 'string' ? new URLSearchParams(search).get('query') : queryOf(body);
  const isCostlyText = requireModestQuery(query) > COSTLY_PAIRS_OF_NAMES;
  return { method, headers, search, body, isCostlyText };
}

/** The object that a request brings, as JSON. */
export function bodyOf(event: HttpEvent): object {
  return parseBody(textOf(event));
}

export function isJson(contentType: string): boolean {
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const [, charset] = parameters.find((parameter) => parameter.startsWith('charset='))?.split('=') ?? [];
  return type === 'application/json' && /^("?)utf-?8\1$/.test(charset ?? 'utf-8');
}

function bodyBytes({ body, isBase64Encoded }: HttpEvent): number {
  return Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

function textOf({ body, isBase64Encoded }: HttpEvent): string {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
}

function parseBody(text: string): object {
  if (text === '') throw invalid('body', 'is missing');
  requireModestJson(text);
  const value = parseJson(text);
  if (Array.isArray(value)) {
    throw new VarveError('UnsupportedOperation', 'A request holds one operation. Send those of a batch one by one.');
  }
  if (typeof value !== 'object' || value === null) throw invalid('body', 'is no JSON object');
  return value;
}

const queryOf = (body: object): unknown => ('query' in body ? body.query : undefined);

/** Of a query's text: 1500 tokens of 40 characters. Values travel as variables. */
const MAX_QUERY_CHARS = 65_536;
/**
 * Validation compares fragments with fragments, each pair inside another. About 120 of them
 * overflow the stack.
 */
const MAX_FRAGMENTS = 64;
/**
 * Validation compares each two fields of one name, 1.5 to 3 microseconds a pair. One name may stand
 * there 245 times; in the longest query of the CLI none has more than 8.
 */
const MAX_PAIRS_OF_NAMES = 30_000;

/** From here on validation takes some milliseconds. The usual introspection has 340, the CLI 26. */
const COSTLY_PAIRS_OF_NAMES = 3_000;

/**
 * What costs time before anything of it is understood. Texts count, also those within literals.
 * Answers how many pairs of names there are.
 */
function requireModestQuery(query: unknown): number {
  if (typeof query !== 'string') return 0;
  if (query.length > MAX_QUERY_CHARS) {
    throw new VarveError('QueryTooComplex', `A query has at most ${MAX_QUERY_CHARS} characters.`);
  }
  if ((query.match(/\bfragment\b/g)?.length ?? 0) > MAX_FRAGMENTS) {
    throw new VarveError('QueryTooComplex', `A query has at most ${MAX_FRAGMENTS} fragments.`);
  }
  return requireFewPairs(query);
}

/** Without what stands behind a colon: an aliased field is compared by its alias. */
const NAMES_BUT_ALIASED = /\b(?<!:[\s,]*)[_A-Za-z]\w*/g;

function requireFewPairs(query: string): number {
  const counts = new Map<string, number>();
  let pairs = 0;
  for (const [name] of query.matchAll(NAMES_BUT_ALIASED)) {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    pairs += before;
    if (pairs > MAX_PAIRS_OF_NAMES) {
      throw new VarveError('QueryTooComplex', 'The query has the same names too often.');
    }
  }
  return pairs;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('body', 'is not JSON');
  }
}
