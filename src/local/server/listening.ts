import { hash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '../../platform/make-folder.ts';
import { isReachableSocket, isShortSocket } from '../../platform/socket-path.ts';
import { LOOPBACK } from '../ports.ts';
import { reason } from '../reason.ts';
import { StartError } from '../start-error.ts';

/** Where a server takes connections. */
export type Listening =
  /**
   * On the loopback address. Port 0 is any that is free. And at a socket, where there is one: there
   * nobody else can answer when this server is gone.
   */
  | { readonly kind: 'loopback'; readonly port: number; readonly socket?: string | undefined }
  /** A socket of this machine, for its owner alone. */
  | { readonly kind: 'socket'; readonly path: string }
  /** An address that others reach, with TLS. */
  | { readonly kind: 'network'; readonly host: string; readonly port: number; readonly tls: TlsFiles };

/** Files in PEM, and the names by which callers come; the first is the one in URLs. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  readonly names: readonly [string, ...string[]];
}

/** The socket in a data folder. */
export const ownSocket = (folder: string): string => join(folder, 'api.sock');

/**
 * The socket of a server without a port: {@link ownSocket}, or where any program could not reach
 * that, a short one in the folder of this user's sockets.
 */
export function socketOf(folder: string, runtimeDir: string): string {
  const own = ownSocket(folder);
  if (isShortSocket(own)) return own;
  return join(runtimeDir, 'varve', `${hash('sha256', folder).slice(0, 32)}.sock`);
}

/** Where sockets of this user lie: systemd's folder, or that of the system for root. */
export function runtimeDirOf(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.RUNTIME_DIRECTORY ?? environment.XDG_RUNTIME_DIR ?? '/run';
}

/**
 * Makes room for a socket. The folder's lock says that no other server uses it: what lies there is
 * left from one that was killed.
 */
export function prepareSocket(path: string): void {
  if (!isReachableSocket(path))
    throw new StartError(`The path of the socket is too long (${path}): set XDG_RUNTIME_DIR to a short one.`);
  try {
    makeFolder(join(path, '..'));
    rmSync(path, { force: true });
  } catch (error) {
    throw new StartError(`The socket ${path} cannot be made (${reason(error)}).`);
  }
}

/** Only its owner may connect. */
export function closeSocketToOthers(path: string): void {
  chmodSync(path, 0o600);
}

/** Throws `StartError` if a file cannot be read. */
export function readTls({ certificate, key }: TlsFiles): { readonly cert: Buffer; readonly key: Buffer } {
  const read = (path: string) => {
    try {
      return readFileSync(path);
    } catch (error) {
      throw new StartError(`${path} cannot be read (${reason(error)}).`);
    }
  };
  return { cert: read(certificate), key: read(key) };
}

/** The names and numbers by which a port is reached, as they stand in a request's `Host`. */
export function hostsOf(names: readonly string[], port: number): ReadonlySet<string> {
  const shown = names.map((name) => (isIP(name) === 6 ? `[${name}]` : name.toLowerCase()));
  // The port of the scheme is left out.
  return new Set(shown.flatMap((name) => (port === 443 ? [name, `${name}:443`] : [`${name}:${port}`])));
}

/** The names by which a port of the loopback address is reached. */
export const LOOPBACK_NAMES: readonly string[] = [LOOPBACK, 'localhost', '::1'];
