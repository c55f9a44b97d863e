import { randomFillSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { MemoryDevice } from '../support/memory-device.ts';
import { serve, testFolder } from '../support/nbd-server.ts';
import { describeWith, runProgram, tell } from '../support/programs.ts';

const KIB = 1024;
const MIB = KIB * KIB;
const SIZE = 64 * MIB;

/** Data at the beginning, in the middle and up to the last byte of an odd size, holes between. */
function sparseContents(sizeBytes: number): Buffer {
  const contents = Buffer.alloc(sizeBytes);
  for (const [at, length] of [
    [0, 3 * MIB],
    [20 * MIB + 512, 700 * KIB],
    [sizeBytes - 12_345, 12_345],
  ] as const)
    randomFillSync(contents, at, length);
  return contents;
}

const json = async (name: string, ...args: readonly string[]) => JSON.parse(await tell(name, ...args));

describeWith(['nbdinfo'], 'nbdinfo', () => {
  it('sees what the exports are', async () => {
    const devices = [
      new MemoryDevice({ sizeBytes: SIZE, description: 'The first.' }),
      new MemoryDevice({ sizeBytes: 12_345, name: 'snapshot ä', readOnly: true }),
    ];
    const server = await serve(devices);
    const listed = await json('nbdinfo', '--list', '--json', server.uri(''));
    expect(listed.protocol).toBe('newstyle-fixed');
    expect(listed.structured).toBe(true);
    expect(listed.exports).toMatchObject([
      {
        'export-name': 'disk',
        description: 'The first.',
        'export-size': SIZE,
        contexts: ['base:allocation', 'varve:dirty'],
        is_read_only: false,
        can_cache: true,
        can_df: true,
        can_fast_zero: true,
        can_flush: true,
        can_fua: true,
        can_multi_conn: true,
        can_trim: true,
        can_zero: true,
        block_size_minimum: 1,
        block_size_preferred: 4096,
        block_size_maximum: 32 * MIB,
      },
      { 'export-name': 'snapshot ä', 'export-size': 12_345, is_read_only: true, can_trim: false, can_zero: false },
    ]);
    expect((await tell('nbdinfo', '--size', server.uri('snapshot ä'))).trim()).toBe('12345');
    expect((await runProgram('nbdinfo', server.uri('nothing'))).status).not.toBe(0);
  });

  it('maps what is stored, and what changed since the last snapshot', async () => {
    const device = new MemoryDevice({ sizeBytes: SIZE });
    const signal = AbortSignal.timeout(10_000);
    await device.write(MIB, Buffer.alloc(MIB, 1), signal);
    device.snapshot();
    await device.write(2 * MIB, Buffer.alloc(MIB, 1), signal);
    const server = await serve([device]);
    const map = async (context: string) =>
      (await json('nbdinfo', `--map=${context}`, '--json', server.uri('disk'))).map(
        ({ offset, length, type }: Record<string, number>) => [offset, length, type],
      );
    expect(await map('base:allocation')).toEqual([
      [0, MIB, 3],
      [MIB, 2 * MIB, 0],
      [3 * MIB, SIZE - 3 * MIB, 3],
    ]);
    expect(await map('varve:dirty')).toEqual([
      [0, 2 * MIB, 0],
      [2 * MIB, MIB, 1],
      [3 * MIB, SIZE - 3 * MIB, 0],
    ]);
  });
});

describeWith(['nbdcopy'], 'nbdcopy', () => {
  test.each([
    ['a unix socket', undefined],
    ['TCP', { host: '127.0.0.1', port: 0 }],
  ])('copies both ways over %s', async (_, listen) => {
    const folder = await testFolder();
    const contents = sparseContents(40 * MIB + 123);
    const [from, to] = [join(folder, 'from.img'), join(folder, 'to.img')];
    await writeFile(from, contents);
    const device = new MemoryDevice({ sizeBytes: contents.length });
    device.bytes.fill(0xee);
    const server = await serve([device], listen === undefined ? {} : { listen });
    await tell('nbdcopy', '--flush', from, server.uri('disk'));
    expect(device.bytes.equals(contents)).toBe(true);
    expect(device.calls.at(-1)).toBe('flush 0+0');
    await tell('nbdcopy', server.uri('disk'), to);
    expect((await readFile(to)).equals(contents)).toBe(true);
    expect(device.held).toBe(0);
  });
});

describeWith(['qemu-img', 'qemu-io'], 'qemu', () => {
  it('converts both ways, compares, and maps', async () => {
    const folder = await testFolder();
    const contents = sparseContents(48 * MIB);
    const image = join(folder, 'from.img');
    const copy = join(folder, 'to.qcow2');
    await writeFile(image, contents);
    const device = new MemoryDevice({ sizeBytes: contents.length });
    const server = await serve([device], { listen: { host: '127.0.0.1', port: 0 } });
    const uri = server.uri('disk');
    await tell('qemu-img', 'convert', '-n', '-f', 'raw', '-O', 'raw', image, uri);
    expect(device.bytes.equals(contents)).toBe(true);
    await tell('qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', uri, copy);
    expect(await tell('qemu-img', 'compare', copy, uri)).toContain('identical');
    const map = await json('qemu-img', 'map', '--output=json', '-f', 'raw', uri);
    expect(map.map(({ data }: { data: boolean }) => data)).toEqual([true, false, true, false, true]);
    expect(map.at(-1).start + map.at(-1).length).toBe(contents.length);
    device.bytes[30 * MIB] = 1;
    await device.write(30 * MIB, Buffer.from([1]), AbortSignal.timeout(1000));
    const { status, stdout } = await runProgram('qemu-img', 'compare', copy, uri);
    expect([status, stdout]).toEqual([1, `Content mismatch at offset ${30 * MIB}!\n`]);
  });

  it('sees by the dirty context what changed since the last snapshot', async () => {
    const device = new MemoryDevice({ sizeBytes: SIZE });
    const signal = AbortSignal.timeout(10_000);
    await device.write(0, Buffer.alloc(8 * MIB, 1), signal);
    device.snapshot();
    await device.write(4 * MIB, Buffer.alloc(MIB, 2), signal);
    const server = await serve([device]);
    if (!('socket' in server.address)) throw new Error('It does not listen on a socket.');
    const options = `driver=nbd,server.type=unix,server.path=${server.address.socket},export=disk,x-dirty-bitmap=varve:dirty`;
    const map = await json('qemu-img', 'map', '--output=json', '--image-opts', options);
    // qemu takes what is dirty for a hole where it is asked for another context in place of the
    // allocation.
    expect(map.map(({ start, length, data }: Record<string, unknown>) => [start, length, data])).toEqual([
      [0, 4 * MIB, true],
      [4 * MIB, MIB, false],
      [5 * MIB, SIZE - 5 * MIB, true],
    ]);
  });

  it('writes, zeroes, discards and reads back what it should find', async () => {
    const device = new MemoryDevice({ sizeBytes: SIZE });
    const server = await serve([device]);
    const commands = [
      'write -P 0x5a 0 4M',
      'write -P 0xa5 1000 7777',
      'read -P 0x5a 0 1000',
      'read -P 0xa5 1000 7777',
      'read -P 0x5a 8777 100k',
      'write -f -P 0x11 8M 64k',
      'read -P 0x11 8M 64k',
      'write -z 1M 1M',
      'write -z -u 2M 1M',
      'write -z -u -n 12M 1M',
      'read -P 0 1M 2M',
      'discard 3M 1M',
      'flush',
      'aio_write -P 0x77 16M 8M',
      'aio_write -P 0x78 24M 8M',
      'aio_flush',
      'read -P 0x77 16M 8M',
      'read -P 0x78 24M 8M',
      'writev -P 0x79 32M 512 4k 1M',
      'read -P 0x79 32M 1053184',
    ];
    const output = await tell('qemu-io', '-f', 'raw', ...commands.flatMap((one) => ['-c', one]), server.uri('disk'));
    expect(output).not.toMatch(/failed|error/i);
    const extents = await device.extents('allocation', MIB, 3 * MIB, 9, AbortSignal.timeout(1000));
    expect(extents.map(({ lengthBytes, hole }) => [lengthBytes / MIB, hole])).toEqual([[3, true]]);
    const durable = device.calls.indexOf(`write ${8 * MIB}+65536`);
    expect(device.calls[durable + 1]).toBe('flush 0+0');
  });

  it('is told what is wrong', async () => {
    const device = new MemoryDevice({ sizeBytes: SIZE, readOnly: true });
    const server = await serve([device]);
    expect((await runProgram('qemu-io', '-f', 'raw', '-c', 'write 0 4k', server.uri('disk'))).status).not.toBe(0);
    expect(await tell('qemu-io', '-r', '-f', 'raw', '-c', 'read -P 0 0 4k', server.uri('disk'))).toContain('read 4096');
    expect(device.calls.filter((call) => call.startsWith('write'))).toEqual([]);
  });

  test.each([
    ['reads', []],
    ['writes with flushes', ['-w', '--flush-interval=32']],
  ])('bench: %s', async (_, options) => {
    const server = await serve([new MemoryDevice({ sizeBytes: SIZE })]);
    const args = ['-f', 'raw', '-c', '2000', '-d', '32', '-s', '16k', ...options, server.uri('disk')];
    expect(await tell('qemu-img', 'bench', ...args)).toContain('Run completed');
  });
});

describeWith(['fio'], 'fio', () => {
  it('verifies what four jobs wrote at random, each by a connection of its own', { timeout: 120_000 }, async () => {
    const device = new MemoryDevice({ sizeBytes: SIZE });
    const server = await serve([device]);
    if (!('socket' in server.address)) throw new Error('It does not listen on a socket.');
    const output = await tell(
      'fio',
      '--name=verify',
      '--ioengine=nbd',
      `--uri=nbd+unix:///disk?socket=${server.address.socket}`,
      '--rw=randwrite',
      '--bsrange=512-64k',
      '--bs_unaligned=0',
      '--iodepth=16',
      '--numjobs=4',
      '--size=8m',
      '--offset_increment=16m',
      '--verify=crc32c',
      '--verify_state_save=0', // it would leave files in the current folder
      '--do_verify=1',
      '--verify_fatal=1',
      '--fsync=64',
      '--group_reporting',
      '--output-format=json',
    );
    const [job] = JSON.parse(output.slice(output.indexOf('{'))).jobs;
    expect(job.error).toBe(0);
    expect(job.write.io_bytes).toBe(4 * 8 * MIB);
    expect(job.read.io_bytes).toBe(4 * 8 * MIB);
    expect(
      server.log.entries.filter(({ message }) => message === 'nbd: a client is connected').length,
    ).toBeGreaterThanOrEqual(4);
    expect(device.held).toBe(0);
  });
});
