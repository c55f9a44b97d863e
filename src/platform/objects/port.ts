/**
 * The object store: immutable bytes under keys.
 *
 * Promises every adapter keeps (test/platform/objects-suite.ts): A `put` that was acknowledged is
 * seen by every later call. `put` of the same key again is harmless. A missing key is `undefined`,
 * never an exception. `remove` of a missing key succeeds. Passing trouble is retried inside, within
 * a bound, and then thrown as `VarveError('Throttled')`.
 *
 * `put` replaces the bytes that lie there. The holder of a signed PUT replaces none, unless the
 * {@link PutCondition} names those very bytes. A store that does not keep this promise lets any
 * client replace what others have stored.
 */
export interface ObjectStore {
  /** Once it is acknowledged it outlives a power cut. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * The same if nothing lies under the key. False if something does, which it leaves as it is: that
   * may be what an earlier try of this very call has put there.
   */
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
  /**
   * What was uploaded under these keys by signed URLs outlives a power cut once this ends. Keys
   * without an object do no harm. To be asked for before anything refers to an object.
   */
  persist(keys: readonly string[]): Promise<void>;
  get(key: string): Promise<Buffer | undefined>;
  /** The bytes, and what a signed PUT names them by. */
  read(key: string): Promise<StoredObject | undefined>;
  /**
   * Where its objects are files of this machine: gives `use` the path of one. `use` answers
   * `undefined` if no file is there, and is then asked again if the object has moved meanwhile.
   */
  withFile?<Found>(key: string, use: (file: ObjectFile) => Promise<Found | undefined>): Promise<Found | undefined>;
  head(key: string): Promise<ObjectHead | undefined>;
  /**
   * Takes the object `from` of another store over, under the key `to`: where the stores can, from
   * one to the other. Seen at once; it outlives a power cut after {@link persist}. Answers what is
   * here now, or `undefined` if the other store has no such object. Throws `ObjectDamaged` if the
   * bytes are not those that the other store was given.
   */
  copyFrom(source: ObjectStore, from: string, to: string): Promise<ObjectHead | undefined>;
  /** How a store of the same kind gets at the objects here without reading them; absent: not. */
  readonly copySource?: () => Promise<CopySource>;
  /** At most 1000 keys a call. */
  remove(keys: readonly string[]): Promise<void>;
  /** Keys in ascending order after `after`, at most `limit` (≤ 1000). */
  list(prefix: string, options: { readonly after?: string; readonly limit: number }): Promise<ObjectPage>;
  /** A URL that lets its holder GET this one key until it ends. */
  signGet(key: string, ttlSeconds: number): Promise<string>;
  /**
   * A URL that lets its holder PUT exactly `sizeBytes` bytes with this SHA-256 under this one key;
   * send `headers` too. Where the condition does not hold the PUT is answered with status 412, and
   * changes nothing; 409 asks to try it again.
   */
  signPut(key: string, content: PutContent, grant: PutGrant): Promise<SignedPut>;
}

export interface PutGrant {
  readonly ttlSeconds: number;
  readonly when: PutCondition;
}

/** What must lie under the key: nothing, or the bytes with this `etag`. */
export type PutCondition = 'absent' | { readonly etag: string };

export interface StoredObject {
  readonly bytes: Buffer;
  /** As the store says it; changes with the bytes. */
  readonly etag: string;
  /** SHA-256 that the store was given with the bytes, hex; absent where it keeps none. */
  readonly sha256?: string;
}

export interface ObjectFile {
  readonly path: string;
  /** As of a {@link StoredObject}. */
  readonly sha256: string | undefined;
}

export interface CopySource {
  /** Stores with the same realm can copy from each other. */
  readonly realm: string;
  readonly bucket: string;
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

/** What keys of exported files begin with, in every bucket; see ../files/port.ts. */
export const EXPORTS = 'exports/';

/** What keys of files begin with that are to be imported, in the stores of regions. */
export const IMPORTS = 'imports/';
