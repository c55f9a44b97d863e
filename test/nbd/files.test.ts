import { describe, expect, it, test } from 'vitest';
import { checkedAddress, exportUri } from '../../src/nbd/address.ts';
import { parsePskFile } from '../../src/nbd/psk-file.ts';
import { VarveError } from '../../src/platform/errors.ts';

function refusal(run: () => unknown): { code: string; field: unknown; message: string } | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof VarveError) return { code: error.code, field: error.extra.field, message: error.message };
    throw error;
  }
  return undefined;
}

describe('addresses', () => {
  test.each([
    [{ socket: '/run/varve/disk.sock' }, { socket: '/run/varve/disk.sock' }],
    [
      { host: '127.0.0.1', port: 0 },
      { host: '127.0.0.1', port: 0 },
    ],
    [
      { host: '127.8.9.1', port: 10809 },
      { host: '127.8.9.1', port: 10809 },
    ],
    [
      { host: '::1', port: 65535 },
      { host: '::1', port: 65535 },
    ],
    [
      { host: 'localhost', port: 1 },
      { host: '127.0.0.1', port: 1 },
    ],
  ])('%j is fine without TLS', (address, expected) => {
    expect(checkedAddress(address, false)).toEqual(expected);
  });

  test.each(['0.0.0.0', '::', '10.0.0.1', '192.168.1.7', 'disks.example.org', '127.example.org', '::ffff:127.0.0.1'])(
    '%s needs TLS',
    (host) => {
      expect(refusal(() => checkedAddress({ host, port: 10809 }, false))).toMatchObject({
        code: 'InvalidParameter',
        field: 'listen.host',
      });
      expect(checkedAddress({ host, port: 10809 }, true)).toEqual({ host, port: 10809 });
    },
  );

  test.each([
    [{ socket: '' }, 'listen.socket'],
    [{ socket: `/${'s'.repeat(107)}` }, 'listen.socket'],
    [{ socket: '/a\0b' }, 'listen.socket'],
    [{ host: '', port: 1 }, 'listen.host'],
    [{ host: '127.0.0.1', port: -1 }, 'listen.port'],
    [{ host: '127.0.0.1', port: 65536 }, 'listen.port'],
    [{ host: '127.0.0.1', port: 1.5 }, 'listen.port'],
    [{ host: '127.0.0.1', port: Number.NaN }, 'listen.port'],
  ])('%j is refused', (address, field) => {
    expect(refusal(() => checkedAddress(address, true))).toMatchObject({ code: 'InvalidParameter', field });
  });

  test.each([
    {
      address: { socket: '/tmp/a b.sock' },
      name: 'disk',
      tls: false,
      uri: 'nbd+unix:///disk?socket=%2Ftmp%2Fa%20b.sock',
    },
    { address: { host: '127.0.0.1', port: 10809 }, name: 'a/b', tls: false, uri: 'nbd://127.0.0.1:10809/a%2Fb' },
    { address: { host: '::1', port: 10809 }, name: 'disk', tls: true, uri: 'nbds://[::1]:10809/disk' },
  ])('$address has a URI', ({ address, name, tls, uri }) => {
    expect(exportUri(address, name, tls)).toBe(uri);
  });
});

describe('files of keys', () => {
  it('have a name and a key on each line', () => {
    const keys = parsePskFile('# made by psktool\nalice:00ff10\r\n\n  bob:with:colon:ABCD  \n');
    expect([...keys].map(([name, key]) => [name, key.toString('hex')])).toEqual([
      ['alice', '00ff10'],
      ['bob:with:colon', 'abcd'],
    ]);
  });

  test.each([
    ['', 'has no key'],
    ['# nothing\n', 'has no key'],
    ['alice\n', 'line 1'],
    [':00ff\n', 'line 1'],
    ['alice:\n', 'line 1'],
    ['alice:0f\nbob:0f0\n', 'line 2'],
    ['alice:xx\n', 'line 1'],
    ['alice:00\nalice:01\n', 'line 2'],
    [`${'a'.repeat(129)}:00\n`, 'line 1'],
    [`alice:${'00'.repeat(65)}\n`, 'line 1'],
  ])('%j is refused', (contents, message) => {
    const refused = refusal(() => parsePskFile(contents));
    expect(refused).toMatchObject({ code: 'InvalidParameter', field: 'tls.pskFile' });
    expect(refused?.message).toContain(message);
  });

  it('a key is never told', () => {
    expect(refusal(() => parsePskFile('alice:deadbeefxx'))?.message).not.toContain('deadbeef');
  });
});
