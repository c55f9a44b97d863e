import { writevSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { FilePiece } from '../../client/threads/tasks.ts';
import { DeviceError } from '../../nbd/device.ts';
import type { Piece } from '../overlay/piece.ts';
import { CONTROL_BYTES, COPY_AT, type Control, encodeControl, type Intent } from './control.ts';
import { COVERED_BYTES, encodeHead, finishHead, HEAD_BYTES, payloadBytes, type RecordHead } from './record.ts';
import { recordNonce, sealRecord } from './seal.ts';

/** Where the bytes of a data record lie. */
export interface Run {
  readonly segment: Segment;
  readonly sequence: number;
  /** Of the payload's first byte in the file. */
  readonly position: number;
  readonly length: number;
}

/** A record to be appended. */
export interface Entry {
  readonly head: RecordHead;
  readonly data?: Buffer;
}

/**
 * One file of the journal: the records of one generation. It is open until it is discarded and the
 * last reader has gone.
 */
export class Segment {
  readonly path: string;
  #control: Control;
  #turn: number;
  readonly #file: FileHandle;
  readonly #key: Buffer | undefined;
  #end: number;
  #users = 1;
  #syncedTo: number;
  /** Of the control page that is on the medium for sure. */
  #syncedTurn = -1;
  #failure: DeviceError | undefined;
  #closed: Promise<void> | undefined;

  constructor(parts: SegmentParts) {
    this.path = parts.path;
    this.#control = parts.control;
    this.#turn = parts.turn;
    this.#file = parts.file;
    this.#key = parts.key;
    this.#end = parts.end;
    this.#syncedTo = parts.syncedTo;
  }

  static async create(path: string, control: Control, key: Buffer | undefined): Promise<Segment> {
    const file = await open(path, 'wx+', 0o600);
    try {
      const page = Buffer.alloc(CONTROL_BYTES);
      encodeControl(control, 0).copy(page, COPY_AT[0]);
      writeAll(file, [page], 0);
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    return new Segment({ path, control, turn: 0, file, key, end: CONTROL_BYTES, syncedTo: 0 });
  }

  get control(): Control {
    return this.#control;
  }

  get bytes(): number {
    return this.#end;
  }

  get isEmpty(): boolean {
    return this.#end === CONTROL_BYTES;
  }

  get isSynced(): boolean {
    return this.#failure === undefined && this.#syncedTo === this.#end;
  }

  /** Whether the medium once refused what was written: see {@link fail}. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Whether what the control page says is on the medium. */
  get isControlSynced(): boolean {
    return this.#syncedTurn === this.#turn;
  }

  /** Appends records whole or not at all; after a failure the segment takes no more. */
  async append(entries: readonly Entry[]): Promise<Run[]> {
    const runs: Run[] = [];
    const buffers: Buffer[] = [];
    let at = this.#end;
    for (const { head, data } of entries) {
      const encoded = encodeHead(head);
      const payload = data === undefined ? [] : this.#payload(head, encoded, data);
      finishHead(encoded, payload);
      buffers.push(encoded, ...payload);
      runs.push({ segment: this, sequence: head.sequence, position: at + HEAD_BYTES, length: head.length });
      at += HEAD_BYTES + payloadBytes(head);
    }
    try {
      writeAll(this.#file, buffers, this.#end);
    } catch (error) {
      // What lies behind the end is a torn record. Its room is needed elsewhere.
      await Promise.allSettled([this.#file.truncate(this.#end)]);
      throw error;
    }
    this.#end = at;
    return runs;
  }

  /** Says which version the records follow, once it is known. */
  async setBase(baseVersion: number): Promise<void> {
    await this.#setControl({ ...this.#control, baseVersion });
  }

  /** Says what is going to be committed, before it is. */
  async setIntent(intent: Intent): Promise<void> {
    await this.#setControl({ ...this.#control, intent });
  }

  /** What was appended before the call is on the medium afterwards. */
  async sync(): Promise<void> {
    this.#requireKept();
    const end = this.#end;
    if (this.#syncedTo >= end) return;
    await this.syncControl();
    this.#syncedTo = Math.max(this.#syncedTo, end);
  }

  async syncControl(): Promise<void> {
    this.#requireKept();
    const turn = this.#turn;
    try {
      await this.#file.datasync();
    } catch (error) {
      this.fail(error);
      throw error;
    }
    this.#requireKept(); // another call may have got the failure of pages that this one wanted, too
    this.#syncedTurn = Math.max(this.#syncedTurn, turn);
  }

  /**
   * From now on nothing here counts as being on the medium. Linux reports a write-back that failed
   * once, and takes the pages for written from then on: the next `datasync` succeeds without them.
   * They can still be read, and be committed to the service.
   */
  fail(error: unknown): void {
    const message = 'The journal’s medium did not take what was written.';
    this.#failure ??= new DeviceError('IO', message, { cause: error });
  }

  /** Keeps the file open, and so its records readable, until {@link leave}. */
  enter(): void {
    this.#users += 1;
  }

  leave(): void {
    this.#users -= 1;
    if (this.#users === 0) void Promise.allSettled([this.close()]);
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Closes the file, even if it is still in use. */
  close(): Promise<void> {
    this.#closed ??= this.#file.close();
    return this.#closed;
  }

  /** Removes the file, for new readers at least. */
  async discard(): Promise<void> {
    await rm(this.path, { force: true });
    this.leave();
  }

  /** Where a thread finds a piece's bytes; `at` is their place in its slot. */
  filePiece({ run, skip, from, to }: Piece<Run> & { readonly run: Run }, at: number): FilePiece {
    const { position, length, sequence } = run;
    const piece = { fd: this.#file.fd, position: position + skip, length: to - from, at };
    if (this.#key === undefined) return piece;
    const sealed = {
      key: this.#key,
      nonce: recordNonce(sequence),
      additionalAt: position - HEAD_BYTES,
      additionalBytes: COVERED_BYTES,
      position,
      length,
    };
    return { ...piece, sealed };
  }

  #requireKept(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #payload({ sequence }: RecordHead, encoded: Buffer, data: Buffer): Buffer[] {
    return this.#key === undefined ? [data] : sealRecord(this.#key, sequence, encoded, data);
  }

  async #setControl(control: Control): Promise<void> {
    const turn = this.#turn + 1;
    writeAll(this.#file, [encodeControl(control, turn)], COPY_AT[turn % 2] as number);
    this.#turn = turn;
    this.#control = control;
  }
}

export interface SegmentParts {
  readonly path: string;
  readonly control: Control;
  readonly turn: number;
  readonly file: FileHandle;
  readonly key: Buffer | undefined;
  /** Behind the last whole record. */
  readonly end: number;
  readonly syncedTo: number;
}

/**
 * Writes on the calling thread. Into the page cache, that takes a fifth of the time that another
 * thread would (docs/decisions/0020-writes-before-uploads.md). A medium that is too slow for what
 * is written to it holds the writer up here.
 */
function writeAll({ fd }: FileHandle, buffers: readonly Buffer[], position: number): void {
  const wanted = buffers.reduce((sum, { length }) => sum + length, 0);
  // A file system that is full takes what fits. Trying again would say no more than that.
  if (writevSync(fd, buffers, position) < wanted)
    throw new DeviceError('NO_SPACE', 'There is no room for the journal.');
}
