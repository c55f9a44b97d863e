import { isIP, isIPv4 } from 'node:net';
import { invalid } from '../platform/errors.ts';

/** Where a server listens: on a unix socket, or on a TCP port (0 for any that is free). */
export type ListenAddress = { readonly socket: string } | { readonly host: string; readonly port: number };

/** What fits into `sockaddr_un`. */
const MAX_SOCKET_PATH_BYTES = 107;
const MAX_PORT = 65_535;

/**
 * An address that may be listened on. Throws `InvalidParameter` if it is no address, or if anybody
 * on the network could read and write the disk: what leaves the machine must be within TLS.
 */
export function checkedAddress(listen: ListenAddress, tls: boolean): ListenAddress {
  if ('socket' in listen) {
    const bytes = Buffer.byteLength(listen.socket);
    if (bytes === 0 || listen.socket.includes('\0')) throw invalid('listen.socket', 'is no path');
    if (bytes > MAX_SOCKET_PATH_BYTES)
      throw invalid('listen.socket', `is longer than the ${MAX_SOCKET_PATH_BYTES} bytes that a socket's path may have`);
    return listen;
  }
  if (!Number.isInteger(listen.port) || listen.port < 0 || listen.port > MAX_PORT)
    throw invalid('listen.port', `must be between 0 and ${MAX_PORT}`);
  const host = listen.host === 'localhost' ? '127.0.0.1' : listen.host;
  if (host === '') throw invalid('listen.host', 'is empty');
  if (!tls && !isLoopback(host))
    throw invalid('listen.host', `${listen.host} is not on loopback: give TLS certificates or keys, or use 127.0.0.1`);
  return { host, port: listen.port };
}

/** Only addresses: what a name means may change. */
function isLoopback(host: string): boolean {
  return isIPv4(host) ? host.startsWith('127.') : host === '::1';
}

/** For clients that take NBD URIs, such as nbdinfo, nbdcopy and qemu. */
export function exportUri(address: ListenAddress, name: string, tls: boolean): string {
  const scheme = tls ? 'nbds' : 'nbd';
  const path = encodeURIComponent(name);
  if ('socket' in address) return `${scheme}+unix:///${path}?socket=${encodeURIComponent(address.socket)}`;
  const host = isIP(address.host) === 6 ? `[${address.host}]` : address.host;
  return `${scheme}://${host}:${address.port}/${path}`;
}
