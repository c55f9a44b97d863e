import { type LookupAddress, type LookupAllOptions, lookup as lookupName } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressFilter } from '../address-filter.ts';
import { type Outgoing, type OutgoingAnswer, type OutgoingRequest, SEND_MS } from './port.ts';

export interface OutgoingOptions {
  readonly addresses: AddressFilter;
  /** Without TLS. */
  readonly allowHttp: boolean;
  readonly sendMs?: number;
  /** Of names; by default that of the system. */
  readonly resolve?: Resolve;
  /** Trusted besides those of the system, as PEM. */
  readonly ca?: string;
}

export type Resolve = (
  name: string,
  options: LookupAllOptions,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** Of an answer's body, which nobody looks at: reading it lets the other side end in peace. */
const MOST_BODY_BYTES = 16 * 1024;
const BODY_MS = 1_000;

const REFUSED = 'the address is not allowed';

/** Every connection is a new one, so the address that is connected to has been looked at. */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const lookup = filteredLookup(options);
  return {
    whyRefused: (url) => whyRefused(options, url),
    post: async (request) => {
      const refused = whyRefused(options, request.url);
      return refused === undefined ? send(options, lookup, request) : { error: refused };
    },
  };
}

function whyRefused({ addresses, allowHttp }: OutgoingOptions, text: string): string | undefined {
  if (!URL.canParse(text)) return 'it is not a URL';
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && allowHttp)) return 'it does not begin with https://';
  if (username !== '' || password !== '') return 'it holds a user name or a password';
  if (hash !== '') return 'it has a fragment';
  const address = literalOf(hostname);
  return address !== undefined && !addresses.allows(address) ? REFUSED : undefined;
}

/** No name is looked up for an address. */
function literalOf(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * Names of which one address is refused are refused as a whole. The answer is what is connected to:
 * nothing is looked up a second time, so a name cannot point elsewhere by then.
 */
function filteredLookup({ addresses, resolve = lookupName }: OutgoingOptions): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, '');
      const isAllowed = found.length > 0 && found.every(({ address }) => addresses.allows(address));
      if (!isAllowed) return done(new Error(REFUSED), '');
      if (options.all === true) return done(null, found);
      const [first] = found;
      return done(null, first?.address ?? '', first?.family);
    });
  };
}

function send(
  { sendMs = SEND_MS, ca }: OutgoingOptions,
  lookup: LookupFunction,
  { url, headers, body }: OutgoingRequest,
): Promise<OutgoingAnswer> {
  const begin = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const options = {
      method: 'POST',
      agent: false,
      lookup,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      ...(ca !== undefined && { ca }),
    };
    const request = begin(url, options, (response) => {
      drain(response, () => {
        clearTimeout(timer);
        request.destroy();
        resolve({ status: response.statusCode ?? 0 });
      });
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${sendMs / 1000} s`)), sendMs);
    request.on('error', (error) => {
      clearTimeout(timer);
      resolve({ error: error.message.slice(0, 200) });
    });
    request.end(body);
  });
}

/** Calls back once: at the end of the body, when it is too long, and soon in any case. */
function drain(response: IncomingMessage, end: () => void): void {
  let bytes = 0;
  const timer = setTimeout(end, BODY_MS);
  const stop = () => {
    clearTimeout(timer);
    end();
  };
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) stop();
  });
  response.once('end', stop);
  response.on('error', stop);
}
