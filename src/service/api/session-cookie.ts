import { isLoopback } from '../../platform/http-address.ts';
import { SESSION_MS } from '../model/sessions/rows.ts';
import { type HttpEvent, headerOf } from './http-event.ts';

/** With this prefix the browser keeps the cookie for this very host: no neighbour can set it. */
const WITH_TLS = '__Host-varve-session';

/**
 * On the machine itself, without TLS. Cookies do not know ports, so the services of one machine
 * would take one name from each other.
 */
function withoutTls(event: HttpEvent): string | undefined {
  const url = URL.parse(`http://${headerOf(event, 'host')}`);
  if (url === null || !isLoopback(url.origin)) return undefined;
  return `varve-session-${url.port === '' ? 80 : url.port}`;
}

/** The name of a cookie that is set: the page's own origin says how it reached this service. */
function nameOf(event: HttpEvent): string {
  const isSecure = headerOf(event, 'origin')?.startsWith('https:') === true;
  return (isSecure ? undefined : withoutTls(event)) ?? WITH_TLS;
}

export function sessionCookieOf(event: HttpEvent): string | undefined {
  const sent = event.cookies ?? headerOf(event, 'cookie')?.split(';') ?? [];
  return cookieValue(sent, WITH_TLS) ?? cookieValue(sent, withoutTls(event));
}

/** Two of one name were not both set here: somebody else has set one, so none is believed. */
function cookieValue(sent: readonly string[], name: string | undefined): string | undefined {
  const cookies = sent.map((cookie) => cookie.trim());
  const [only, other] = cookies.filter((cookie) => name !== undefined && cookie.startsWith(`${name}=`));
  return other === undefined ? only?.slice(only.indexOf('=') + 1) : undefined;
}

export function setSessionCookie(event: HttpEvent, text: string): string {
  return cookieOf(event, text, SESSION_MS / 1000);
}

export function clearSessionCookie(event: HttpEvent): string {
  return cookieOf(event, '', 0);
}

function cookieOf(event: HttpEvent, text: string, seconds: number): string {
  const name = nameOf(event);
  const secure = name === WITH_TLS ? '; Secure' : '';
  return `${name}=${text}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}
