import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { createNbdServer, type NbdServerOptions } from '../../src/nbd/server.ts';
import { MemoryDevice } from '../support/memory-device.ts';
import { go, option, request, text, u32 } from '../support/nbd-bytes.ts';
import { RawClient } from '../support/nbd-client.ts';
import { serve, testFolder } from '../support/nbd-server.ts';
import { collectLog } from '../support/nbd-session.ts';

const KIB = 1024;
const SIZE = 8 * KIB * KIB;
const FLUSH = 3;
const disk = () => new MemoryDevice({ sizeBytes: SIZE });

describe('connections', () => {
  it('are served on a unix socket that only the user may use, which goes with the server', async () => {
    const socket = join(await testFolder(), 'a b.sock');
    const server = await serve([disk()], { listen: { socket } });
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    expect(server.uri('disk')).toBe(`nbd+unix:///disk?socket=${encodeURIComponent(socket)}`);
    await new RawClient({ socket }).enter();
    await server.close();
    await expect(stat(socket)).rejects.toThrow('ENOENT');
  });

  it('are served on a free port of the loopback', async () => {
    const server = await serve([disk()], { listen: { host: 'localhost', port: 0 } });
    if (!('port' in server.address)) throw new Error('It does not listen on a port.');
    expect(server.address.host).toBe('127.0.0.1');
    expect(server.uri('disk')).toBe(`nbd://127.0.0.1:${server.address.port}/disk`);
    await new RawClient(server.address).enter();
  });

  it('beyond the limit are closed at once, and there is room again when one has left', async () => {
    const server = await serve([disk()], { limits: { connections: 2 } });
    const first = await new RawClient(server.address).enter();
    await new RawClient(server.address).enter();
    expect(await new RawClient(server.address).goodbye()).toBe(0);
    expect(server.log.entries.some(({ message }) => message === 'nbd: too many connections')).toBe(true);
    first.socket.end();
    await first.goodbye();
    await new RawClient(server.address).enter();
  });

  it('that choose no export in time are closed; those that did may be silent', async () => {
    const server = await serve([disk()], { limits: { handshakeMs: 3000 } });
    const chosen = await new RawClient(server.address).enter();
    // later: when its time is over, so is that of the other
    const silent = new RawClient(server.address);
    expect(await silent.goodbye()).toBe(18);
    chosen.socket.write(request({ command: FLUSH }));
    expect((await chosen.said(16)).chunk()).toMatchObject({ type: 0 });
  });

  it('that are half-closed get their replies', async () => {
    const server = await serve([disk()]);
    const client = new RawClient(server.address);
    client.socket.end(
      Buffer.concat([
        u32(3),
        go('disk'),
        request({ command: 1, data: Buffer.alloc(KIB * KIB, 7) }),
        request({ command: 0, length: 9 }),
      ]),
    );
    const said = await client.said(18 + 52 + 16 + 16 + 9);
    said.take(18 + 52 + 32);
    expect(said.take(9)).toHaveLength(9);
    expect(await client.goodbye()).toBe(0);
  });

  it('of clients that speak something else are dropped, and others are served', async () => {
    const server = await serve([disk()]);
    const client = new RawClient(server.address);
    client.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.goodbye()).toBe(18);
    await new RawClient(server.address).enter();
  });

  it('that break in the midst of a write change nothing', async () => {
    const device = disk();
    const server = await serve([device]);
    const client = await new RawClient(server.address).enter();
    client.socket.write(request({ command: 1, length: KIB * KIB }));
    client.socket.write(Buffer.alloc(KIB * 700, 1));
    client.socket.destroy();
    const other = await new RawClient(server.address).enter();
    other.socket.write(request({ command: FLUSH }));
    await other.said(16);
    expect(device.calls).toEqual(['flush 0+0']);
  });

  it('whose clients read nothing do not fill the memory', async () => {
    const device = disk();
    const server = await serve([device]);
    const client = await new RawClient(server.address).enter();
    client.socket.pause();
    for (let cookie = 0; cookie < 20; cookie++)
      client.socket.write(request({ command: 0, cookie, length: 4 * KIB * KIB }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(device.held).toBeLessThanOrEqual(8);
    client.socket.resume();
    await client.said(20 * (16 + 4 * KIB * KIB));
    expect(device.held).toBe(0);
  });
});

describe('the end of a server', () => {
  it('waits for what is under way, refuses what comes, and leaves the devices open', async () => {
    const device = disk();
    const server = await serve([device]);
    let finish = () => {};
    device.hook = () => new Promise((resolve) => (finish = resolve));
    const client = await new RawClient(server.address).enter();
    client.socket.write(request({ command: FLUSH, cookie: 1 }));
    while (device.calls.length === 0) await new Promise(setImmediate);
    const closed = server.close();
    client.socket.write(request({ command: FLUSH, cookie: 2 }));
    expect((await client.said(16)).chunk()).toMatchObject({ cookie: 2, type: 108 });
    finish();
    expect((await client.said(16)).chunk()).toMatchObject({ cookie: 1, type: 0 });
    await client.goodbye();
    await closed;
    expect(device.closed).toBe(false);
  });

  it('waits no longer than it may', async () => {
    const device = disk();
    const server = await serve([device], { limits: { closeMs: 100 } });
    device.hook = (_operation, _offset, _length, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const client = await new RawClient(server.address).enter();
    client.socket.write(request({ command: FLUSH }));
    while (device.calls.length === 0) await new Promise(setImmediate);
    await server.close();
    expect(await client.goodbye()).toBe(0);
  });

  it('comes by a signal, and ends who has nothing under way at once', async () => {
    const stop = new AbortController();
    const server = await serve([disk()], { signal: stop.signal });
    const chosen = await new RawClient(server.address).enter();
    const negotiating = new RawClient(server.address);
    await negotiating.said(18);
    stop.abort();
    expect(await chosen.goodbye()).toBe(0);
    expect(await negotiating.goodbye()).toBe(0);
    await server.close();
  });
});

describe('a server that listens before it has anything to serve', () => {
  const start = () => createNbdServer({ listen: { host: '127.0.0.1', port: 0 }, log: collectLog() });

  it('lets clients wait', async () => {
    const server = await start();
    const early = new RawClient(server.address);
    const entered = early.enter();
    await once(early.socket, 'connect');
    const left = new RawClient(server.address);
    await once(left.socket, 'connect');
    left.socket.resetAndDestroy();
    server.serve([disk()]);
    await entered;
    await new RawClient(server.address).enter();
    await server.close();
  });

  it('ends without a word to those that wait', async () => {
    const server = await start();
    const client = new RawClient(server.address);
    await once(client.socket, 'connect');
    await server.close();
    expect(await client.goodbye()).toBe(0);
  });
});

describe('a server that cannot be', () => {
  const start = (options: Partial<NbdServerOptions>) =>
    createNbdServer({ exports: [disk()], listen: { host: '127.0.0.1', port: 0 }, log: collectLog(), ...options });

  test.each<[string, Partial<NbdServerOptions>, string]>([
    ['beyond the loopback without TLS', { listen: { host: '0.0.0.0', port: 0 } }, 'listen.host'],
    ['two exports of one name', { exports: [disk(), disk()] }, 'exports'],
    ['a name that is too long', { exports: [new MemoryDevice({ sizeBytes: 1, name: 'x'.repeat(4097) })] }, 'exports'],
    ['keys that are not there', { tls: { pskFile: '/nowhere/keys.psk' } }, 'tls.pskFile'],
    [
      'certificates that are not there',
      { tls: { certFile: '/nowhere/c.pem', keyFile: '/nowhere/k.pem' } },
      'tls.certFile',
    ],
    ['a folder that is not there', { listen: { socket: '/nowhere/nbd.sock' } }, 'listen.socket'],
  ])('%s', async (_, options, field) => {
    await expect(start(options)).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field } });
  });

  it('files that are no certificates', async () => {
    const folder = await testFolder();
    const file = join(folder, 'cert.pem');
    await writeFile(file, 'nothing of the kind');
    await expect(start({ tls: { certFile: file, keyFile: file } })).rejects.toMatchObject({
      code: 'InvalidParameter',
      extra: { field: 'tls.certFile' },
    });
  });

  it('a port or a socket that another has; what a dead one left behind is taken over', async () => {
    const folder = await testFolder();
    const socket = join(folder, 'nbd.sock');
    const first = await serve([disk()], { listen: { socket } });
    await expect(start({ listen: { socket } })).rejects.toThrow('in use by another server');
    await new RawClient(first.address).enter();
    const onPort = await serve([disk()], { listen: { host: '127.0.0.1', port: 0 } });
    await expect(start({ listen: onPort.address })).rejects.toThrow('EADDRINUSE');

    const file = join(folder, 'notes');
    await writeFile(file, 'not a socket');
    await expect(start({ listen: { socket: file } })).rejects.toThrow('is no socket');

    await leaveSocketBehind(join(folder, 'dead.sock'));
    const second = await serve([disk()], { listen: { socket: join(folder, 'dead.sock') } });
    await new RawClient(second.address).enter();
  });
});

