import { Budget } from '../../src/nbd/budget.ts';
import type { Device } from '../../src/nbd/device.ts';
import type { TlsState } from '../../src/nbd/handshake.ts';
import { Payloads } from '../../src/nbd/payloads.ts';
import { type Connection, Session } from '../../src/nbd/session.ts';
import type { Log } from '../../src/platform/log.ts';
import type { MemoryDevice } from './memory-device.ts';
import { type Chunk, FLAGS, go, option, ServerBytes, u32 } from './nbd-bytes.ts';

export interface Logged {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function collectLog(): Log & { readonly entries: Logged[] } {
  const entries: Logged[] = [];
  const at =
    (level: keyof Log) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      entries.push({ level, message, fields });
    };
  return { entries, error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/**
 * A session with a connection in memory: what is sent is collected, and counts as sent at once
 * unless `stalled`.
 */
export class TestSession implements Connection {
  readonly session: Session;
  readonly log = collectLog();
  readonly #sent: Buffer[] = [];
  readonly #unsent: (() => void)[] = [];
  paused = false;
  stalled = false;
  state: 'open' | 'tls' | 'ended' | 'destroyed' = 'open';

  constructor(devices: readonly Device[], options: { readonly tls?: TlsState; readonly budget?: Budget } = {}) {
    const { tls = 'none', budget = new Budget(64 * 1024 * 1024) } = options;
    this.session = new Session({
      devices,
      tls,
      connection: this,
      budget,
      payloads: new Payloads(1024 * 1024),
      admit: () => true,
      dropped: (message, fields) => this.log.warn(message, fields),
      log: this.log,
    });
    this.session.start();
  }

  send(buffers: readonly Buffer[], sent?: () => void): void {
    for (const buffer of buffers) this.#sent.push(Buffer.from(buffer));
    if (sent === undefined) return;
    if (this.stalled) this.#unsent.push(sent);
    else sent();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  startTls(bytes: Buffer): void {
    this.send([bytes]);
    this.state = 'tls';
  }

  transmitting(): void {}

  end(): void {
    this.state = 'ended';
  }

  destroy(): void {
    this.state = 'destroyed';
  }

  /** The peer reads again: what was held back counts as sent. */
  drain(): void {
    this.stalled = false;
    for (const sent of this.#unsent.splice(0)) sent();
  }

  receive(...bytes: readonly Buffer[]): this {
    for (const piece of bytes) this.session.receive(piece);
    return this;
  }

  /** Takes away what was sent since the last call. */
  said(): ServerBytes {
    return new ServerBytes(Buffer.concat(this.#sent.splice(0)));
  }
}

/** Waits until promises that need no outside world are through. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** In the transmission phase. */
export function transmitting(
  device: Device,
  options: { readonly structured?: boolean; readonly contexts?: Buffer; readonly budget?: Budget } = {},
): TestSession {
  const session = new TestSession([device], options);
  session.receive(u32(FLAGS.fixed | FLAGS.noZeroes));
  if (options.structured === true) session.receive(option(8));
  if (options.contexts !== undefined) session.receive(options.contexts);
  session.receive(go(device.name));
  session.said();
  return session;
}

/** What was said, once everything is settled. */
export async function repliesOf(session: TestSession, readLength?: (cookie: number) => number): Promise<Chunk[]> {
  await settle();
  const said = session.said();
  const found: Chunk[] = [];
  while (said.left > 0) found.push(said.chunk(readLength));
  return found;
}

export const errorOf = ({ kind, type, data }: Chunk): number => (kind === 'simple' ? type : data.readUInt32BE());

/** Holds the device's operations back until they are let go, one by one. */
export function holdBack(device: MemoryDevice): { readonly waiting: (() => void)[] } {
  const waiting: (() => void)[] = [];
  device.hook = () => new Promise((resolve) => waiting.push(() => resolve()));
  return { waiting };
}
