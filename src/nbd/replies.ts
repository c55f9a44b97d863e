import { CHUNK, type ErrorNumber, MAGIC, MAX_STRING_BYTES, REPLY_FLAG_DONE } from './constants.ts';
import type { StatusRun } from './contexts.ts';

/** By this the client knows which request a reply is for. */
export interface Cookie {
  readonly cookieHigh: number;
  readonly cookieLow: number;
}

const CHUNK_HEADER_BYTES = 20;

/** `error` is 0 for success. Data of a read follow by themselves. */
export function simpleReply({ cookieHigh, cookieLow }: Cookie, error: ErrorNumber | 0): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUInt32BE(MAGIC.simpleReply, 0);
  bytes.writeUInt32BE(error, 4);
  bytes.writeUInt32BE(cookieHigh, 8);
  bytes.writeUInt32BE(cookieLow, 12);
  return bytes;
}

/** Header of a data chunk; `length` bytes of data follow by themselves. */
export function dataChunk(cookie: Cookie, range: { offset: number; length: number }, done: boolean): Buffer {
  const bytes = chunk(cookie, CHUNK.OFFSET_DATA, { fixedBytes: 8, followingBytes: range.length, done });
  writeOffset(bytes, range.offset, CHUNK_HEADER_BYTES);
  return bytes;
}

export function holeChunk(cookie: Cookie, range: { offset: number; length: number }, done: boolean): Buffer {
  const bytes = chunk(cookie, CHUNK.OFFSET_HOLE, { fixedBytes: 12, followingBytes: 0, done });
  writeOffset(bytes, range.offset, CHUNK_HEADER_BYTES);
  bytes.writeUInt32BE(range.length, CHUNK_HEADER_BYTES + 8);
  return bytes;
}

export function statusChunk(cookie: Cookie, contextId: number, runs: readonly StatusRun[], done: boolean): Buffer {
  const bytes = chunk(cookie, CHUNK.BLOCK_STATUS, { fixedBytes: 4 + 8 * runs.length, followingBytes: 0, done });
  let at = bytes.writeUInt32BE(contextId, CHUNK_HEADER_BYTES);
  for (const { lengthBytes, flags } of runs) {
    at = bytes.writeUInt32BE(lengthBytes, at);
    at = bytes.writeUInt32BE(flags, at);
  }
  return bytes;
}

/** The last chunk of a reply that failed; the message is for people. */
export function errorChunk(cookie: Cookie, error: ErrorNumber, message: string): Buffer {
  const text = Buffer.from(message, 'utf8').subarray(0, MAX_STRING_BYTES);
  const bytes = chunk(cookie, CHUNK.ERROR, { fixedBytes: 6 + text.length, followingBytes: 0, done: true });
  bytes.writeUInt32BE(error, CHUNK_HEADER_BYTES);
  bytes.writeUInt16BE(text.length, CHUNK_HEADER_BYTES + 4);
  text.copy(bytes, CHUNK_HEADER_BYTES + 6);
  return bytes;
}

function chunk(
  { cookieHigh, cookieLow }: Cookie,
  type: number,
  options: { readonly fixedBytes: number; readonly followingBytes: number; readonly done: boolean },
): Buffer {
  const bytes = Buffer.allocUnsafe(CHUNK_HEADER_BYTES + options.fixedBytes);
  bytes.writeUInt32BE(MAGIC.structuredReply, 0);
  bytes.writeUInt16BE(options.done ? REPLY_FLAG_DONE : 0, 4);
  bytes.writeUInt16BE(type, 6);
  bytes.writeUInt32BE(cookieHigh, 8);
  bytes.writeUInt32BE(cookieLow, 12);
  bytes.writeUInt32BE(options.fixedBytes + options.followingBytes, 16);
  return bytes;
}

function writeOffset(bytes: Buffer, offset: number, at: number): void {
  bytes.writeUInt32BE(Math.floor(offset / 2 ** 32), at);
  bytes.writeUInt32BE(offset % 2 ** 32, at + 4);
}
