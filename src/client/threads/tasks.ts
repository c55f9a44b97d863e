import type { ObjectId } from '../../engine/blocks/block.ts';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import type { Extent, ImageFormat } from '../../formats/image.ts';
import type { PackedCompression } from '../../formats/qcow2/header-bytes.ts';
import type { Staging } from '../../platform/objects/folder/direct.ts';

/** What a thread is given when it starts. Threads share the process's file descriptors. */
export interface ThreadSetup {
  readonly memory: SharedArrayBuffer;
  /** The image that blocks are read from (import, sync) or written to (export). */
  readonly image?: ImageFile | undefined;
  /** An image file that is read instead, by the extents that tasks bring. */
  readonly formatted?: ImageSetup | undefined;
  readonly keys?: BlockKeys | undefined;
}

export interface ImageFile {
  readonly fd: number;
  readonly sizeBytes: number;
  /** For messages. */
  readonly path: string;
}

export interface ImageSetup {
  readonly format: ImageFormat;
  /** Those that extents refer to. */
  readonly files: readonly ImageFile[];
}

export interface ByteRange {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** The id of a block, or nothing for a hole. */
export type BlockName = ObjectId | undefined;

interface Extents {
  /** What the blocks consist of, if the image is formatted. */
  readonly extents?: readonly Extent[] | undefined;
}

/** The work that threads do: everything that touches all bytes of a block. */
export interface Tasks {
  /** Names blocks of the image without keeping them. */
  scan: { input: { first: number; count: number } & Extents; result: BlockName[] };
  /** Reads consecutive blocks of the image into slots and names them. */
  load: { input: { first: number; slots: readonly number[] } & Extents; result: BlockName[] };
  /**
   * As `scan`, or as `load` where `slots` are given: what cannot be read counts as zeros, and is
   * `lost`.
   */
  rescue: {
    input: { first: number; count: number; slots?: readonly number[] | undefined };
    result: { names: BlockName[]; lost: ByteRange[] };
  };
  /**
   * Names blocks from byte `at` on, of an image that is written to: undefined also for what cannot
   * be read.
   */
  held: { input: { at: number; count: number }; result: BlockName[] };
  /** Names plain blocks that are in slots already. */
  name: { input: { slots: readonly number[] }; result: BlockName[] };
  /**
   * Turns a plain block into its stored form in `slot`. The block is taken from slot `from`, which
   * stays as it is; without that, from `slot` itself.
   */
  encode: { input: { slot: number; id: ObjectId; from?: number }; result: EncodedObject };
  /** Reads the file of an object into a slot; how many bytes. Undefined if that did not work. */
  take: { input: { slot: number; path: string }; result: number | undefined };
  /** Stages `bytes` of a slot in the folder of the objects; whether that worked. */
  stage: { input: Staging & { slot: number; bytes: number }; result: boolean };
  /**
   * Turns the stored form in a slot into the plain block, in the same slot, after every check. The
   * block's GMAC, if `tagKey` is given.
   */
  decode: { input: StoredBlock & Tagging; result: Uint8Array | undefined };
  /**
   * As `decode`, and writes the block to byte `at` of the image; only its first `bytes`, if given.
   */
  store: { input: StoredBlock & { at: number; bytes?: number }; result: undefined };
  /**
   * As `decode`, and compresses the first clusters of the block for a qcow2 file, one behind the
   * other in the same slot: their lengths, 0 for zeros. Undefined if that saves too little: then
   * the block is in the slot as it is.
   */
  pack: { input: StoredBlock & { compression: PackedCompression; clusters: number }; result: number[] | undefined };
  /** Reads pieces of files into a slot. */
  overlay: { input: { slot: number; pieces: readonly FilePiece[] }; result: undefined };
  /** Keeps `bytes` of a slot as an entry of a cache folder, where another of its kind may be. */
  keep: { input: EntryPlace & { slot: number; bytes: number }; result: undefined };
  /**
   * Reads an entry of a cache folder into a slot, as the plain block, after every check. With the
   * block's GMAC, if it was there and `tagKey` is given.
   */
  recall: { input: EntryPlace & Tagging & { slot: number }; result: Recalled };
  /** Sums of the pages of the plain block in a slot. */
  sums: { input: { slot: number }; result: Uint32Array };
  /** Makes a range of the image read as zeros, writing only where it does not. */
  clear: { input: { first: number; count: number }; result: undefined };
}

export type TaskKind = keyof Tasks;
export type Task = { [K in TaskKind]: { readonly kind: K } & Tasks[K]['input'] }[TaskKind];
export type ResultOf<K extends TaskKind> = Tasks[K]['result'];

/** Bytes of a file that go to a place in a slot. */
export interface FilePiece {
  readonly fd: number;
  /** Of the first byte wanted. */
  readonly position: number;
  readonly length: number;
  /** Where in the slot they go. */
  readonly at: number;
  readonly sealed?: SealedRun;
}

/**
 * AES-256-GCM. At `position` stands the sealed run of `length` bytes, with its tag behind; at
 * `additionalAt`, the `additionalBytes` that are bound to it.
 */
export interface SealedRun {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly additionalAt: number;
  readonly additionalBytes: number;
  readonly position: number;
  readonly length: number;
}

/** Where a block lies in a cache folder; the folder is made if it is not there. */
export interface EntryPlace {
  readonly path: string;
  readonly id: ObjectId;
  /** Whether it is kept in the sealed form, as blocks of encrypted domains are. */
  readonly sealed: boolean;
}

export type EntryOutcome = 'HIT' | 'MISS' | 'DAMAGED';

interface Recalled {
  readonly outcome: EntryOutcome;
  readonly tag?: Uint8Array | undefined;
}

interface Tagging {
  readonly tagKey?: Uint8Array | undefined;
}

/** A stored form that has been received into a slot. */
export interface StoredBlock {
  readonly slot: number;
  readonly id: ObjectId;
  readonly storedBytes: number;
  /** Whether it must be of the encrypted domain whose keys the thread has. */
  readonly sealed: boolean;
}

export interface EncodedObject {
  readonly storedBytes: number;
  /** SHA-256 of the stored form, hex. */
  readonly sha256: string;
}

/** What travels between the threads: tasks, to be done in this order and answered together. */
export interface TaskMessage {
  /** Of the message. */
  readonly id: number;
  readonly tasks: readonly Task[];
}

/** The outcome of each task, in their order. */
export interface ReplyMessage {
  readonly id: number;
  readonly outcomes: readonly TaskOutcome[];
}

export type TaskOutcome = { readonly result: ResultOf<TaskKind> } | { readonly error: ThreadError };

export interface ThreadError {
  readonly message: string;
  readonly code?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}
