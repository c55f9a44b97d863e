import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { lstat, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import { invalid } from '../platform/errors.ts';
import type { ListenAddress } from './address.ts';

/** Only the user may connect to the socket. */
const SOCKET_UMASK = 0o177;

/**
 * Listens. Returns the address, with the number of a port that was left open. Throws
 * `InvalidParameter` if the address cannot be had.
 */
export async function listenOn(server: Server, address: ListenAddress): Promise<ListenAddress> {
  const field = 'socket' in address ? 'listen.socket' : 'listen';
  if ('socket' in address) {
    requireFolder(dirname(address.socket));
    await clearSocket(address.socket);
  }
  try {
    begin(server, address);
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    const where = 'socket' in address ? address.socket : `${address.host} port ${address.port}`;
    throw invalid(field, `cannot listen on ${where} (${code})`);
  }
  if ('socket' in address) return address;
  const bound = server.address();
  return { host: address.host, port: bound !== null && typeof bound === 'object' ? bound.port : address.port };
}

/**
 * A socket's file is made while `listen` is called, with the mode that it shall have: there is no
 * moment without it.
 */
function begin(server: Server, address: ListenAddress): void {
  if (!('socket' in address)) {
    server.listen(address.port, address.host);
    return;
  }
  const before = process.umask(SOCKET_UMASK);
  try {
    server.listen(address.socket);
  } finally {
    process.umask(before);
  }
}

/** Node reports a missing folder as one that may not be entered. */
function requireFolder(path: string): void {
  if (!existsSync(path)) throw invalid('listen.socket', `there is no folder ${path}`);
}

/** Takes away what a server that was killed left behind; nothing else. */
async function clearSocket(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isSocket()) throw invalid('listen.socket', `${path} exists and is no socket`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (await answers(path)) throw invalid('listen.socket', `${path} is in use by another server`);
  await unlink(path);
}

/** Whether somebody listens at a socket. If that cannot be known, somebody may. */
export async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    // With any other failure somebody may be there.
    return (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}
