/**
 * The object store: immutable bytes under keys.
 *
 * Promises every adapter keeps (test/platform/objects-suite.ts): A `put` that was acknowledged is
 * seen by every later call. `put` of the same key again is harmless. A missing key is `undefined`,
 * never an exception. `remove` of a missing key succeeds. Passing trouble is retried inside, within
 * a bound, and then thrown as `VarveError('Throttled')`.
 */
export interface ObjectStore {
  /** Once it is acknowledged it outlives a power cut. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * What was uploaded under these keys by signed URLs outlives a power cut once this ends. Keys
   * without an object do no harm. To be asked for before anything refers to an object.
   */
  persist(keys: readonly string[]): Promise<void>;
  get(key: string): Promise<Buffer | undefined>;
  head(key: string): Promise<ObjectHead | undefined>;
  /** At most 1000 keys a call. */
  remove(keys: readonly string[]): Promise<void>;
  /** Keys in ascending order after `after`, at most `limit` (≤ 1000). */
  list(prefix: string, options: { readonly after?: string; readonly limit: number }): Promise<ObjectPage>;
  /** A URL that lets its holder GET this one key until it ends. */
  signGet(key: string, ttlSeconds: number): Promise<string>;
  /**
   * A URL that lets its holder PUT exactly `sizeBytes` bytes with this SHA-256 under this one key;
   * send `headers` too.
   */
  signPut(key: string, content: PutContent, ttlSeconds: number): Promise<SignedPut>;
}

export interface ObjectHead {
  readonly sizeBytes: number;
  /**
   * SHA-256 of the bytes as they were uploaded, hex; absent where the store was given none to
   * check.
   */
  readonly sha256?: string;
}

export interface ObjectPage {
  readonly keys: readonly { readonly key: string; readonly sizeBytes: number; readonly modifiedAt: number }[];
  readonly more: boolean;
}

export interface PutContent {
  readonly sizeBytes: number;
  /** SHA-256 of the stored bytes, hex. */
  readonly sha256: string;
}

export interface SignedPut {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
