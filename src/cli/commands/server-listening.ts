import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Where } from '../../local/server/installation.ts';
import type { Input, OptionSpec } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const DEFAULT_PORT = 4100;

export const LISTENING_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'port',
    takes: 'count',
    value: 'PORT',
    summary: `Listen at this port of the loopback address. Default: ${DEFAULT_PORT}.`,
  },
  {
    name: 'socket',
    takes: 'nothing',
    summary:
      'Listen at no port, but at a socket in the data folder, which no other user can open. ' +
      'Where its path would be too long, it lies in the folder of your sockets.',
  },
  {
    name: 'listen',
    takes: 'text',
    value: 'ADDRESS:PORT',
    summary: 'Listen at an address that other machines reach, such as 0.0.0.0:443. It needs the three options below.',
  },
  { name: 'tls-cert', takes: 'text', value: 'FILE', summary: 'Certificate with its chain, in PEM.' },
  { name: 'tls-key', takes: 'text', value: 'FILE', summary: 'The certificate’s private key, in PEM.' },
  {
    name: 'host',
    takes: 'text',
    value: 'NAME',
    repeated: true,
    summary:
      'A name or address by which clients come. Requests to others are refused. The first ' +
      'one stands in the URLs that clients get.',
  },
];

/** Where the options say that the server is to listen. Throws `UsageError`. */
export function listeningOf(input: Input): Where {
  const [port, listen, isSocket] = [input.number('port'), input.text('listen'), input.has('socket')];
  if ([port !== undefined, listen !== undefined, isSocket].filter(Boolean).length > 1)
    throw wrong('Give one of --port, --socket and --listen.');
  if (listen !== undefined) return { kind: 'network', ...placeOf(listen), tls: tlsOf(input) };
  const alone = ['tls-cert', 'tls-key', 'host'].find((name) => input.has(name));
  if (alone !== undefined) throw wrong(`--${alone} goes with --listen.`);
  if (isSocket) return { kind: 'socket' };
  return { kind: 'loopback', port: checkedPort('--port', port ?? DEFAULT_PORT) };
}

function placeOf(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port = ''] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? '';
  if (isIP(host) === 0) {
    throw wrong(`--listen needs an IP address and a port, such as 0.0.0.0:443, not '${text}'.`);
  }
  return { host, port: checkedPort('--listen', Number(port)) };
}

function checkedPort(option: string, port: number): number {
  if (port < 1 || port > 65_535) throw wrong(`${option}: a port is a number from 1 to 65535.`);
  return port;
}

function tlsOf(input: Input) {
  const [certificate, key] = [input.text('tls-cert'), input.text('tls-key')];
  const [first, ...others] = input.texts('host');
  if (certificate === undefined || key === undefined || first === undefined)
    throw wrong('--listen needs --tls-cert, --tls-key and --host: what comes from other machines is encrypted.');
  const names: readonly [string, ...string[]] = [first, ...others];
  const bad = names.find((name) => isIP(name) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name));
  if (bad !== undefined) throw wrong(`--host: '${bad}' is neither a name nor an address.`);
  return { certificate: resolve(certificate), key: resolve(key), names };
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'server');
}
