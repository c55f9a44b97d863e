import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { invalid, VarveError } from '../../platform/errors.ts';
import type { MediaType } from './accept.ts';
import { type HttpEvent, headerOf } from './http-event.ts';
import { BadRequest } from './http-refusal.ts';

/** A commit of 1024 blocks takes about 100 kB, a prepare about 300 kB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** What can be refused before anybody asks who the caller is. */
export function requireForm(event: HttpEvent, mediaType: MediaType | undefined): asserts mediaType is MediaType {
  const { method } = event.requestContext.http;
  if (method !== 'GET' && method !== 'POST') {
    throw new BadRequest(405, 'Send GraphQL by GET or POST.', { allow: 'GET, POST' });
  }
  if (bodyBytes(event) > MAX_BODY_BYTES) {
    throw new VarveError('QueryTooComplex', `A request has at most ${MAX_BODY_BYTES} bytes.`);
  }
  if (mediaType === undefined) {
    throw new BadRequest(406, 'Accept application/json or application/graphql-response+json.');
  }
  if (method === 'POST' && !isJson(headerOf(event, 'content-type') ?? '')) {
    throw new BadRequest(415, 'Send the body as application/json, in UTF-8.');
  }
}

export function parseEvent(event: HttpEvent, mediaType: MediaType): HTTPGraphQLRequest {
  const { method } = event.requestContext.http;
  const given = Object.entries(event.headers);
  const headers = new HeaderMap(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  headers.set('accept', mediaType); // decided here, so that the server does not decide once more
  return { method, headers, search: event.rawQueryString, body: method === 'POST' ? parseBody(textOf(event)) : '' };
}

function isJson(contentType: string): boolean {
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
  const value = parseJson(text);
  if (Array.isArray(value)) {
    throw new VarveError('UnsupportedOperation', 'A request holds one operation. Send those of a batch one by one.');
  }
  if (typeof value !== 'object' || value === null) throw invalid('body', 'is no JSON object');
  requireModest(value);
  return value;
}

/** Of a query's text: 2000 tokens of 30 characters. Values travel as variables. */
const MAX_QUERY_CHARS = 65_536;
/** A full commit has 1024 writes and 1024 trims of three values each. */
const MAX_VALUES = 10_000;

/** What costs time before anything of it is understood. */
function requireModest(body: { readonly query?: unknown; readonly variables?: unknown }): void {
  if (typeof body.query === 'string' && body.query.length > MAX_QUERY_CHARS) {
    throw new VarveError('QueryTooComplex', `A query has at most ${MAX_QUERY_CHARS} characters.`);
  }
  let values = 0;
  for (const open: unknown[] = [body.variables]; open.length > 0; ) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const members: unknown[] = Object.values(value);
    values += members.length;
    if (values > MAX_VALUES) {
      throw new VarveError('QueryTooComplex', `The variables of a request hold at most ${MAX_VALUES} values.`);
    }
    for (const member of members) open.push(member);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('body', 'is not JSON');
  }
}
