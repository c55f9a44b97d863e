import { COMMAND, COMMAND_FLAG, ERROR, type ErrorNumber, MAX_PAYLOAD_BYTES } from './constants.ts';
import type { Request } from './requests.ts';

/** What is known of an export and was agreed on with the client. */
export interface Terms {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly structured: boolean;
  /** Whether the client selected contexts for BLOCK_STATUS. */
  readonly contexts: boolean;
}

/**
 * What a request comes to: an operation within the export's bounds, or the error that the protocol
 * names.
 */
export type Plan =
  | { readonly kind: 'read'; readonly whole: boolean }
  | { readonly kind: 'write'; readonly durable: boolean }
  | { readonly kind: 'zero'; readonly durable: boolean }
  | { readonly kind: 'trim'; readonly durable: boolean }
  | { readonly kind: 'flush' }
  | { readonly kind: 'prefetch' }
  | { readonly kind: 'status'; readonly one: boolean }
  | { readonly kind: 'disconnect' }
  | Refusal;

export interface Refusal {
  readonly kind: 'refuse';
  readonly error: ErrorNumber;
  readonly message: string;
}

export function refusal(error: ErrorNumber, message: string): Refusal {
  return { kind: 'refuse', error, message };
}

const { FUA, NO_HOLE, DF, REQ_ONE, FAST_ZERO } = COMMAND_FLAG;

/** FUA is valid with every command; where nothing is written it means nothing. */
const ALLOWED_FLAGS: Readonly<Record<number, number>> = {
  [COMMAND.READ]: FUA | DF,
  [COMMAND.WRITE]: FUA,
  [COMMAND.FLUSH]: FUA,
  [COMMAND.TRIM]: FUA,
  [COMMAND.CACHE]: FUA,
  [COMMAND.WRITE_ZEROES]: FUA | NO_HOLE | FAST_ZERO,
  [COMMAND.BLOCK_STATUS]: FUA | REQ_ONE,
};

/**
 * Plain decisions: nothing is touched. The payload of a refused write is still to be taken off the
 * stream.
 */
export function planRequest(request: Request, terms: Terms): Plan {
  const { command, flags, length } = request;
  if (command === COMMAND.DISC) return { kind: 'disconnect' };
  const allowed = ALLOWED_FLAGS[command];
  if (allowed === undefined) return refusal(ERROR.EINVAL, `Command ${command} is not known.`);
  if ((flags & ~allowed) !== 0 || ((flags & DF) !== 0 && !terms.structured))
    return refusal(ERROR.EINVAL, 'A flag does not belong to this command.');
  if (command === COMMAND.FLUSH) {
    if (request.offset !== 0 || length !== 0) return refusal(ERROR.EINVAL, 'A flush has no range.');
    return { kind: 'flush' };
  }
  const writing = command === COMMAND.WRITE || command === COMMAND.WRITE_ZEROES || command === COMMAND.TRIM;
  if (writing && terms.readOnly) return refusal(ERROR.EPERM, 'The export is read-only.');
  if (length === 0) return refusal(ERROR.EINVAL, 'The range is empty.');
  if (command === COMMAND.WRITE && length > MAX_PAYLOAD_BYTES)
    return refusal(ERROR.EINVAL, `More than ${MAX_PAYLOAD_BYTES} bytes at once.`);
  if (request.offset + length > terms.sizeBytes) {
    const full = command === COMMAND.WRITE || command === COMMAND.WRITE_ZEROES;
    return refusal(full ? ERROR.ENOSPC : ERROR.EINVAL, `The range ends beyond the ${terms.sizeBytes} bytes there are.`);
  }
  return planRange(request, terms);
}

function planRange({ command, flags, length }: Request, terms: Terms): Plan {
  const durable = (flags & FUA) !== 0;
  switch (command) {
    case COMMAND.READ:
      if (length > MAX_PAYLOAD_BYTES)
        // Clients that speak of fragments know EOVERFLOW; to others it is a surprise.
        return refusal(
          terms.structured ? ERROR.EOVERFLOW : ERROR.EINVAL,
          `More than ${MAX_PAYLOAD_BYTES} bytes at once.`,
        );
      return { kind: 'read', whole: (flags & DF) !== 0 };
    case COMMAND.WRITE:
      return { kind: 'write', durable };
    case COMMAND.TRIM:
      return { kind: 'trim', durable };
    case COMMAND.CACHE:
      return { kind: 'prefetch' };
    case COMMAND.WRITE_ZEROES:
      // Zeros are a note in the block map. NO_HOLE asks for room that later writes find; a device
      // keeps no room for anything, so a hole is as good.
      return { kind: 'zero', durable };
    default:
      if (!terms.contexts) return refusal(ERROR.EINVAL, 'No metadata context was selected.');
      return { kind: 'status', one: (flags & REQ_ONE) !== 0 };
  }
}
