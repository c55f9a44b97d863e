import type { Socket } from 'node:net';
import { BufferGarbage } from '../platform/buffer-garbage.ts';
import type { Log } from '../platform/log.ts';
import type { Dropped } from './drop-log.ts';
import { withOwnBuffers } from './own-buffers.ts';
import type { Connection } from './session.ts';

/** Receives what happens on a socket. */
export interface Receiver {
  /** The bytes' memory is the socket's again afterwards. */
  receive(bytes: Buffer): void;
  /** Where the next bytes may be put instead; `filled` is called with their number then. */
  room(): Buffer | undefined;
  filled(bytes: number): void;
  inputEnded(): void;
  secured(): void;
  closed(): void;
}

export interface SocketConnectionOptions {
  readonly socket: Socket;
  readonly limits: { readonly handshakeMs: number; readonly handshakeIdleMs: number };
  /** Speaks TLS on a socket, as the server's side; rejects where the client is not let in. */
  readonly secure: ((socket: Socket) => Promise<Socket>) | undefined;
  readonly dropped: Dropped;
  readonly log: Log;
}

/** Of all connections: what arrives lies in buffers that are done with as soon as it is copied. */
const GARBAGE = new BufferGarbage();

/** Of a read that brings requests, and the beginnings of payloads. */
const READ_BYTES = 64 * 1024;
/** For the peer's side of a goodbye. */
const CLOSE_LIMIT_MS = 2000;

/** Moves bytes between a socket and a session; plain at first, within TLS from `startTls` on. */
export class SocketConnection implements Connection {
  readonly #options: SocketConnectionOptions;
  readonly #unsent = new Set<() => void>();
  #limit: NodeJS.Timeout;
  /** Put off by each byte of the handshake. */
  readonly #idle: NodeJS.Timeout;
  #receiver: Receiver | undefined;
  #socket: Socket;
  /** What is read where no payload is expected. */
  #requests: Buffer | undefined;
  #isFilling = false;
  #isEnding = false;
  #corked = false;
  #isChoosing = true;
  #closed = false;

  constructor(options: SocketConnectionOptions) {
    this.#options = options;
    this.#socket = options.socket;
    const { handshakeMs, handshakeIdleMs } = options.limits;
    const giveUp = () => {
      options.dropped('nbd: a client did not choose an export in time');
      this.destroy();
    };
    this.#limit = setTimeout(giveUp, handshakeMs);
    this.#idle = setTimeout(giveUp, handshakeIdleMs);
    this.#socket.on('close', () => this.#over());
  }

  /** From here on the receiver hears what happens. */
  open(receiver: Receiver): void {
    this.#receiver = receiver;
    // Within TLS, the bytes of the socket are not yet those of the client.
    const own =
      this.#options.secure === undefined
        ? withOwnBuffers(this.#socket, {
            next: () => this.#buffer(receiver),
            received: (bytes) => this.#received(receiver, bytes),
          })
        : undefined;
    if (own === undefined) this.#socket.on('data', (bytes: Buffer) => this.#received(receiver, bytes));
    else {
      this.#socket = own;
      own.on('close', () => this.#over());
    }
    this.#listen(this.#socket);
  }

  send(buffers: readonly Buffer[], sent?: () => void): void {
    if (this.#closed || !this.#socket.writable) {
      sent?.();
      return;
    }
    const done = sent === undefined ? undefined : this.#once(sent);
    this.#cork();
    const last = buffers.length - 1;
    for (let at = 0; at < last; at++) this.#socket.write(buffers[at] as Buffer);
    this.#socket.write(buffers[last] as Buffer, done);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  startTls(bytes: Buffer): void {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    plain.removeAllListeners('end');
    plain.pause();
    plain.write(bytes, () => void this.#secure(plain));
  }

  transmitting(): void {
    this.#endHandshake();
  }

  end(): void {
    this.#uncork();
    this.#socket.end();
    // What the peer still sends is not read. A peer that does not close, too, is not waited for
    // long.
    this.#isEnding = true;
    this.#socket.resume();
    this.#endHandshake();
    this.#limit = setTimeout(() => this.destroy(), CLOSE_LIMIT_MS);
  }

  destroy(): void {
    this.#socket.destroy();
    this.#options.socket.destroy();
  }

  async #secure(plain: Socket): Promise<void> {
    const { secure } = this.#options;
    if (secure === undefined || this.#closed) return;
    try {
      this.#socket = await secure(plain);
    } catch (error) {
      if (!this.#closed) this.#options.dropped('nbd: a client is not let in through TLS', { error });
      this.destroy();
      return;
    }
    this.#corked = false;
    this.#socket.on('close', () => plain.destroy());
    if (this.#isChoosing) this.#idle.refresh();
    const receiver = this.#receiver;
    receiver?.secured();
    this.#socket.on('data', (bytes: Buffer) => receiver && this.#received(receiver, bytes));
    this.#listen(this.#socket);
  }

  #buffer(receiver: Receiver): Buffer {
    const room = this.#isEnding ? undefined : receiver.room();
    this.#isFilling = room !== undefined;
    this.#requests ??= Buffer.allocUnsafeSlow(READ_BYTES);
    return room ?? this.#requests;
  }

  #received(receiver: Receiver, bytes: Buffer): void {
    if (this.#isEnding) return;
    if (this.#isChoosing) this.#idle.refresh();
    if (this.#isFilling) receiver.filled(bytes.length);
    else {
      receiver.receive(bytes);
      GARBAGE.made(bytes.length);
    }
  }

  #listen(socket: Socket): void {
    socket.on('end', () => this.#receiver?.inputEnded());
    // Many clients do not wait for the answer to their goodbye.
    socket.on('error', (error) => this.#options.log.debug('nbd: a connection broke', { error }));
    socket.resume();
  }

  /** Chosen or given up: its limits hold no more. */
  #endHandshake(): void {
    this.#isChoosing = false;
    clearTimeout(this.#idle);
    clearTimeout(this.#limit);
  }

  /** What is sent within one turn of the event loop goes out in one system call. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#socket.cork();
    setImmediate(() => this.#uncork());
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  }

  #once(sent: () => void): () => void {
    const done = () => {
      if (this.#unsent.delete(done)) sent();
    };
    this.#unsent.add(done);
    return done;
  }

  #over(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endHandshake();
    for (const done of [...this.#unsent]) done();
    this.#receiver?.closed();
  }
}
