import { BLOCK_BYTES, blockCount } from '../../engine/blocks/block.ts';
import type { Bytes, Device, Extent, ExtentContext } from '../../nbd/device.ts';
import { DeviceError } from '../../nbd/device.ts';
import { asDeviceError } from '../errors.ts';
import { type ExtentsParts, listExtents } from '../extents/extents.ts';
import { Callers } from '../flow/callers.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

export interface AttachedDeviceParts {
  readonly sizeBytes: number;
  readonly name: string;
  readonly description: string;
  readonly reader: Reader;
  /** Nothing where the device is read-only. */
  readonly writer: Writer | undefined;
  readonly extents: ExtentsParts;
  /** Ends everything that was opened for the device. */
  readonly end: () => Promise<void>;
}

/** A disk or snapshot as a block device. */
export class AttachedDevice implements Device {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly name: string;
  readonly description: string;
  readonly #parts: AttachedDeviceParts;
  readonly #callers: Callers;
  #closed: Promise<void> | undefined;

  constructor(parts: AttachedDeviceParts) {
    this.#parts = parts;
    this.#callers = new Callers((caller) => parts.writer?.withdraw(caller));
    this.sizeBytes = parts.sizeBytes;
    this.readOnly = parts.writer === undefined;
    this.name = parts.name;
    this.description = parts.description;
  }

  read(offset: number, length: number, signal: AbortSignal): Promise<Bytes> {
    const read = () => this.#parts.reader.read(offset, length);
    return this.#guard(offset, length, () => this.#callers.run(signal, read, (bytes) => bytes.release()));
  }

  write(offset: number, data: Buffer, signal: AbortSignal): Promise<void> {
    return this.#guard(offset, data.length, () => this.#writerFor(signal).write(offset, data, signal));
  }

  zero(offset: number, length: number, signal: AbortSignal): Promise<void> {
    return this.#guard(offset, length, () => this.#writerFor(signal).zero(offset, length, signal));
  }

  trim(offset: number, length: number, signal: AbortSignal): Promise<void> {
    return this.zero(offset, length, signal);
  }

  flush(signal: AbortSignal): Promise<void> {
    const { writer } = this.#parts;
    return this.#guard(0, 0, () => this.#callers.run(signal, async () => writer?.flush()));
  }

  prefetch(offset: number, length: number): Promise<void> {
    return this.#guard(offset, length, async () => {
      const first = Math.floor(offset / BLOCK_BYTES);
      this.#parts.reader.prefetch(first, blockCount(offset + length) - first);
    });
  }

  extents(
    context: ExtentContext,
    offset: number,
    length: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly Extent[]> {
    const list = () => listExtents(this.#parts.extents, context, { offset, length, limit });
    return this.#guard(offset, length, () => this.#callers.run(signal, list));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    try {
      await this.#parts.writer?.close();
    } catch (error) {
      throw asDeviceError(error);
    } finally {
      await this.#parts.end();
    }
  }

  async #guard<T>(offset: number, length: number, task: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new DeviceError('SHUTDOWN', 'The device is being closed.');
    if (offset < 0 || length < 0 || offset + length > this.sizeBytes)
      throw new DeviceError('INVALID', `Bytes ${offset} to ${offset + length} are not within the device.`);
    try {
      return await task();
    } catch (error) {
      throw asDeviceError(error);
    }
  }

  /**
   * A write is not left alone while it has the caller's data. If it still waits for its turn, it is
   * taken back.
   */
  #writerFor(caller: AbortSignal): Writer {
    const { writer } = this.#parts;
    if (writer === undefined) throw new DeviceError('READ_ONLY', 'The device is read-only.');
    this.#callers.watch(caller);
    return writer;
  }
}
