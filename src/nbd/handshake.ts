import type { ByteQueue } from './byte-queue.ts';
import { HANDSHAKE_FLAG, MAGIC, OPTION, OPTION_ERROR } from './constants.ts';
import { listContexts, type MetaContext, selectContexts } from './contexts.ts';
import type { Device } from './device.ts';
import { exportNameReply, findExport, infoReplies, serverReply } from './exports.ts';
import {
  acknowledge,
  contextReply,
  invalidOption,
  OPTION_HEADER_BYTES,
  OptionRefusal,
  parseContextQuestion,
  parseExportQuestion,
  parseOptionHeader,
  parseString,
  refuseOption,
  uint16,
} from './options.ts';

/** Without TLS; before it, where nothing else is answered; or with it. */
export type TlsState = 'none' | 'required' | 'established';

/** What was negotiated. */
export interface Agreement {
  readonly device: Device;
  readonly structured: boolean;
  readonly contexts: readonly MetaContext[];
}

/**
 * What is to be done next. `wait`: for more bytes. `end`: after a goodbye. `violation`: the peer
 * does not speak the protocol.
 */
export type HandshakeStep =
  | { readonly kind: 'wait' }
  | { readonly kind: 'send'; readonly bytes: Buffer }
  | { readonly kind: 'start-tls'; readonly bytes: Buffer }
  | { readonly kind: 'transmit'; readonly bytes: Buffer; readonly agreement: Agreement }
  | { readonly kind: 'end'; readonly bytes: Buffer }
  | { readonly kind: 'violation'; readonly message: string };

/** Options with longer data are refused, and their data thrown away as they come. */
export const MAX_OPTION_BYTES = 64 * 1024;

type State =
  | { readonly at: 'greeting' }
  | { readonly at: 'option' }
  | { readonly at: 'data'; readonly option: number; readonly lengthBytes: number }
  | { readonly at: 'discarding'; readonly reply: Buffer; leftBytes: number }
  | { readonly at: 'over' };

const WAIT: HandshakeStep = { kind: 'wait' };

/** The server's first words. */
export const GREETING = Buffer.concat([
  MAGIC.greeting,
  uint16(HANDSHAKE_FLAG.FIXED_NEWSTYLE | HANDSHAKE_FLAG.NO_ZEROES),
]);

/** Fixed newstyle negotiation, from the client's flags up to the export it chose. */
export class Handshake {
  readonly #devices: readonly Device[];
  #tls: TlsState;
  #state: State = { at: 'greeting' };
  #zeroes = true;
  #structured = false;
  #selected: { readonly device: Device; readonly contexts: readonly MetaContext[] } | undefined;

  constructor(devices: readonly Device[], tls: TlsState) {
    this.#devices = devices;
    this.#tls = tls;
  }

  /** TLS is up; whatever was agreed on before it counts no more. */
  secured(): void {
    this.#tls = 'established';
    this.#structured = false;
    this.#selected = undefined;
  }

  next(input: ByteQueue): HandshakeStep {
    const state = this.#state;
    switch (state.at) {
      case 'greeting':
        return this.#greeting(input);
      case 'option':
        return this.#option(input);
      case 'data': {
        const data = input.take(state.lengthBytes);
        if (data === undefined) return WAIT;
        this.#state = { at: 'option' };
        return this.#answer(state.option, data, input);
      }
      case 'discarding':
        state.leftBytes -= input.skip(state.leftBytes);
        if (state.leftBytes > 0) return WAIT;
        this.#state = { at: 'option' };
        return { kind: 'send', bytes: state.reply };
      case 'over':
        return WAIT;
    }
  }

