import { MAGIC, MAX_STRING_BYTES, OPTION_ERROR, OPTION_REPLY, type OptionError } from './constants.ts';
import { type ContextQuery, type MetaContext, parseQuery } from './contexts.ts';

/** What a client sends while options are negotiated. */
export interface OptionHeader {
  readonly option: number;
  readonly lengthBytes: number;
}

export const OPTION_HEADER_BYTES = 16;

/** Nothing where these are not the bytes of an option: the client speaks something else. */
export function parseOptionHeader(bytes: Buffer): OptionHeader | undefined {
  if (!bytes.subarray(0, 8).equals(MAGIC.option)) return undefined;
  return { option: bytes.readUInt32BE(8), lengthBytes: bytes.readUInt32BE(12) };
}

export function optionReply(option: number, type: number, ...data: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(20);
  MAGIC.optionReply.copy(header);
  header.writeUInt32BE(option, 8);
  header.writeUInt32BE(type, 12);
  header.writeUInt32BE(
    data.reduce((sum, { length }) => sum + length, 0),
    16,
  );
  return Buffer.concat([header, ...data]);
}

export const acknowledge = (option: number): Buffer => optionReply(option, OPTION_REPLY.ACK);

export function refuseOption(option: number, refusal: OptionRefusal): Buffer {
  return optionReply(option, refusal.error, Buffer.from(refusal.message, 'utf8'));
}

/** Why an option was not taken; the message is for people. */
export class OptionRefusal extends Error {
  readonly error: OptionError;

  constructor(error: OptionError, message: string) {
    super(message);
    this.error = error;
  }
}

export const invalidOption = (message: string): OptionRefusal => new OptionRefusal(OPTION_ERROR.INVALID, message);

export interface ExportQuestion {
  readonly name: string;
  /** Kinds of information asked for. */
  readonly wanted: ReadonlySet<number>;
}

/** Data of INFO and GO. Throws an `OptionRefusal`. */
export function parseExportQuestion(data: Buffer): ExportQuestion {
  const reader = new OptionReader(data);
  const name = reader.string();
  const count = reader.uint16();
  const wanted = new Set<number>();
  for (let at = 0; at < count; at++) wanted.add(reader.uint16());
  reader.end();
  return { name, wanted };
}

export interface ContextQuestion {
  readonly name: string;
  readonly queries: readonly ContextQuery[];
}

/** Data of LIST_META_CONTEXT and SET_META_CONTEXT. Throws an `OptionRefusal`. */
export function parseContextQuestion(data: Buffer): ContextQuestion {
  const reader = new OptionReader(data);
  const name = reader.string();
  const count = reader.uint32();
  const queries: ContextQuery[] = [];
  for (let at = 0; at < count; at++) {
    const query = parseQuery(reader.string());
    if (query === undefined) throw invalidOption('A query begins with a namespace and a colon.');
    queries.push(query);
  }
  reader.end();
  return { name, queries };
}

export function contextReply(option: number, context: MetaContext, id: number): Buffer {
  return optionReply(option, OPTION_REPLY.META_CONTEXT, uint32(id), Buffer.from(context.name, 'utf8'));
}

/**
 * Reads names and numbers of an option's data. Throws an `OptionRefusal` if one goes beyond the end
 * or is no text.
 */
class OptionReader {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  uint16(): number {
    return this.#take(2).readUInt16BE();
  }

  uint32(): number {
    return this.#take(4).readUInt32BE();
  }

  string(): string {
    return parseString(this.#take(this.uint32()));
  }

  end(): void {
    if (this.#at !== this.#data.length) throw invalidOption('The option is longer than what it says.');
  }

  #take(length: number): Buffer {
    if (length > this.#data.length - this.#at) throw invalidOption('The option is shorter than what it says.');
    this.#at += length;
    return this.#data.subarray(this.#at - length, this.#at);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws an `OptionRefusal` where the bytes are not a text as the protocol allows it. */
export function parseString(bytes: Buffer): string {
  if (bytes.length > MAX_STRING_BYTES)
    throw new OptionRefusal(OPTION_ERROR.TOO_BIG, `A text is longer than ${MAX_STRING_BYTES} bytes.`);
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    throw invalidOption('A text is not UTF-8.');
  }
  if (text.includes('\0')) throw invalidOption('A text contains a NUL.');
  return text;
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
