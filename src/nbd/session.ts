import type { Log } from '../platform/log.ts';
import type { Budget } from './budget.ts';
import { ByteQueue } from './byte-queue.ts';
import { type Device, DeviceError } from './device.ts';
import type { Dropped } from './drop-log.ts';
import { type Agreement, GREETING, Handshake, type TlsState } from './handshake.ts';
import type { Payloads } from './payloads.ts';
import { Transmission } from './transmission.ts';

/**
 * What a session needs of its connection. Nothing of it calls the session back at once, except for
 * `sent`.
 */
export interface Connection {
  /** Sends in order; calls `sent` once, when the buffers are out of hand or never will be. */
  send(buffers: readonly Buffer[], sent?: () => void): void;
  /** Hands no more bytes over, until `resume`. */
  pause(): void;
  resume(): void;
  /**
   * Sends the bytes, then calls `secured` of the session. All that comes and goes afterwards is
   * within TLS.
   */
  startTls(bytes: Buffer): void;
  /** The negotiation is over, and with it its time limit. */
  transmitting(): void;
  /** Closes once everything is sent. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
}

export interface SessionOptions {
  readonly devices: readonly Device[];
  readonly tls: TlsState;
  readonly connection: Connection;
  readonly budget: Budget;
  readonly payloads: Payloads;
  /** Whether one more client may use an export. Called once, when this one has chosen. */
  readonly admit: () => boolean;
  readonly dropped: Dropped;
  readonly log: Log;
}

type Phase =
  | { readonly at: 'handshake'; readonly handshake: Handshake; sending: boolean }
  | { readonly at: 'securing'; readonly handshake: Handshake }
  | { readonly at: 'transmission'; readonly transmission: Transmission }
  /** No more requests are taken; the replies to those under way are still sent. */
  | { readonly at: 'finishing'; readonly transmission: Transmission }
  | { readonly at: 'over' };

/** One client's conversation, as a state machine over bytes; no socket in it. */
export class Session {
  readonly #options: SessionOptions;
  readonly #input = new ByteQueue();
  readonly #gone = new AbortController();
  #phase: Phase;
  #inputEnded = false;
  #goingDown = false;
  #paused = false;
  #advancing = false;
  #again = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#phase = { at: 'handshake', handshake: new Handshake(options.devices, options.tls), sending: false };
  }

  start(): void {
    this.#options.connection.send([GREETING]);
  }

  /** The bytes' memory is the caller's again afterwards. */
  receive(bytes: Buffer): void {
    this.#input.push(bytes);
    this.#advance();
    this.#input.own();
  }

  /** Where the next bytes may be put at once, instead of being received; see `filled`. */
  room(): Buffer | undefined {
    return this.#phase.at === 'transmission' && this.#input.length === 0 ? this.#phase.transmission.room() : undefined;
  }

  /** So many bytes were put into the last `room()`. */
  filled(bytes: number): void {
    if (this.#phase.at !== 'transmission') return;
    this.#phase.transmission.filled(bytes);
    this.#advance();
  }

  /** The peer sends nothing more, but may still read. */
  inputEnded(): void {
    this.#inputEnded = true;
    this.#advance();
  }

  secured(): void {
    if (this.#phase.at !== 'securing') return;
    this.#phase.handshake.secured();
    this.#phase = { at: 'handshake', handshake: this.#phase.handshake, sending: false };
    this.#advance();
  }

  /** Requests under way are finished, others refused; then the connection ends. */
  shutDown(): void {
    const phase = this.#phase;
    if (phase.at === 'transmission') phase.transmission.shutDown();
    else if (phase.at !== 'finishing') this.#over();
    this.#goingDown = true;
    this.#advance();
  }

  /** The connection is gone. */
  closed(): void {
    const phase = this.#phase;
    if (phase.at === 'transmission') phase.transmission.inputEnded();
    this.#phase = { at: 'over' };
    this.#gone.abort(new DeviceError('IO', 'The client is gone.'));
  }

  /**
   * Goes on as far as bytes, room and replies allow. Called from within itself, it only notes that
   * there may be more.
   */
  #advance(): void {
    this.#again = true;
    if (this.#advancing) return;
    this.#advancing = true;
    while (this.#again) {
      this.#again = false;
      this.#step();
    }
    this.#advancing = false;
  }

  #step(): void {
    const phase = this.#phase;
    switch (phase.at) {
      case 'handshake':
        this.#negotiate(phase);
        return;
      case 'transmission':
        this.#transmit(phase.transmission);
        return;
      case 'finishing':
        if (phase.transmission.underWay === 0) this.#over();
        return;
      case 'securing':
        if (this.#inputEnded) this.#over();
        return;
      case 'over':
    }
  }

  #negotiate(phase: Extract<Phase, { at: 'handshake' }>): void {
    // A client waits for the reply before its next option: more than one is never worked on.
    if (phase.sending) return;
    const step = phase.handshake.next(this.#input);
    switch (step.kind) {
      case 'wait':
        if (this.#inputEnded) this.#over();
        else this.#setPaused(false);
        return;
      case 'send':
        phase.sending = true;
        this.#setPaused(true);
        this.#options.connection.send([step.bytes], () => {
          phase.sending = false;
          this.#advance();
        });
        return;
      case 'start-tls':
        this.#phase = { at: 'securing', handshake: phase.handshake };
        this.#setPaused(false);
        this.#options.connection.startTls(step.bytes);
        return;
      case 'transmit':
        if (!this.#options.admit()) {
          this.#drop();
          return;
        }
        this.#options.connection.send([step.bytes]);
        this.#options.connection.transmitting();
        this.#options.log.info('nbd: a client is connected', { export: step.agreement.device.name });
        this.#phase = { at: 'transmission', transmission: this.#transmission(step.agreement) };
        this.#again = true;
        return;
      case 'end':
        this.#options.connection.send([step.bytes]);
        this.#over();
        return;
      case 'violation':
        this.#violation(step.message);
    }
  }

  #transmit(transmission: Transmission): void {
    const step = transmission.next(this.#input);
    switch (step) {
      case 'wait':
        this.#setPaused(false);
        if (this.#inputEnded || (this.#goingDown && transmission.underWay === 0)) this.#finish(transmission);
        return;
      case 'blocked':
        this.#setPaused(true);
        return;
      case 'disconnect':
        this.#finish(transmission);
        return;
      case 'violation':
        this.#violation('What should be a request is none.');
    }
  }

  #transmission(agreement: Agreement): Transmission {
    return new Transmission({
      agreement,
      budget: this.#options.budget,
      payloads: this.#options.payloads,
      signal: this.#gone.signal,
      send: (buffers, sent) => this.#options.connection.send(buffers, sent),
      settled: () => this.#advance(),
      report: (error, { command, offset, length }) => {
        if (this.#gone.signal.aborted) return;
        this.#options.log.warn('nbd: a request failed', {
          export: agreement.device.name,
          command,
          offset,
          length,
          error,
        });
      },
    });
  }

  #finish(transmission: Transmission): void {
    transmission.inputEnded();
    this.#phase = { at: 'finishing', transmission };
    this.#again = true;
  }

  #over(): void {
    if (this.#phase.at === 'over') return;
    this.#phase = { at: 'over' };
    this.#options.connection.end();
  }

  #violation(message: string): void {
    this.#options.dropped('nbd: a connection is dropped', { reason: message });
    this.#drop();
  }

  #drop(): void {
    this.closed();
    this.#options.connection.destroy();
  }

  #setPaused(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (paused) this.#options.connection.pause();
    else this.#options.connection.resume();
  }
}
