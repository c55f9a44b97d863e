import { randomFillSync } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MemoryDevice } from '../support/memory-device.ts';
import { createPki } from '../support/nbd-pki.ts';
import { serve, testFolder } from '../support/nbd-server.ts';
import { describeWith, runProgram, tell } from '../support/programs.ts';

const MIB = 1024 * 1024;
const SIZE = 24 * MIB;
const LOOPBACK = { host: '127.0.0.1', port: 0 } as const;
const NOT_LET_IN = 'nbd: a client is not let in through TLS';
const PATTERNS = ['-c', 'write -P 0x5a 1M 8M', '-c', 'flush', '-c', 'read -P 0x5a 1M 8M', '-c', 'read -P 0 9M 1M'];

const disk = () => new MemoryDevice({ sizeBytes: SIZE });
const portOf = (address: object): number => {
  if (!('port' in address) || typeof address.port !== 'number') throw new Error('It does not listen on a port.');
  return address.port;
};

describeWith(['certtool', 'nbdinfo', 'nbdcopy', 'qemu-io'], 'TLS by certificates', () => {
  it('lets in who has one of the authority, and nobody else', { timeout: 120_000 }, async () => {
    const folder = await testFolder();
    const { client, stranger, certFile, keyFile, caFile } = createPki(folder);
    const server = await serve([disk()], { listen: LOOPBACK, tls: { certFile, keyFile, clientCaFile: caFile } });
    const port = portOf(server.address);
    const uri = server.uri('disk');
    expect(uri).toBe(`nbds://127.0.0.1:${port}/disk`);

    const contents = randomFillSync(Buffer.alloc(SIZE));
    const [from, to] = [join(folder, 'from.img'), join(folder, 'to.img')];
    await writeFile(from, contents);
    await tell('nbdcopy', from, `${uri}?tls-certificates=${client}`);
    await tell('nbdcopy', `${uri}?tls-certificates=${client}`, to);
    expect((await readFile(to)).equals(contents)).toBe(true);

    expect((await runProgram('nbdinfo', `${uri}?tls-certificates=${stranger}`)).status).not.toBe(0);
    expect(server.log.entries.map(({ message }) => message)).toContain(NOT_LET_IN);
    const plain = await runProgram('nbdinfo', `nbd://127.0.0.1:${port}/disk`);
    expect([plain.status === 0, plain.stderr]).toEqual([false, expect.stringContaining('not supported')]);

    const credentials = `tls-creds-x509,id=tls,dir=${client},endpoint=client`;
    const options = `driver=nbd,host=127.0.0.1,port=${port},export=disk,tls-creds=tls`;
    await tell('qemu-io', '--object', credentials, '--image-opts', options, '-c', 'write -z 0 24M', ...PATTERNS);
  });

  it('lets in everybody who trusts the server where no authority for clients is named', async () => {
    const { stranger, certFile, keyFile } = createPki(await testFolder());
    const server = await serve([disk()], { listen: LOOPBACK, tls: { certFile, keyFile } });
    const told = await tell('nbdinfo', '--size', `${server.uri('disk')}?tls-certificates=${stranger}`);
    expect(told.trim()).toBe(String(SIZE));
  });
});

describeWith(['psktool', 'nbdinfo', 'qemu-io'], 'TLS by keys', () => {
  it('lets in who has one of them, and nobody else', { timeout: 120_000 }, async () => {
    const folder = await testFolder();
    const keys = join(folder, 'keys.psk');
    await tell('psktool', '--username', 'alice', '--pskfile', keys);
    await tell('psktool', '--username', 'bob', '--pskfile', keys);
    const server = await serve([disk()], { listen: LOOPBACK, tls: { pskFile: keys } });
    const uri = (user: string, file: string) =>
      `${server.uri('disk').replace('//', `//${user}@`)}?tls-psk-file=${file}`;
    for (const user of ['alice', 'bob'])
      expect((await tell('nbdinfo', '--size', uri(user, keys))).trim()).toBe(`${SIZE}`);

    const others = join(folder, 'others.psk');
    await tell('psktool', '--username', 'alice', '--pskfile', others);
    await tell('psktool', '--username', 'mallory', '--pskfile', others);
    for (const user of ['alice', 'mallory'])
      expect((await runProgram('nbdinfo', uri(user, others))).status).not.toBe(0);
    expect(server.log.entries.filter(({ message }) => message === NOT_LET_IN)).toHaveLength(1);
    expect(JSON.stringify(server.log.entries)).not.toContain((await readFile(keys, 'utf8')).split(/[:\n]/)[1]);

    const credentials = join(folder, 'qemu');
    await mkdir(credentials);
    await copyFile(keys, join(credentials, 'keys.psk'));
    const object = `tls-creds-psk,id=tls,dir=${credentials},endpoint=client,username=bob`;
    const options = `driver=nbd,host=127.0.0.1,port=${portOf(server.address)},export=disk,tls-creds=tls`;
    await tell('qemu-io', '--object', object, '--image-opts', options, ...PATTERNS);
    await server.close();
    expect(server.log.entries.at(-1)).toMatchObject({ level: 'warn', fields: { count: 1 } });
  });
});
