import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ListenAddress } from '../../src/nbd/address.ts';
import { ByteQueue } from '../../src/nbd/byte-queue.ts';
import { FLAGS, go, ServerBytes, u32 } from './nbd-bytes.ts';

/** A client over a socket that collects what the server says. */
export class RawClient {
  readonly socket: Socket;
  readonly #input = new ByteQueue();
  #changed = () => {};
  #over = false;

  constructor(address: ListenAddress) {
    this.socket = 'socket' in address ? connect(address.socket) : connect(address.port, address.host);
    this.socket.on('data', (bytes) => {
      this.#input.push(bytes);
      this.#changed();
    });
    for (const event of ['end', 'close'] as const)
      this.socket.on(event, () => {
        this.#over = true;
        this.#changed();
      });
    this.socket.on('error', () => {});
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  /** The next bytes, once they are there. */
  async said(length: number): Promise<ServerBytes> {
    for (;;) {
      const bytes = this.#input.take(length);
      if (bytes !== undefined) return new ServerBytes(bytes);
      if (this.#over) throw new Error(`The server ended after ${this.#input.length} bytes.`);
      await this.#change();
    }
  }

  /** Once the server has said goodbye; with how many bytes more. */
  async goodbye(): Promise<number> {
    while (!this.#over) await this.#change();
    return this.#input.length;
  }

  /** Up to the transmission phase. */
  async enter(name = 'disk'): Promise<this> {
    this.socket.write(Buffer.concat([u32(FLAGS.fixed | FLAGS.noZeroes), go(name)]));
    await this.said(18 + 32 + 20);
    return this;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}
