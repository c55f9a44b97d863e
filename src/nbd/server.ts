import { createServer, type Server } from 'node:net';
import { impossible, invalid } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { checkedAddress, exportUri, type ListenAddress } from './address.ts';
import { type ClientLimits, Clients } from './clients.ts';
import { MAX_STRING_BYTES } from './constants.ts';
import type { Device } from './device.ts';
import { listenOn } from './listen.ts';
import { loadTls, type TlsFiles } from './tls.ts';

export interface ServerLimits extends ClientLimits {
  /** For requests under way when the server closes. */
  readonly closeMs: number;
}

const LIMITS: ServerLimits = {
  connections: 32,
  handshakes: 32,
  handshakeMs: 30_000,
  handshakeIdleMs: 10_000,
  bytes: 64 * 1024 * 1024,
  dropLogMs: 60_000,
  closeMs: 60_000,
};
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
  /** How many clients have chosen an export. */
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
  const secure = options.tls === undefined ? undefined : await loadTls(options.tls, limits.handshakeIdleMs);
  const clients = new Clients({ secure, limits, log: options.log });
  if (devices !== undefined) clients.serve(devices);
  const server = createServer({
    allowHalfOpen: true,
    pauseOnConnect: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  server.on('connection', (socket) => clients.add(socket));
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
