import { createServer, type Server, type Socket } from 'node:net';
import { impossible, invalid } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { checkedAddress, exportUri, type ListenAddress } from './address.ts';
import { Budget } from './budget.ts';
import { MAX_STRING_BYTES } from './constants.ts';
import type { Device } from './device.ts';
import { listenOn } from './listen.ts';
import { Payloads } from './payloads.ts';
import { Session } from './session.ts';
import { SocketConnection } from './socket-connection.ts';
import { loadTls, type Secure, type TlsFiles } from './tls.ts';

export interface ServerLimits {
  /** Further ones are closed at once. */
  readonly connections: number;
  /** From the connection up to the choice of an export, TLS included. */
  readonly handshakeMs: number;
  /**
   * Payloads and replies in memory, of all connections. Not less than the 32 MiB that one request
   * may have.
   */
  readonly bytes: number;
  /** For requests under way when the server closes. */
  readonly closeMs: number;
}

const LIMITS: ServerLimits = { connections: 32, handshakeMs: 30_000, bytes: 64 * 1024 * 1024, closeMs: 60_000 };
/** Of buffers that no write needs just now. */
const KEPT_PAYLOAD_BYTES = 16 * 1024 * 1024;
/** A peer that vanished without a word is noticed after some minutes. */
const KEEP_ALIVE_MS = 60_000;

export interface NbdServerOptions {
  /**
   * As `serve` takes them. Left out: clients can connect, and get no answer until that is called.
   */
  readonly exports?: Iterable<Device>;
  readonly listen: ListenAddress;
  /** Where given, clients are served only within TLS. */
  readonly tls?: TlsFiles;
  /** Closes the server. */
  readonly signal?: AbortSignal;
  readonly log: Log;
  readonly limits?: Partial<ServerLimits>;
}

export interface NbdServer {
  /** With the port that was chosen. */
  readonly address: ListenAddress;
  /** How many clients are connected. */
  readonly connections: number;
  /** Of an export, for clients that take URIs. */
  uri(name: string): string;
  /**
   * Once: what there is. Clients that give no name get the first. The devices stay open when the
   * server closes.
   */
  serve(exports: Iterable<Device>): void;
  /**
   * Takes no more clients, finishes requests under way, refuses others, then ends the connections.
   */
  close(): Promise<void>;
}

/**
 * Listens, and serves devices to NBD clients. Throws `InvalidParameter` if an option is wrong or
 * the address cannot be had.
 */
export async function createNbdServer(options: NbdServerOptions): Promise<NbdServer> {
  const limits = { ...LIMITS, ...options.limits };
  const devices = options.exports && checkedDevices(options.exports);
  const wanted = checkedAddress(options.listen, options.tls !== undefined);
  const secure = options.tls === undefined ? undefined : await loadTls(options.tls, limits.handshakeMs);
  const clients = new Clients({ secure, limits, log: options.log });
  if (devices !== undefined) clients.serve(devices);
  const server = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  server.maxConnections = limits.connections;
  server.on('connection', (socket) => clients.add(socket));
  server.on('drop', () => options.log.warn('nbd: too many connections', { connections: limits.connections }));
  const address = await listenOn(server, wanted);
  server.on('error', (error) => options.log.error('nbd: the server failed', { error }));
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(server, clients, limits.closeMs);
    return closing;
  };
  if (options.signal?.aborted === true) await close();
  else options.signal?.addEventListener('abort', () => void close(), { once: true });
  return {
    address,
    get connections() {
      return clients.count;
    },
    uri: (name) => exportUri(address, name, secure !== undefined),
    serve: (exports) => clients.serve(checkedDevices(exports)),
    close,
  };
}

interface ClientsOptions {
  readonly secure: Secure | undefined;
  readonly limits: ServerLimits;
  readonly log: Log;
}

/** All conversations of a server. */
class Clients {
  readonly #options: ClientsOptions;
  readonly #budget: Budget;
  readonly #payloads = new Payloads(KEPT_PAYLOAD_BYTES);
  readonly #open = new Map<Session, SocketConnection>();
  #devices: readonly Device[] | undefined;
  /** Connected before there was anything to serve. */
  readonly #waiting = new Set<Socket>();

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.#budget = new Budget(options.limits.bytes);
  }

  get count(): number {
    return this.#open.size;
  }

  serve(devices: readonly Device[]): void {
    this.#devices = devices;
    for (const socket of this.#waiting) this.#begin(socket, devices);
    this.#waiting.clear();
  }

  add(socket: Socket): void {
    if (this.#devices !== undefined) {
      this.#begin(socket, this.#devices);
      return;
    }
    this.#waiting.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#waiting.delete(socket));
  }

  #begin(socket: Socket, devices: readonly Device[]): void {
    const { secure, limits, log } = this.#options;
    const connection = new SocketConnection({ socket, handshakeLimitMs: limits.handshakeMs, secure, log });
    const tls = secure === undefined ? 'none' : 'required';
    const session = new Session({ devices, tls, connection, budget: this.#budget, payloads: this.#payloads, log });
    this.#open.set(session, connection);
    connection.open({
      receive: (bytes) => session.receive(bytes),
      inputEnded: () => session.inputEnded(),
      secured: () => session.secured(),
      closed: () => {
        this.#open.delete(session);
        session.closed();
      },
    });
    session.start();
  }

  shutDown(): void {
    for (const socket of this.#waiting) socket.destroy();
    for (const session of [...this.#open.keys()]) session.shutDown();
  }

  destroy(): void {
    for (const connection of [...this.#open.values()]) connection.destroy();
  }
}

async function closeAll(server: Server, clients: Clients, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  clients.shutDown();
  const limit = setTimeout(() => clients.destroy(), patienceMs);
  await closed;
  clearTimeout(limit);
}

function checkedDevices(devices: Iterable<Device>): readonly Device[] {
  const list = [...devices];
  if (list.length === 0) throw impossible('an NBD server without exports');
  const names = new Set<string>();
  for (const { name } of list) {
    if (Buffer.byteLength(name) > MAX_STRING_BYTES || name.includes('\0'))
      throw invalid('exports', `a name has at most ${MAX_STRING_BYTES} bytes, and no NUL`);
    if (names.has(name)) throw invalid('exports', `the name ${name} stands there twice`);
    names.add(name);
  }
  return list;
}
