import type { RequestOptions } from 'node:http';

/**
 * Where a URL leads: `http://` and `https://` as everywhere, and `http+unix://SOCKET/…` to a socket
 * of this machine, with the path of the socket percent-encoded in the place of the host.
 */
export interface HttpAddress {
  readonly isSecure: boolean;
  /** For people and for comparison. */
  readonly origin: string;
  readonly target: Pick<RequestOptions, 'hostname' | 'port' | 'socketPath' | 'path'>;
}

const UNIX = 'http+unix:';

/** Throws for what is no URL. */
export function addressOf(url: string): HttpAddress {
  const { protocol, hostname, host, port, pathname, search, origin } = new URL(url);
  const path = `${pathname === '' ? '/' : pathname}${search}`;
  if (protocol === UNIX)
    return { isSecure: false, origin: `${UNIX}//${host}`, target: { socketPath: decodeURIComponent(host), path } };
  // Node takes an IPv6 address without its brackets.
  const target = { hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port, path };
  return { isSecure: protocol === 'https:', origin, target };
}

export function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return ['http:', 'https:', UNIX].includes(protocol) && host !== '';
}

/** The origin of a socket's URLs. */
export function socketOrigin(path: string): string {
  return `${UNIX}//${encodeURIComponent(path)}`;
}

const LOOPBACK = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/** Whether a URL leads to this machine itself: nobody is on the way, and no proxy belongs there. */
export function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === UNIX || LOOPBACK.test(hostname);
}