it('TLS is asked for before all else', async () => {
  const folder = await testFolder();
  const pskFile = join(folder, 'keys.psk');
  await writeFile(pskFile, 'alice:00112233445566778899aabbccddeeff\n');
  const server = await serve([disk()], { tls: { pskFile } });
  const client = new RawClient(server.address);
  client.socket.write(Buffer.concat([u32(3), option(3)]));
  const said = await client.said(18 + 20);
  said.greeting();
  expect(said.take(20).readUInt32BE(12)).toBe(2 ** 31 + 5);
});

it('what is no TLS after STARTTLS ends the connection', async () => {
  const folder = await testFolder();
  const pskFile = join(folder, 'keys.psk');
  await writeFile(pskFile, 'alice:00112233445566778899aabbccddeeff\n');
  const server = await serve([disk()], { tls: { pskFile } });
  const client = new RawClient(server.address);
  client.socket.write(Buffer.concat([u32(3), option(5)]));
  const said = await client.said(18 + 20);
  said.greeting();
  expect(said.optionReply()).toMatchObject({ option: 5, type: 1 });
  client.socket.write(text('this is no client hello at all, and long enough to be seen as none'));
  await client.goodbye();
  expect(server.log.entries.map(({ message }) => message)).toContain('nbd: a client is not let in through TLS');
});

/** A socket file whose server was killed. */
async function leaveSocketBehind(path: string): Promise<void> {
  const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', code]), 'exit');
}
