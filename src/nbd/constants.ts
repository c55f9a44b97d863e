/**
 * Numbers of the NBD protocol, named as in its text
 * (https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md).
 */

export const MAGIC = {
  /** `NBDMAGIC` and `IHAVEOPT`: how the server greets. */
  greeting: Buffer.from('NBDMAGICIHAVEOPT', 'latin1'),
  /** `IHAVEOPT`, before each option. */
  option: Buffer.from('IHAVEOPT', 'latin1'),
  optionReply: Buffer.from('0003e889045565a9', 'hex'),
  request: 0x25609513,
  simpleReply: 0x67446698,
  structuredReply: 0x668e33ef,
} as const;

export const HANDSHAKE_FLAG = { FIXED_NEWSTYLE: 1 << 0, NO_ZEROES: 1 << 1 } as const;

export const TRANSMISSION_FLAG = {
  HAS_FLAGS: 1 << 0,
  READ_ONLY: 1 << 1,
  SEND_FLUSH: 1 << 2,
  SEND_FUA: 1 << 3,
  SEND_TRIM: 1 << 5,
  SEND_WRITE_ZEROES: 1 << 6,
  SEND_DF: 1 << 7,
  CAN_MULTI_CONN: 1 << 8,
  SEND_CACHE: 1 << 10,
  SEND_FAST_ZERO: 1 << 11,
} as const;

export const OPTION = {
  EXPORT_NAME: 1,
  ABORT: 2,
  LIST: 3,
  STARTTLS: 5,
  INFO: 6,
  GO: 7,
  STRUCTURED_REPLY: 8,
  LIST_META_CONTEXT: 9,
  SET_META_CONTEXT: 10,
} as const;

export const OPTION_REPLY = { ACK: 1, SERVER: 2, INFO: 3, META_CONTEXT: 4 } as const;

export const OPTION_ERROR = {
  UNSUP: 0x80000001,
  POLICY: 0x80000002,
  INVALID: 0x80000003,
  TLS_REQD: 0x80000005,
  UNKNOWN: 0x80000006,
  TOO_BIG: 0x80000009,
} as const;
export type OptionError = (typeof OPTION_ERROR)[keyof typeof OPTION_ERROR];

export const INFO = { EXPORT: 0, NAME: 1, DESCRIPTION: 2, BLOCK_SIZE: 3 } as const;

export const COMMAND = {
  READ: 0,
  WRITE: 1,
  DISC: 2,
  FLUSH: 3,
  TRIM: 4,
  CACHE: 5,
  WRITE_ZEROES: 6,
  BLOCK_STATUS: 7,
} as const;

export const COMMAND_FLAG = { FUA: 1 << 0, NO_HOLE: 1 << 1, DF: 1 << 2, REQ_ONE: 1 << 3, FAST_ZERO: 1 << 4 } as const;

export const REPLY_FLAG_DONE = 1;

export const CHUNK = { NONE: 0, OFFSET_DATA: 1, OFFSET_HOLE: 2, BLOCK_STATUS: 5, ERROR: 0x8001 } as const;

export const ERROR = {
  EPERM: 1,
  EIO: 5,
  EINVAL: 22,
  ENOSPC: 28,
  EOVERFLOW: 75,
  ESHUTDOWN: 108,
} as const;
export type ErrorNumber = (typeof ERROR)[keyof typeof ERROR];

/** Of base:allocation. Of varve:dirty, as of qemu's dirty bitmaps, the first bit means dirty. */
export const STATE = { HOLE: 1 << 0, ZERO: 1 << 1, DIRTY: 1 << 0 } as const;

/** Longest string that the protocol allows. */
export const MAX_STRING_BYTES = 4096;
/** What clients may count on without asking, and qemu's and libnbd's own limit too. */
export const MAX_PAYLOAD_BYTES = 32 * 1024 * 1024;
export const MIN_BLOCK_BYTES = 1;
/** Pages of guests; the device joins small writes to whole blocks by itself. */
export const PREFERRED_BLOCK_BYTES = 4096;
