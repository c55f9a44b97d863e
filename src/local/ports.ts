import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BLOCKED_PORTS } from './blocked-ports.ts';
import { StartError } from './start-error.ts';

export const LOOPBACK = '127.0.0.1';

/**
 * Above the last port that `fetch` refuses, 10080, and below those that systems give out: Linux
 * from 32768 on, others from 49152.
 */
const CHOSEN = { first: 10_100, end: 32_000 } as const;
const TRIES = 100;

/**
 * A port that was free a moment ago, and is none of `others`. The system gives out some ports by
 * itself, for servers that take any port and for connections. It could give such a port to another
 * process before the one that it was chosen for listens.
 */
export async function freePort(...others: readonly number[]): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(CHOSEN.first, CHOSEN.end);
    if (!others.includes(port) && (await listenError(port)) === undefined) return port;
  }
  throw new StartError('The machine gives no free port.');
}

/** Waits a little for the processes of a run that was just killed to let go of the port. */
export async function claimPort(port: number, patienceMs: number): Promise<void> {
  const tryMs = 100;
  for (let waited = 0; ; waited += tryMs) {
    const code = await listenError(port);
    if (code === undefined) {
      if (BLOCKED_PORTS.has(port))
        throw new StartError(`Port ${port} is one that browsers and fetch refuse to ask: choose another with --port.`);
      return;
    }
    if (code !== 'EADDRINUSE')
      throw new StartError(`Port ${port} cannot be used (${code}): choose another with --port.`);
    if (waited >= patienceMs) throw new StartError(`Port ${port} is in use: choose another with --port.`);
    await sleep(tryMs);
  }
}

async function listenError(port: number): Promise<string | undefined> {
  const server = createServer().listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
  server.close();
  await once(server, 'close');
  return undefined;
}

export async function acceptsConnections(port: number): Promise<boolean> {
  const socket = connect(port, LOOPBACK);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
