import { isLoopback } from '../../platform/http-address.ts';
import { type HttpEvent, headerOf } from './http-event.ts';

/**
 * Whether a page of this very service sends the request, and no other page: the browser says so,
 * and lets no script say it. An address without TLS counts on the machine itself alone.
 */
export function isOfOwnPage(event: HttpEvent): boolean {
  const site = headerOf(event, 'sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = headerOf(event, 'origin');
  return origin === undefined ? site === 'same-origin' : isOwnOrigin(origin, headerOf(event, 'host'));
}

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  const url = URL.parse(origin);
  if (url === null || host === undefined || url.origin !== origin) return false;
  return url.host === hostOf(url.protocol, host) && (url.protocol === 'https:' || isLoopback(origin));
}

/** As a browser writes it: in small letters, without the port of the scheme. */
function hostOf(protocol: string, host: string): string | undefined {
  return URL.parse(`${protocol}//${host}`)?.host;
}
