/**
 * Large files for people and other programs, beside the objects: written in parts, read by a signed
 * URL.
 *
 * Promises every adapter keeps (test/platform/files-suite.ts): A part that was acknowledged is
 * listed by every later call, and outlives a power cut. The same part again replaces it. A file
 * appears whole, by `complete`, or not at all. Nothing of an upload that was aborted stays. What is
 * not there any more is answered, never thrown: another worker may have ended it. Passing trouble
 * is retried inside, within a bound, and then thrown as `VarveError('Throttled')`. A place that
 * refuses for good throws `InvalidParameter` with the field `bucket`.
 *
 * A read names the state of the file that it is of. If the file has been replaced since, the answer
 * is `undefined`, and never bytes of two states.
 */
export interface FileStore {
  /** Begins an upload, and answers its id. There may be several of one key. */
  begin(key: string): Promise<string>;
  /** The uploads of exactly this key that are under way, in a stable order, at most 100. */
  uploads(key: string): Promise<readonly string[]>;
  /** The parts that are there, in their order; undefined: there is no such upload any more. */
  parts(upload: FileUpload): Promise<readonly UploadedPart[] | undefined>;
  /** False: there is no such upload any more. */
  putPart(upload: FileUpload, number: number, bytes: Uint8Array): Promise<boolean>;
  /** Makes the file of all parts. False: there is no such upload any more. */
  complete(upload: FileUpload, parts: readonly UploadedPart[]): Promise<boolean>;
  /** Of one that is not there it succeeds. */
  abort(upload: FileUpload): Promise<void>;
  /** The length of a file that is there. */
  size(key: string): Promise<number | undefined>;
  /** The file as it is now. */
  look(key: string): Promise<FileState | undefined>;
  /** Exactly these bytes, within the file. Undefined: it is not in this state any more. */
  read(state: FileState, offset: number, length: number): Promise<Buffer | undefined>;
  /** Of a missing key it succeeds. */
  remove(key: string): Promise<void>;
  /** A URL that lets its holder GET this one file until it ends. */
  signGet(key: string, ttlSeconds: number): Promise<string>;
}

/** A file at an instant. */
export interface FileState {
  readonly key: string;
  readonly sizeBytes: number;
  /** As the store says it. It changes with the bytes. */
  readonly etag: string;
}

export interface FileUpload {
  readonly key: string;
  readonly id: string;
  /** Of every part but the last. */
  readonly partBytes: number;
}

/** Parts are numbered from 1 on. */
export interface UploadedPart {
  readonly number: number;
  readonly sizeBytes: number;
  /** As the store says it, which `complete` wants back. */
  readonly etag: string;
}

/** The most parts of a file. Each but the last has 5 MiB at least. Both are limits of S3. */
export const MOST_PARTS = 10_000;
