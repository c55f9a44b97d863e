import { closeSync, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Longest path of a socket, in bytes: 108 with the zero at its end (unix(7)); macOS has 104. */
const LONGEST_SOCKET_BYTES = 103;

export const isShortSocket = (path: string): boolean => Buffer.byteLength(path) <= LONGEST_SOCKET_BYTES;

/** Whether {@link openSocketPath} has a way to it. */
export const isReachableSocket = (path: string): boolean => isShortSocket(path) || process.platform === 'linux';

export interface SocketPath {
  /** Good until it is closed. */
  readonly path: string;
  close(): void;
}

/**
 * A path by which a socket is bound or reached. One that is too long for that is shortened by way
 * of its folder, which is opened. Throws what the file system says of the folder.
 */
export function openSocketPath(path: string): SocketPath {
  if (isShortSocket(path) || !isReachableSocket(path)) return { path, close: () => undefined };
  const folder = openSync(dirname(path), 'r');
  return { path: `/proc/self/fd/${folder}/${basename(path)}`, close: () => closeSync(folder) };
}
