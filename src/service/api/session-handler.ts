import { VarveError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { authenticate } from '../accounts/credentials.ts';
import type { Caller } from '../calls/caller.ts';
import { createTokenBuckets, type TokenBuckets } from '../calls/token-buckets.ts';
import type { Service } from '../service.ts';
import type { From } from '../sessions/act.ts';
import { type CallerOfLink, callerOfLink } from '../sessions/links.ts';
import { SIGN_INS } from '../sessions/resolvers.ts';
import { signIn, signOut } from '../sessions/sign-in.ts';
import type { Admission, Credential } from './admission.ts';
import { sessionCredential } from './credential.ts';
import { type HttpEvent, type HttpHandler, type HttpResult, headerOf } from './http-event.ts';
import { BadRequest, headersOf, PRIVATE, statusOf } from './http-refusal.ts';
import { bodyOf, isJson } from './http-request.ts';
import { isOfOwnPage } from './own-page.ts';
import { plainIdOf } from './request-record.ts';
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from './session-cookie.ts';

/** Where pages sign in, out, and ask whether they are. */
export const SESSION_PATH = '/console/session';

interface Deps {
  readonly service: Service;
  readonly log: Log;
  /** The same as the API's: wrong keys count together. */
  readonly admission: Admission;
  readonly signIns: TokenBuckets;
}

/** `POST`, `GET` and `DELETE` of {@link SESSION_PATH}. */
export function createSessionHandler(given: Omit<Deps, 'signIns'>): HttpHandler {
  const deps: Deps = { ...given, signIns: createTokenBuckets(given.service.clock, SIGN_INS) };
  return async (event) => {
    try {
      return await answer(deps, event);
    } catch (error) {
      return refusalOf(error, event, deps.log);
    }
  };
}

async function answer(deps: Deps, event: HttpEvent): Promise<HttpResult> {
  const { method } = event.requestContext.http;
  if (event.rawPath !== SESSION_PATH) throw new BadRequest(404, 'There is nothing here.');
  if (method === 'GET') return json(200, { signedIn: await isSignedIn(deps, event) });
  if (method !== 'POST' && method !== 'DELETE')
    throw new BadRequest(405, 'Send GET, POST or DELETE.', { allow: 'GET, POST, DELETE' });
  if (!isOfOwnPage(event)) throw new VarveError('Forbidden', 'Only pages of this service sign in and out.');
  const before = sessionCookieOf(event);
  if (method === 'DELETE') {
    if (before !== undefined) await signOut(deps.service, before, fromOf(event));
    return { ...done(), cookies: [clearSessionCookie(event)] };
  }
  const cookie = await openSession(deps, event, fromOf(event));
  // Whoever signs in once more has no use for the session from before.
  if (before !== undefined) await signOut(deps.service, before, fromOf(event));
  return { ...done(), cookies: [setSessionCookie(event, cookie)] };
}

async function isSignedIn({ service, admission }: Deps, event: HttpEvent): Promise<boolean> {
  const cookie = sessionCookieOf(event);
  if (cookie === undefined) return false;
  const { peer, sourceIp } = event.requestContext.http;
  return admission.admit(sessionCredential(service, { cookie, peer }, true), sourceIp).then(
    () => true,
    (error: unknown) => {
      if (error instanceof VarveError && error.code === 'Unauthenticated') return false;
      throw error;
    },
  );
}

async function openSession({ service, admission, signIns }: Deps, event: HttpEvent, from: From): Promise<string> {
  const { sourceIp, peer } = event.requestContext.http;
  const caller = await admission.admit(credentialIn(service, event, from), sourceIp);
  const retryAfterMs = signIns.take(caller.apiKeyId);
  if (retryAfterMs > 0)
    throw new VarveError('Throttled', 'Too many sessions of one key.', { limit: 'key', retryAfterMs });
  const { linkId } = caller;
  const given = { caller, peer, from, ...(linkId !== undefined && { linkId }) };
  return signIn(service, given);
}

/** A body of `{"key": "vk_…"}` or `{"link": "vl_…"}`. */
function credentialIn(service: Service, event: HttpEvent, from: From): Credential<Caller & Partial<CallerOfLink>> {
  if (!isJson(headerOf(event, 'content-type') ?? '')) throw new BadRequest(415, 'Send the body as application/json.');
  const { key, link } = bodyOf(event) as Readonly<Record<string, unknown>>;
  if (typeof key === 'string' && link === undefined) {
    const text = `Bearer ${key.trim()}`;
    return { text, callerOf: () => authenticate(service, text) };
  }
  if (typeof link === 'string' && key === undefined)
    return { text: `link ${link}`, callerOf: () => callerOfLink(service, link, from) };
  throw new BadRequest(400, 'The body has a key or a link, as text.');
}

function fromOf(event: HttpEvent): From {
  const { requestId, http } = event.requestContext;
  const userAgent = headerOf(event, 'user-agent');
  const id = plainIdOf(requestId);
  return {
    ...(http.sourceIp !== undefined && { address: http.sourceIp }),
    ...(userAgent !== undefined && { userAgent }),
    ...(id !== undefined && { requestId: id }),
  };
}

function done(): HttpResult {
  return { statusCode: 204, headers: { ...PRIVATE }, body: '' };
}

function json(statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}): HttpResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', ...PRIVATE, ...headers },
    body: JSON.stringify(body),
  };
}

function refusalOf(error: unknown, event: HttpEvent, log: Log): HttpResult {
  const { requestId } = event.requestContext;
  if (error instanceof BadRequest)
    return json(error.status, { code: 'BAD_REQUEST', message: error.message, requestId }, error.headers);
  if (error instanceof VarveError) {
    const { code, message, extra } = error;
    const { retryAfterMs, linkUsed } = extra;
    if (linkUsed === true) {
      const { requestId: id, address } = fromOf(event);
      log.warn('a sign-in link was used a second time', { requestId: id, address });
    }
    return json(statusOf(error, 'application/json'), { code, message, retryAfterMs, requestId }, headersOf(error));
  }
  log.error('request failed', { requestId, error });
  return json(500, { code: 'Internal', message: 'Internal error.', requestId });
}
