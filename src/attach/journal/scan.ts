import { type FileHandle, open } from 'node:fs/promises';
import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { CONTROL_BYTES, type Control, parseControl } from './control.ts';
import { HEAD_BYTES, isWhole, parseHead, payloadBytes, RECORD_MAGIC, type RecordHead, TAG_BYTES } from './record.ts';
import type { Unread } from './recovery-plan.ts';

/** A record that was found, and where its payload lies. */
export interface Found {
  readonly head: RecordHead;
  readonly position: number;
}

export interface Scanned {
  readonly file: FileHandle;
  readonly control: Control;
  readonly turn: number;
  /** Whole records in order, up to the first that is not. */
  readonly records: readonly Found[];
  /** Behind the last of them. */
  readonly end: number;
  /** The highest `durable` that any whole record names, those behind a broken one included. */
  readonly durable: number;
}

const WINDOW_BYTES = 4 * 1024 * 1024;
const LONGEST = HEAD_BYTES + BLOCK_BYTES + TAG_BYTES;

/**
 * Reads a segment and leaves its file open. Undefined, and closed, if its control page is
 * unreadable.
 */
export async function scanSegment(path: string): Promise<Scanned | undefined> {
  const file = await open(path, 'r+');
  try {
    const scanned = await scanFile(file);
    if (scanned === undefined) await file.close();
    return scanned && { file, ...scanned };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function scanFile(file: FileHandle): Promise<Omit<Scanned, 'file'> | undefined> {
  const bytes = new Window(file);
  const found = parseControl(await bytes.at(0, CONTROL_BYTES));
  if (found === undefined) return undefined;
  const records: Found[] = [];
  let at = CONTROL_BYTES;
  let durable = 0;
  for (;;) {
    const record = await recordAt(bytes, at);
    if (record === undefined || record.head.sequence !== found.control.firstSequence + records.length) break;
    records.push(record);
    durable = Math.max(durable, record.head.durable);
    at = record.position + payloadBytes(record.head);
  }
  const behind = await recordsFrom(bytes, at + 1);
  return { ...found, records, end: at, durable: Math.max(durable, behind.durable) };
}

/** The fence under which a segment was begun. */
export async function fenceOf(path: string): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CONTROL_BYTES), 0, CONTROL_BYTES, 0);
    return parseControl(buffer.subarray(0, bytesRead))?.control.fence;
  } finally {
    await file.close();
  }
}

export async function scanUnread(path: string): Promise<Unread> {
  const file = await open(path, 'r');
  try {
    const bytes = new Window(file);
    const page = await bytes.at(0, CONTROL_BYTES);
    const isBlank = page.length < CONTROL_BYTES || page.every((byte) => byte === 0);
    return { isBlank, ...(await recordsFrom(bytes, CONTROL_BYTES)) };
  } finally {
    await file.close();
  }
}

async function recordAt(bytes: Window, at: number): Promise<Found | undefined> {
  const encoded = await bytes.at(at, HEAD_BYTES);
  const head = parseHead(encoded);
  if (head === undefined || (head.kind === 'DATA' && head.length > BLOCK_BYTES)) return undefined;
  const wanted = HEAD_BYTES + payloadBytes(head);
  const record = await bytes.at(at, wanted);
  if (record.length < wanted || !isWhole(record, record.subarray(HEAD_BYTES))) return undefined;
  return { head, position: at + HEAD_BYTES };
}

/** Looks behind what is broken for whole records, which say whether it had been acknowledged. */
async function recordsFrom(bytes: Window, begin: number): Promise<Pick<Unread, 'first' | 'durable'>> {
  let durable = 0;
  let first: number | undefined;
  for (let at = begin; ; ) {
    const window = await bytes.at(at, WINDOW_BYTES);
    if (window.length < HEAD_BYTES) return { first, durable };
    const next = window.indexOf(RECORD_MAGIC);
    if (next < 0) at += window.length - RECORD_MAGIC.length + 1;
    else {
      const record = await recordAt(bytes, at + next);
      at += next + 1;
      if (record === undefined) continue;
      durable = Math.max(durable, record.head.durable);
      first = Math.min(first ?? record.head.sequence, record.head.sequence);
      at = record.position + payloadBytes(record.head);
    }
  }
}

/** A part of a file in memory that moves on with what is read. */
class Window {
  readonly #file: FileHandle;
  readonly #memory = Buffer.allocUnsafe(WINDOW_BYTES + LONGEST);
  #from = 0;
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Fewer bytes than wanted at the end of the file. Valid until the next call. */
  async at(position: number, length: number): Promise<Buffer> {
    const begin = position - this.#from;
    if (begin < 0 || begin + length > this.#bytes) await this.#fill(position);
    const start = position - this.#from;
    return this.#memory.subarray(start, Math.min(start + length, this.#bytes));
  }

  async #fill(position: number): Promise<void> {
    this.#from = position;
    this.#bytes = 0;
    while (this.#bytes < this.#memory.length) {
      const room = this.#memory.length - this.#bytes;
      const { bytesRead } = await this.#file.read(this.#memory, this.#bytes, room, position + this.#bytes);
      if (bytesRead === 0) return;
      this.#bytes += bytesRead;
    }
  }
}
