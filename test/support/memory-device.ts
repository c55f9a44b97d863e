import type { Bytes, Device, Extent, ExtentContext } from '../../src/nbd/device.ts';

const PAGE_BYTES = 4096;

export interface MemoryDeviceOptions {
  readonly sizeBytes: number;
  readonly readOnly?: boolean;
  readonly name?: string;
  readonly description?: string;
}

/** Called before an operation is carried out, such as to hold it back or to make it fail. */
export type Hook = (operation: keyof Device, offset: number, length: number, signal: AbortSignal) => Promise<void>;

/**
 * A device in memory that keeps the port's promises: what is trimmed or zeroed is a hole, and what
 * was written or zeroed since `snapshot` is dirty. Extents end at pages, ranges do not.
 */
export class MemoryDevice implements Device {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly name: string;
  readonly description: string;
  readonly bytes: Buffer;
  /** What was called, in order. */
  readonly calls: string[] = [];
  /** Reads whose bytes are not released yet. */
  held = 0;
  closed = false;
  hook: Hook | undefined;
  readonly #stored: Uint8Array;
  readonly #dirty: Uint8Array;

  constructor({ sizeBytes, readOnly = false, name = 'disk', description = 'A disk in memory.' }: MemoryDeviceOptions) {
    this.sizeBytes = sizeBytes;
    this.readOnly = readOnly;
    this.name = name;
    this.description = description;
    this.bytes = Buffer.alloc(sizeBytes);
    this.#stored = new Uint8Array(Math.ceil(sizeBytes / PAGE_BYTES));
    this.#dirty = new Uint8Array(this.#stored.length);
  }

  /** From here on nothing is dirty. */
  snapshot(): void {
    this.#dirty.fill(0);
  }

  async read(offset: number, length: number, signal: AbortSignal): Promise<Bytes> {
    await this.#called('read', offset, length, signal);
    this.held++;
    return { chunks: [this.bytes.subarray(offset, offset + length)], release: () => this.held-- };
  }

  async write(offset: number, data: Buffer, signal: AbortSignal): Promise<void> {
    await this.#called('write', offset, data.length, signal);
    data.copy(this.bytes, offset);
    this.#mark(offset, data.length, 1);
  }

  async zero(offset: number, length: number, signal: AbortSignal): Promise<void> {
    await this.#called('zero', offset, length, signal);
    this.#clear(offset, length);
  }

  async trim(offset: number, length: number, signal: AbortSignal): Promise<void> {
    await this.#called('trim', offset, length, signal);
    this.#clear(offset, length);
  }

  async flush(signal: AbortSignal): Promise<void> {
    await this.#called('flush', 0, 0, signal);
  }

  async prefetch(offset: number, length: number, signal: AbortSignal): Promise<void> {
    await this.#called('prefetch', offset, length, signal);
  }

  async extents(
    context: ExtentContext,
    offset: number,
    length: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly Extent[]> {
    await this.#called('extents', offset, length, signal);
    const state = context === 'dirty' ? this.#dirty : this.#stored;
    const found: Extent[] = [];
    for (let at = offset; at < offset + length && found.length < limit; ) {
      const page = Math.floor(at / PAGE_BYTES);
      let last = page;
      while ((last + 1) * PAGE_BYTES < offset + length && state[last + 1] === state[page]) last++;
      const end = Math.min((last + 1) * PAGE_BYTES, offset + length);
      const hole = this.#stored[page] === 0;
      found.push({ lengthBytes: end - at, hole, zero: hole, dirty: this.#dirty[page] === 1 });
      at = end;
    }
    return found;
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  async #called(operation: keyof Device, offset: number, length: number, signal: AbortSignal): Promise<void> {
    this.calls.push(`${operation} ${offset}+${length}`);
    await this.hook?.(operation, offset, length, signal);
  }

  #clear(offset: number, length: number): void {
    this.bytes.fill(0, offset, offset + length);
    this.#mark(offset, length, 0);
  }

  /** A page of which only a part becomes a hole stays stored. */
  #mark(offset: number, length: number, stored: 0 | 1): void {
    const end = offset + length;
    this.#dirty.fill(1, Math.floor(offset / PAGE_BYTES), Math.ceil(end / PAGE_BYTES));
    if (stored === 1) this.#stored.fill(1, Math.floor(offset / PAGE_BYTES), Math.ceil(end / PAGE_BYTES));
    else {
      const last = end === this.sizeBytes ? this.#stored.length : Math.floor(end / PAGE_BYTES);
      this.#stored.fill(0, Math.ceil(offset / PAGE_BYTES), Math.max(last, Math.ceil(offset / PAGE_BYTES)));
    }
  }
}