  #greeting(input: ByteQueue): HandshakeStep {
    const bytes = input.take(4);
    if (bytes === undefined) return WAIT;
    const flags = bytes.readUInt32BE();
    const known = HANDSHAKE_FLAG.FIXED_NEWSTYLE | HANDSHAKE_FLAG.NO_ZEROES;
    if ((flags & ~known) !== 0) return this.#violation('The client sets flags that are not known.');
    this.#zeroes = (flags & HANDSHAKE_FLAG.NO_ZEROES) === 0;
    this.#state = { at: 'option' };
    return this.next(input);
  }

  #option(input: ByteQueue): HandshakeStep {
    const bytes = input.take(OPTION_HEADER_BYTES);
    if (bytes === undefined) return WAIT;
    const header = parseOptionHeader(bytes);
    if (header === undefined) return this.#violation('What should be an option is none.');
    const { option, lengthBytes } = header;
    if (lengthBytes <= MAX_OPTION_BYTES) {
      this.#state = { at: 'data', option, lengthBytes };
      return this.next(input);
    }
    if (option === OPTION.EXPORT_NAME) return this.#violation('The name of the export is too long.');
    const refusal = new OptionRefusal(OPTION_ERROR.TOO_BIG, `An option has at most ${MAX_OPTION_BYTES} bytes.`);
    this.#state = { at: 'discarding', reply: refuseOption(option, refusal), leftBytes: lengthBytes };
    return this.next(input);
  }

  #answer(option: number, data: Buffer, input: ByteQueue): HandshakeStep {
    if (option === OPTION.ABORT) return this.#end({ kind: 'end', bytes: acknowledge(option) });
    if (option === OPTION.EXPORT_NAME) return this.#exportName(data);
    try {
      if (option === OPTION.STARTTLS) return this.#startTls(data, input);
      if (this.#tls === 'required')
        throw new OptionRefusal(OPTION_ERROR.TLS_REQD, 'This server speaks only through TLS.');
      if (option === OPTION.GO) return this.#go(data);
      return { kind: 'send', bytes: this.#reply(option, data) };
    } catch (error) {
      if (!(error instanceof OptionRefusal)) throw error;
      return { kind: 'send', bytes: refuseOption(option, error) };
    }
  }

  /** To options after which the negotiation goes on. */
  #reply(option: number, data: Buffer): Buffer {
    switch (option) {
      case OPTION.LIST:
        requireNoData(data);
        return Buffer.concat([...this.#devices.map((device) => serverReply(option, device)), acknowledge(option)]);
      case OPTION.INFO:
        return this.#info(option, data).bytes;
      case OPTION.STRUCTURED_REPLY:
        requireNoData(data);
        this.#structured = true;
        return acknowledge(option);
      case OPTION.LIST_META_CONTEXT:
      case OPTION.SET_META_CONTEXT:
        return this.#metaContexts(option, data);
      default:
        throw new OptionRefusal(OPTION_ERROR.UNSUP, `Option ${option} is not known.`);
    }
  }

  /** The one option that cannot be refused: what cannot be served ends the connection. */
  #exportName(data: Buffer): HandshakeStep {
    if (this.#tls === 'required') return this.#violation('The client wants to go on without TLS.');
    const device = nameOf(data, this.#devices);
    if (device === undefined) return this.#violation('The client asks for an export that there is not.');
    const bytes = exportNameReply(device, { structured: this.#structured, zeroes: this.#zeroes });
    return this.#transmit(device, bytes);
  }

  #startTls(data: Buffer, input: ByteQueue): HandshakeStep {
    if (this.#tls === 'none') throw new OptionRefusal(OPTION_ERROR.POLICY, 'This server has no TLS set up.');
    if (this.#tls === 'established') throw invalidOption('TLS is established already.');
    requireNoData(data);
    // Somebody on the way could add bytes to the client's that would count as if they had come
    // through TLS.
    if (input.length > 0) return this.#violation('The client goes on in plain text after it asked for TLS.');
    return { kind: 'start-tls', bytes: acknowledge(OPTION.STARTTLS) };
  }

  #go(data: Buffer): HandshakeStep {
    const { device, bytes } = this.#info(OPTION.GO, data);
    return this.#transmit(device, bytes);
  }

  #info(option: number, data: Buffer): { readonly device: Device; readonly bytes: Buffer } {
    const { name, wanted } = parseExportQuestion(data);
    const device = this.#find(name);
    const replies = infoReplies(option, device, { structured: this.#structured, wanted });
    return { device, bytes: Buffer.concat([replies, acknowledge(option)]) };
  }

  #metaContexts(option: number, data: Buffer): Buffer {
    const setting = option === OPTION.SET_META_CONTEXT;
    if (setting) this.#selected = undefined; // also where it fails
    if (setting && !this.#structured) throw invalidOption('Metadata contexts need structured replies.');
    const { name, queries } = parseContextQuestion(data);
    const device = this.#find(name);
    const contexts = setting ? selectContexts(queries) : listContexts(queries);
    if (setting) this.#selected = { device, contexts };
    // An id in a list is reserved, and 0.
    const replies = contexts.map((context) => contextReply(option, context, setting ? context.id : 0));
    return Buffer.concat([...replies, acknowledge(option)]);
  }

  #find(name: string): Device {
    const device = findExport(this.#devices, name);
    if (device === undefined) throw new OptionRefusal(OPTION_ERROR.UNKNOWN, 'There is no export of this name.');
    return device;
  }

  #transmit(device: Device, bytes: Buffer): HandshakeStep {
    const contexts = this.#selected?.device === device ? this.#selected.contexts : [];
    return this.#end({ kind: 'transmit', bytes, agreement: { device, structured: this.#structured, contexts } });
  }

  #violation(message: string): HandshakeStep {
    return this.#end({ kind: 'violation', message });
  }

  #end(step: HandshakeStep): HandshakeStep {
    this.#state = { at: 'over' };
    return step;
  }
}

function requireNoData(data: Buffer): void {
  if (data.length > 0) throw invalidOption('This option has no data.');
}

function nameOf(data: Buffer, devices: readonly Device[]): Device | undefined {
  try {
    return findExport(devices, parseString(data));
  } catch (error) {
    if (error instanceof OptionRefusal) return undefined;
    throw error;
  }
}
