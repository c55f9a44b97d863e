import type { IncomingHttpHeaders } from 'node:http';

/**
 * Why a request is not answered, or nothing. A page in a browser of this machine reaches the port
 * too. It comes with an origin of its own, or, after its name was pointed here (DNS rebinding),
 * with a host of its own. So both must be this server's. A page of this server may be opened from
 * anywhere, as a tab of its own: that shows whoever leads there nothing of it.
 */
export function whyForeign(
  headers: IncomingHttpHeaders,
  hosts: ReadonlySet<string>,
  { isPage = false }: { readonly isPage?: boolean } = {},
): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !hosts.has(host.toLowerCase())) return 'The host is not one of this server.';
  if (origin !== undefined && !isOwn(origin, hosts)) return 'The origin is not one of this server.';
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
  return isPage && isNewTab(headers) ? undefined : 'The page is of another site.';
}

/** A tab and no frame, and nothing that a script reads. */
function isNewTab(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function isOwn(origin: string, hosts: ReadonlySet<string>): boolean {
  const { protocol, host } = URL.parse(origin) ?? {};
  return (protocol === 'http:' || protocol === 'https:') && host !== undefined && hosts.has(host);
}
