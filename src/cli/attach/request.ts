import { hostname } from 'node:os';
import type { ExpectedContents } from '../../client/download/proved-pages.ts';
import type { ListenAddress } from '../../nbd/address.ts';
import type { TlsFiles } from '../../nbd/tls.ts';
import type { Input, OptionSpec } from '../command.ts';
import { parseRoot, ROOT_OPTION } from '../expected-root.ts';
import { UsageError } from '../usage-error.ts';

export type Durability = 'remote' | 'local';

/**
 * Whether a snapshot takes writes that are forgotten in the end. `DEMANDED` is refused for a disk,
 * whose writes are kept.
 */
export type Scratch = 'NONE' | 'OF_SNAPSHOTS' | 'DEMANDED';

/** Where an export is served; without an address, on a socket in a folder of its own. */
export interface Listen {
  readonly address: ListenAddress | undefined;
  readonly tls: TlsFiles | undefined;
}

/** What `varve attach` and `varve mount` are asked for; parsed. */
export interface AttachRequest {
  readonly source: string;
  /** What its committed contents must be. */
  readonly expected: ExpectedContents | undefined;
  readonly readOnly: boolean;
  readonly scratch: Scratch;
  readonly durability: Durability;
  readonly holder: string;
  readonly steal: boolean;
  readonly cacheBytes: number | undefined;
  readonly journalBytes: number | undefined;
}

/** Options that concern the disk itself, of both commands. */
export const ATTACH_OPTIONS: readonly OptionSpec[] = [
  { name: 'read-only', takes: 'nothing', summary: 'Take no writes, and hold no lease.' },
  {
    name: 'durability',
    takes: 'text',
    value: 'MODE',
    choices: ['remote', 'local'],
    summary:
      'What a flush waits for. remote (default): the service has committed everything. ' +
      'local: everything is in the journal on this machine’s disk, and is uploaded within ' +
      'seconds.',
  },
  {
    name: 'holder',
    takes: 'text',
    value: 'NAME',
    summary: 'The name of the writer that others see. Default: the host’s name.',
  },
  { name: 'steal', takes: 'nothing', summary: 'Take the disk from its present writer, whose next flush fails.' },
  {
    name: 'cache-size',
    takes: 'size',
    value: 'SIZE',
    summary: 'The most space on this machine’s disk for blocks that were read. Default: 10G.',
  },
  {
    name: 'journal-size',
    takes: 'size',
    value: 'SIZE',
    summary:
      'The most space on this machine’s disk for writes that wait for their upload. Further ' +
      'writes wait. Default: 4G, or a quarter of what is free, but at least 256M.',
  },
  ROOT_OPTION,
  { name: 'background', takes: 'nothing', summary: 'Return once it is ready. varve detach ends it.' },
];

export function parseAttach(input: Input, command: string): AttachRequest {
  const readOnly = input.has('read-only');
  for (const name of ['steal', 'durability', 'journal-size']) {
    if (readOnly && input.has(name)) throw new UsageError(`--${name} does not go with --read-only.`, command);
  }
  return {
    source: input.args[0] as string,
    expected: parseRoot(input, command),
    readOnly,
    scratch: 'NONE',
    durability: (input.text('durability') as Durability | undefined) ?? 'remote',
    holder: input.text('holder') ?? hostname(),
    steal: input.has('steal'),
    cacheBytes: input.number('cache-size'),
    journalBytes: parseJournalBytes(input, command),
  };
}

const LEAST_JOURNAL_BYTES = 64 * 1024 * 1024;

function parseJournalBytes(input: Input, command: string): number | undefined {
  const bytes = input.number('journal-size');
  if (bytes !== undefined && bytes < LEAST_JOURNAL_BYTES)
    throw new UsageError('--journal-size is at least 64M.', command);
  return bytes;
}

export const LISTEN_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'socket',
    takes: 'text',
    value: 'PATH',
    summary: 'Serve on this unix socket. Default: one in a folder of its own.',
  },
  {
    name: 'listen',
    takes: 'text',
    value: 'HOST:PORT',
    summary: 'Serve on a TCP port instead. Port 0 chooses one. Addresses other than loopback need TLS.',
  },
  { name: 'tls-cert', takes: 'text', value: 'FILE', summary: 'The server’s certificate, in PEM.' },
  { name: 'tls-key', takes: 'text', value: 'FILE', summary: 'The key of the certificate, in PEM.' },
  {
    name: 'tls-ca',
    takes: 'text',
    value: 'FILE',
    summary: 'Accept only clients with a certificate of this authority.',
  },
  {
    name: 'tls-psk',
    takes: 'text',
    value: 'FILE',
    summary: 'Keys that both sides know, instead of certificates: lines of USER:HEXKEY, as psktool writes them.',
  },
];

export function parseListen(input: Input, command: string): Listen {
  const listen = input.text('listen');
  const tls = parseTls(input, command);
  if (listen === undefined) {
    if (tls !== undefined) throw new UsageError('TLS is for --listen: a unix socket needs none.', command);
    const socket = input.text('socket');
    return { address: socket === undefined ? undefined : { socket }, tls };
  }
  if (input.has('socket')) throw new UsageError('Give --socket or --listen, not both.', command);
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen);
  const port = Number(match?.[3]);
  if (match === null || port > 65535) {
    throw new UsageError(`--listen must look like 127.0.0.1:10809 or [::1]:10809, not '${listen}'.`, command);
  }
  return { address: { host: (match[1] ?? match[2]) as string, port }, tls };
}

function parseTls(input: Input, command: string): TlsFiles | undefined {
  const [certFile, keyFile, clientCaFile, pskFile] = ['tls-cert', 'tls-key', 'tls-ca', 'tls-psk'].map((name) =>
    input.text(name),
  );
  if (pskFile !== undefined) {
    if ((certFile ?? keyFile ?? clientCaFile) !== undefined)
      throw new UsageError('Give certificates or --tls-psk, not both.', command);
    return { pskFile };
  }
  if ((certFile ?? keyFile ?? clientCaFile) === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined)
    throw new UsageError('--tls-cert and --tls-key go together.', command);
  return { certFile, keyFile, ...(clientCaFile === undefined ? {} : { clientCaFile }) };
}
