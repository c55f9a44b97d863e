import { MAGIC } from './constants.ts';

/** What a client asks for in the transmission phase. */
export interface Request {
  readonly flags: number;
  readonly command: number;
  /** Both halves of what stands for the request in replies. */
  readonly cookieHigh: number;
  readonly cookieLow: number;
  /** Exact below 2^53, which every size is far below. */
  readonly offset: number;
  readonly length: number;
}

export const REQUEST_BYTES = 28;

/** Nothing where these are not the bytes of a request: the stream is out of step. */
export function parseRequest(bytes: Buffer): Request | undefined {
  if (bytes.readUInt32BE(0) !== MAGIC.request) return undefined;
  return {
    flags: bytes.readUInt16BE(4),
    command: bytes.readUInt16BE(6),
    cookieHigh: bytes.readUInt32BE(8),
    cookieLow: bytes.readUInt32BE(12),
    offset: bytes.readUInt32BE(16) * 2 ** 32 + bytes.readUInt32BE(20),
    length: bytes.readUInt32BE(24),
  };
}
