import type { Socket } from 'node:net';
import type { Log } from '../platform/log.ts';
import { Budget } from './budget.ts';
import type { Device } from './device.ts';
import { DropLog } from './drop-log.ts';
import { Payloads } from './payloads.ts';
import { Session } from './session.ts';
import { SocketConnection } from './socket-connection.ts';
import type { Secure } from './tls.ts';

export interface ClientLimits {
  /** Of clients that have chosen an export. Further ones are refused. */
  readonly connections: number;
  /** Of those that have not. If there are more, the one that has taken longest gives way. */
  readonly handshakes: number;
  /** From the connection up to the choice of an export, TLS included. */
  readonly handshakeMs: number;
  /** The same without a byte from the client, or within TLS. */
  readonly handshakeIdleMs: number;
  /**
   * Payloads and replies in memory, of all connections. Not less than the 32 MiB that one request
   * may have.
   */
  readonly bytes: number;
  /** Between two lines of the log that say that connections were dropped. */
  readonly dropLogMs: number;
}

/** Of buffers that no write needs just now. */
const KEPT_PAYLOAD_BYTES = 16 * 1024 * 1024;
const TOO_MANY = 'nbd: too many connections';

export interface ClientsOptions {
  readonly secure: Secure | undefined;
  readonly limits: ClientLimits;
  readonly log: Log;
}

/** All conversations of a server. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #budget: Budget;
  readonly #payloads = new Payloads(KEPT_PAYLOAD_BYTES);
  readonly #drops: DropLog;
  readonly #open = new Map<Session, SocketConnection>();
  /** Those of them that have not chosen an export, the one that began first at the beginning. */
  readonly #choosing = new Map<Session, SocketConnection>();
  #devices: readonly Device[] | undefined;
  /** Connected before there was anything to serve, in the same order. */
  readonly #waiting = new Set<Socket>();

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.#budget = new Budget(options.limits.bytes);
    this.#drops = new DropLog(options.log, options.limits.dropLogMs);
  }

  /** Of those that have chosen an export. */
  get count(): number {
    return this.#open.size - this.#choosing.size;
  }

  serve(devices: readonly Device[]): void {
    this.#devices = devices;
    for (const socket of this.#waiting) this.#begin(socket, devices);
    this.#waiting.clear();
  }

  add(socket: Socket): void {
    const { connections, handshakes } = this.#options.limits;
    if (this.count >= connections) {
      this.#drops.note(TOO_MANY, { connections });
      socket.destroy();
      return;
    }
    if (this.#choosing.size + this.#waiting.size >= handshakes) this.#giveWay();
    if (this.#devices !== undefined) {
      this.#begin(socket, this.#devices);
      return;
    }
    this.#waiting.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#waiting.delete(socket));
  }

  /** An honest client chooses its export within moments. */
  #giveWay(): void {
    this.#drops.note('nbd: too many clients that choose no export', { handshakes: this.#options.limits.handshakes });
    const [longest] = this.#choosing;
    if (longest !== undefined) {
      const [session, connection] = longest;
      this.#forget(session);
      connection.destroy();
      return;
    }
    const [socket] = this.#waiting;
    if (socket === undefined) return;
    this.#waiting.delete(socket);
    socket.destroy();
  }

  #begin(socket: Socket, devices: readonly Device[]): void {
    const { secure, limits, log } = this.#options;
    const { note: dropped } = this.#drops;
    const connection = new SocketConnection({ socket, limits, secure, dropped, log });
    const session = new Session({
      devices,
      tls: secure === undefined ? 'none' : 'required',
      connection,
      budget: this.#budget,
      payloads: this.#payloads,
      admit: () => this.#admit(session),
      dropped,
      log,
    });
    this.#open.set(session, connection);
    this.#choosing.set(session, connection);
    connection.open({
      receive: (bytes) => session.receive(bytes),
      room: () => session.room(),
      filled: (bytes) => session.filled(bytes),
      inputEnded: () => session.inputEnded(),
      secured: () => session.secured(),
      closed: () => {
        this.#forget(session);
        session.closed();
      },
    });
    session.start();
  }

  #admit(session: Session): boolean {
    const { connections } = this.#options.limits;
    if (this.count < connections) {
      this.#choosing.delete(session);
      return true;
    }
    this.#drops.note(TOO_MANY, { connections });
    return false;
  }

  #forget(session: Session): void {
    this.#open.delete(session);
    this.#choosing.delete(session);
  }

  shutDown(): void {
    for (const socket of this.#waiting) socket.destroy();
    for (const session of [...this.#open.keys()]) session.shutDown();
    this.#drops.end();
  }

  destroy(): void {
    for (const connection of [...this.#open.values()]) connection.destroy();
  }
}
