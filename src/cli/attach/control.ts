import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * How commands speak to an attachment that another process runs: one line of JSON each way over a
 * socket that only its owner can open. A socket shows for certain whether that process lives, which
 * a remembered process id does not.
 */
export interface ControlRequest {
  readonly op: 'status' | 'end';
}

const MAX_REQUEST_BYTES = 1024;
const LAST_WORDS_MS = 1000; // for answers that are on their way when the socket closes

export interface Control {
  /** Takes no more requests and removes the socket; answers that were given still arrive. */
  close(): Promise<void>;
}

export async function serveControl(
  path: string,
  answer: (request: ControlRequest) => Promise<object>,
): Promise<Control> {
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy()); // who asked is gone
    serveOne(socket, answer).catch(() => socket.destroy());
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      const limit = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, LAST_WORDS_MS);
      await closed;
      clearTimeout(limit);
      await rm(path, { force: true });
    },
  };
}

async function serveOne(socket: Socket, answer: (request: ControlRequest) => Promise<object>): Promise<void> {
  let line = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    line += String(chunk);
    if (line.includes('\n') || line.length > MAX_REQUEST_BYTES) break;
  }
  const request = parseRequest(line);
  const reply = request === undefined ? { error: 'not a request' } : await answer(request);
  socket.end(`${JSON.stringify(reply)}\n`);
}

function parseRequest(line: string): ControlRequest | undefined {
  try {
    const { op } = JSON.parse(line) as { op?: unknown };
    return op === 'status' || op === 'end' ? { op } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The answer; undefined if nobody listens at the socket. Fails if the answer takes longer than
 * `limitMs`.
 */
export async function askControl(path: string, request: ControlRequest, limitMs: number): Promise<unknown> {
  const socket = createConnection(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    throw error;
  }
  socket.setTimeout(limitMs, () => socket.destroy(new Error(`no answer within ${limitMs / 1000} s`)));
  socket.write(`${JSON.stringify(request)}\n`);
  const answer = await text(socket);
  if (answer === '') throw new Error('its process ended without an answer');
  return JSON.parse(answer);
}
