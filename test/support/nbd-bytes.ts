/**
 * The client's side of the NBD protocol in a few lines, written from its text and not with the
 * server's own codecs.
 */

export const FLAGS = { fixed: 1, noZeroes: 2 } as const;

export const u16 = (value: number): Buffer => Buffer.from([value >>> 8, value & 0xff]);
export const u32 = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
export const u64 = (value: number | bigint): Buffer => Buffer.from(value.toString(16).padStart(16, '0'), 'hex');
export const text = (value: string): Buffer => Buffer.from(value, 'utf8');
export const named = (value: string): Buffer => Buffer.concat([u32(Buffer.byteLength(value)), text(value)]);

export function option(number: number, ...data: readonly Buffer[]): Buffer {
  const all = Buffer.concat(data);
  return Buffer.concat([text('IHAVEOPT'), u32(number), u32(all.length), all]);
}

export const go = (name: string, ...wanted: readonly number[]): Buffer =>
  option(7, named(name), u16(wanted.length), ...wanted.map(u16));

export const setContexts = (name: string, ...queries: readonly string[]): Buffer =>
  option(10, named(name), u32(queries.length), ...queries.map(named));

export interface RequestFields {
  readonly command: number;
  readonly flags?: number;
  readonly cookie?: number;
  readonly offset?: number | bigint;
  readonly length?: number;
  readonly data?: Buffer;
  readonly magic?: number;
}

export function request(fields: RequestFields): Buffer {
  const { command, flags = 0, cookie = 1, offset = 0, data = Buffer.alloc(0), magic = 0x25609513 } = fields;
  const { length = data.length } = fields;
  return Buffer.concat([u32(magic), u16(flags), u16(command), u64(cookie), u64(offset), u32(length), data]);
}

export interface OptionReply {
  readonly option: number;
  readonly type: number;
  readonly data: Buffer;
}

export interface Chunk {
  readonly kind: 'simple' | 'structured';
  readonly cookie: number;
  /** Of simple replies the error, of structured ones the chunk's type. */
  readonly type: number;
  readonly done: boolean;
  readonly data: Buffer;
}

/** Reads what a server said, strictly; throws where it is not what the protocol says. */
export class ServerBytes {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Buffer {
    if (length > this.left) throw new Error(`The server's bytes end early: ${length} wanted, ${this.left} left.`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  greeting(): number {
    const magic = this.take(16).toString('latin1');
    if (magic !== 'NBDMAGICIHAVEOPT') throw new Error('The greeting is none.');
    return this.take(2).readUInt16BE();
  }

  optionReply(): OptionReply {
    if (this.take(8).toString('hex') !== '0003e889045565a9')
      throw new Error('What should be a reply to an option is none.');
    const option = this.take(4).readUInt32BE();
    const type = this.take(4).readUInt32BE();
    return { option, type, data: this.take(this.take(4).readUInt32BE()) };
  }

  /** Replies up to and with the last one to an option. */
  optionReplies(): OptionReply[] {
    const replies: OptionReply[] = [];
    for (;;) {
      const reply = this.optionReply();
      replies.push(reply);
      if (reply.type === 1 || reply.type >= 2 ** 31) return replies;
    }
  }

  /** `readLength` tells how many bytes of data a successful simple reply has. */
  chunk(readLength: (cookie: number) => number = () => 0): Chunk {
    const magic = this.take(4).readUInt32BE();
    if (magic === 0x67446698) {
      const error = this.take(4).readUInt32BE();
      const cookie = Number(this.take(8).readBigUInt64BE());
      return { kind: 'simple', cookie, type: error, done: true, data: this.take(error === 0 ? readLength(cookie) : 0) };
    }
    if (magic !== 0x668e33ef) throw new Error('What should be a reply is none.');
    const flags = this.take(2).readUInt16BE();
    const type = this.take(2).readUInt16BE();
    const cookie = Number(this.take(8).readBigUInt64BE());
    return { kind: 'structured', cookie, type, done: (flags & 1) === 1, data: this.take(this.take(4).readUInt32BE()) };
  }
}
