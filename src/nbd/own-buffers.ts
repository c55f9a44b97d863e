import { Socket, type SocketConstructorOpts } from 'node:net';

/** Into what a socket reads, and what is made of it. */
interface OwnBuffers {
  /** Called before each read but the first, which goes to the buffer that is there at first. */
  readonly next: () => Buffer;
  /** `bytes` begin the buffer of the last call of `next`. */
  readonly received: (bytes: Buffer) => void;
}

/** What Node has in a socket without saying so in its types. */
interface Inside {
  _handle?: unknown;
  _server?: unknown;
}

/**
 * The same connection, as a socket that reads into buffers of its reader's: each read of Node's own
 * makes a buffer of 64 KiB, which costs more than to fill it (20 µs against 5). Node has that for
 * sockets that connect, and not for those that a server takes. So their handle moves to another
 * socket. The server has to give them `pauseOnConnect`, and goes on counting them. If a Node has no
 * such handle, the socket is what it was.
 */
export function withOwnBuffers(socket: Socket, { next, received }: OwnBuffers): Socket | undefined {
  const taken = socket as Socket & Inside;
  const { _handle: handle, _server: server } = taken;
  if (handle === undefined || handle === null || server === undefined) return undefined;
  const onread = {
    buffer: next,
    callback: (bytes: number, buffer: Buffer) => {
      received(buffer.subarray(0, bytes));
      return true;
    },
  };
  const options = { handle, onread, allowHalfOpen: true, manualStart: true };
  const own = new Socket(options as unknown as SocketConstructorOpts) as Socket & Inside;
  own._server = server;
  taken._handle = null;
  taken._server = null;
  return own;
}
