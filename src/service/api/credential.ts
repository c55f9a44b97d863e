import { authenticate } from '../accounts/credentials.ts';
import { callerOfSession, type SessionDeps, signedOut } from '../sessions/use.ts';
import type { Credential } from './admission.ts';
import { type HttpEvent, headerOf } from './http-event.ts';
import { isOfOwnPage } from './own-page.ts';
import { sessionCookieOf } from './session-cookie.ts';

/** A page of another origin cannot send it without the browser asking this service first. */
const CONSOLE_HEADER = 'x-varve-console';

/**
 * What a request of the API shows. `Authorization` comes first, as somebody has put it there. A
 * cookie comes by itself, so it counts for requests that a page of this service's own has sent.
 */
export function credentialOf(deps: SessionDeps, event: HttpEvent): Credential {
  const authorization = headerOf(event, 'authorization');
  const cookie = sessionCookieOf(event);
  if (authorization !== undefined || cookie === undefined)
    return { text: authorization ?? '', callerOf: () => authenticate(deps, authorization) };
  const isByPage = headerOf(event, CONSOLE_HEADER) === '1' && isOfOwnPage(event);
  return sessionCredential(deps, { cookie, peer: event.requestContext.http.peer }, isByPage);
}

interface Shown {
  readonly cookie: string;
  readonly peer: string | undefined;
}

/**
 * `isByPage`: whether it counts at all. What decides is in the text.
 * Equal texts have one answer.
 */
export function sessionCredential(deps: SessionDeps, { cookie, peer }: Shown, isByPage: boolean): Credential {
  return {
    text: `cookie ${peer} ${isByPage} ${cookie}`,
    callerOf: async () => {
      if (!isByPage) throw signedOut();
      return callerOfSession(deps, cookie, peer);
    },
  };
}
