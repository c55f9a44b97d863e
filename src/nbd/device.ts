/** Bytes that were read, in order; together they are as long as what was asked for. */
export interface Bytes {
  /** Maybe views of a cache: nobody writes to them. */
  readonly chunks: readonly Buffer[];
  /** The chunks are looked at no more. Called once. */
  release(): void;
}

/** A run of bytes of one kind. */
export interface Extent {
  readonly lengthBytes: number;
  /** Nothing is stored for it. */
  readonly hole: boolean;
  /** Reads as zeros. */
  readonly zero: boolean;
  /** Changed since the disk's last snapshot. */
  readonly dirty: boolean;
}

export type ExtentContext = 'allocation' | 'dirty';

/**
 * What an export serves: a disk, or a snapshot for reading. All connections of an export share one
 * device, so what one of them flushed is durable for all.
 *
 * Offsets and lengths are bytes. The caller keeps them within the size, asks for at least one byte,
 * and writes nothing if `readOnly` is set. Calls may overlap in time; two that touch the same bytes
 * at once have no order. Everything rejects with a `DeviceError`. Any other rejection counts as
 * `IO`, an abort by `signal`, too.
 */
export interface Device {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  /** Under which clients ask for it. */
  readonly name: string;
  /** For people, in the list of exports. */
  readonly description: string;
  read(offset: number, length: number, signal: AbortSignal): Promise<Bytes>;
  /** `data` may be reused by the caller once the promise settles. */
  write(offset: number, data: Buffer, signal: AbortSignal): Promise<void>;
  /**
   * The range reads as zeros afterwards, and may become a hole. A device provisions nothing, so a
   * hole takes later writes as well as zeros that are stored.
   */
  zero(offset: number, length: number, signal: AbortSignal): Promise<void>;
  /** The range's contents are needed no more. */
  trim(offset: number, length: number, signal: AbortSignal): Promise<void>;
  /**
   * Everything whose promise resolved before this call is durable as the chosen mode promises.
   * Concurrent calls share work.
   */
  flush(signal: AbortSignal): Promise<void>;
  /** A hint that the range will be read soon. */
  prefetch(offset: number, length: number, signal: AbortSignal): Promise<void>;
  /**
   * In order, gapless from `offset`, at most `limit` extents. May end early, but not before the
   * first.
   */
  extents(
    context: ExtentContext,
    offset: number,
    length: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly Extent[]>;
  /** Flushes, and gives the lease back. */
  close(): Promise<void>;
}

export type DeviceErrorKind = 'IO' | 'NO_SPACE' | 'READ_ONLY' | 'INVALID' | 'FENCED' | 'SHUTDOWN';

/**
 * Why a device refused or failed; `kind` decides the protocol's error number, the message is for
 * people.
 */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly kind: DeviceErrorKind;

  constructor(kind: DeviceErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
