import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ATTACH_OPTIONS, LISTEN_OPTIONS, parseAttach, parseListen } from '../../../src/cli/attach/request.ts';
import type { Command, Input } from '../../../src/cli/command.ts';
import { parseCommandLine } from '../../../src/cli/parse.ts';

const COMMAND: Command = {
  path: 'attach',
  summary: '',
  args: [{ name: 'DISK', summary: '' }],
  options: [...ATTACH_OPTIONS, ...LISTEN_OPTIONS],
  examples: [],
  json: '',
  run: () => Promise.resolve(),
};

function input(...words: string[]): Input {
  const parsed = parseCommandLine([COMMAND], ['attach', 'data', ...words]);
  if ('help' in parsed) throw new Error('not a command');
  return parsed.input;
}

it('leaves everything at what is safe', () =>
  expect(parseAttach(input(), 'attach')).toEqual({
    source: 'data',
    readOnly: false,
    scratch: 'NONE',
    durability: 'remote',
    holder: hostname(),
    steal: false,
    cacheBytes: undefined,
  }));

it.each([
  [['--read-only', '--steal'], '--steal does not go with --read-only'],
  [['--read-only', '--durability', 'local'], '--durability does not go with --read-only'],
])('9.3: refuses %j', (words, message) => expect(() => parseAttach(input(...words), 'attach')).toThrow(message));

describe('where it is served', () => {
  it.each([
    [[], { address: undefined }],
    [['--socket', '/run/x.sock'], { address: { socket: '/run/x.sock' } }],
    [['--listen', '127.0.0.1:0'], { address: { host: '127.0.0.1', port: 0 } }],
    [['--listen', '[::1]:10809'], { address: { host: '::1', port: 10809 } }],
    [['--listen', 'nas:10809', '--tls-psk', 'p'], { address: { host: 'nas', port: 10809 }, tls: { pskFile: 'p' } }],
    [
      ['--listen', 'nas:10809', '--tls-cert', 'c', '--tls-key', 'k', '--tls-ca', 'a'],
      { address: { host: 'nas', port: 10809 }, tls: { certFile: 'c', keyFile: 'k', clientCaFile: 'a' } },
    ],
  ])('%j', (words, listen) => expect(parseListen(input(...words), 'attach')).toEqual(listen));

  it.each([
    [['--listen', '10809'], 'must look like'],
    [['--listen', 'host:99999'], 'must look like'],
    [['--listen', 'a:1', '--socket', 's'], 'not both'],
    [['--tls-psk', 'p'], 'TLS is for --listen'],
    [['--listen', 'a:1', '--tls-cert', 'c'], 'go together'],
    [['--listen', 'a:1', '--tls-ca', 'c'], 'go together'],
    [['--listen', 'a:1', '--tls-psk', 'p', '--tls-cert', 'c'], 'not both'],
  ])('refuses %j', (words, message) => expect(() => parseListen(input(...words), 'attach')).toThrow(message));
});
