import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { describeWith, runProgram, tell } from '../../support/programs.ts';
import { sameContents, until } from '../harness.ts';
import { type AttachHarness, createAttachHarness } from './attachments.ts';

vi.setConfig({ testTimeout: 120_000 });

const PROGRAMS = ['qemu-io', 'qemu-img', 'nbdcopy', 'nbdinfo', 'fio', 'mke2fs'];

let cli: AttachHarness;
beforeAll(async () => {
  cli = await createAttachHarness();
});
afterAll(() => cli.close());

const qemuIo = (uri: string, ...commands: string[]) =>
  runProgram('qemu-io', '-f', 'raw', ...commands.flatMap((command) => ['-c', command]), uri);

const qemuRead = (uri: string, ...commands: string[]) =>
  runProgram('qemu-io', '-r', '-f', 'raw', ...commands.flatMap((command) => ['-c', command]), uri);

/** Exit code 0 alone does not tell that a pattern was what it should be. */
async function holds(uri: string, ...reads: string[]): Promise<void> {
  const { status, stdout, stderr } = await qemuRead(uri, ...reads.map((read) => `read -P ${read}`));
  expect(`${status} ${stdout}${stderr}`).not.toMatch(/Pattern verification failed|^[^0]/);
}

describeWith(PROGRAMS, '9.3: an attached disk and ordinary tools', () => {
  it('takes what qemu-io writes, and has it committed when the attachment ends', async () => {
    const { id } = await cli.json('disk', 'create', 'patterns', '--size', '8M');
    const attached = await cli.up('attach', 'patterns');
    expect(attached.announced).toMatchObject({
      sourceId: id,
      access: 'READ_WRITE',
      sizeBytes: 8 * 2 ** 20,
      version: 0,
    });
    expect(await cli.json('disk', 'show', 'patterns')).toMatchObject({ status: 'IN_USE' });

    const written = [
      'write -P 0xab 1M 700k',
      'write -f -P 0xcd 5000 3000',
      'write -z 1200k 100k',
      'discard 1536k 512k',
    ];
    expect((await qemuIo(attached.uri, ...written, 'flush')).status).toBe(0);
    const expected = ['0xab 1M 176k', '0 1200k 100k', '0xab 1300k 236k', '0 1536k 512k', '0xcd 5000 3000', '0 0 5000'];
    await holds(attached.uri, ...expected);

    expect(await attached.end()).toMatchObject({ code: 0 });
    const disk = await cli.json('disk', 'show', 'patterns');
    expect(disk).toMatchObject({ status: 'AVAILABLE', instances: [] });
    expect(disk.version).toBeGreaterThan(0);

    const again = await cli.up('attach', 'patterns', '--read-only');
    await holds(again.uri, ...expected);
    expect((await qemuIo(again.uri, 'write 0 4k')).status).not.toBe(0);
    await again.end();
  });

  it('is converted to and compared with by qemu-img, and copied by nbdcopy both ways', async () => {
    const image = cli.path('image.raw');
    await tell('mke2fs', '-q', '-t', 'ext4', '-d', import.meta.dirname, image, '24M');
    await cli.json('disk', 'create', 'converted', '--size', '24M');
    const attached = await cli.up('attach', 'converted');
    await tell('qemu-img', 'convert', '-n', '-f', 'raw', '-O', 'raw', image, attached.uri);
    await tell('qemu-img', 'compare', '-f', 'raw', '-F', 'raw', image, attached.uri);
    const map = JSON.parse(await tell('qemu-img', 'map', '--output=json', '-f', 'raw', attached.uri));
    expect(map.some(({ data }: { data: boolean }) => data)).toBe(true);
    expect(map.some(({ zero }: { zero: boolean }) => zero)).toBe(true);
    await tell('nbdcopy', attached.uri, cli.path('copied.raw'));
    expect(await sameContents(image, cli.path('copied.raw'))).toBe(true);
    await tell('mke2fs', '-q', '-t', 'ext4', cli.path('other.raw'), '24M');
    await tell('nbdcopy', '--flush', cli.path('other.raw'), attached.uri);
    await attached.end();
    await cli.json('disk', 'export', 'converted', cli.path('exported.raw'));
    expect(await sameContents(cli.path('other.raw'), cli.path('exported.raw'))).toBe(true);
  });

  it('tells what is allocated, and what changed since the last snapshot', async () => {
    await cli.json('disk', 'create', 'mapped', '--size', '4M');
    const attached = await cli.up('attach', 'mapped');
    await qemuIo(attached.uri, 'write -P 1 512k 512k', 'flush');
    await cli.json('snapshot', 'create', 'mapped', '--name', 'mapped-before');
    await qemuIo(attached.uri, 'write -P 2 2M 512k', 'flush');
    const kinds = async (context: string) => {
      const map = JSON.parse(await tell('nbdinfo', '--json', `--map=${context}`, attached.uri));
      return map.map(({ offset, length, type }: Record<string, number>) => [offset, length, type]);
    };
    const K = 1024;
    expect(await kinds('base:allocation')).toEqual([
      [0, 512 * K, 3],
      [512 * K, 512 * K, 0],
      [1024 * K, 1024 * K, 3],
      [2048 * K, 512 * K, 0],
      [2560 * K, 1536 * K, 3],
    ]);
    expect(await kinds('varve:dirty')).toEqual([
      [0, 2048 * K, 0],
      [2048 * K, 512 * K, 1],
      [2560 * K, 1536 * K, 0],
    ]);
    await attached.end();
  });

  it('keeps what a flush acknowledged through kill -9, whatever fio had under way', async () => {
    await cli.json('disk', 'create', 'torn', '--size', '4M');
    const job = (at: number, seed: number) => [
      `--name=job${at}`,
      '--ioengine=nbd',
      '--rw=randwrite',
      '--bs=4k',
      '--size=1M',
      `--offset=${at}M`,
      '--iodepth=8',
      '--verify=crc32c',
      '--verify_state_save=0',
      `--randseed=${seed}`,
    ];
    for (const [seed, durability] of ['remote', 'local'].entries()) {
      const attached = await cli.up('attach', 'torn', '--durability', durability);
      const uri = `--uri=${attached.uri}`;
      const jobs = [0, 1, 2, 3].flatMap((at) => [...job(at, seed), uri, '--do_verify=0', '--end_fsync=1']);
      await tell('fio', ...jobs);
      const unfinished = runProgram('fio', ...job(0, seed + 100), uri, '--do_verify=0', '--time_based', '--runtime=60');
      await new Promise((resolve) => setTimeout(resolve, 500));
      await attached.kill();
      expect((await unfinished).status).not.toBe(0);

      const again = await cli.up('attach', 'torn', '--durability', durability);
      const acknowledged = [1, 2, 3].flatMap((at) => [...job(at, seed), `--uri=${again.uri}`, '--verify_only=1']);
      await tell('fio', ...acknowledged);
      await again.end();
    }
  });
});

describeWith(PROGRAMS, '9.3: one writer at a time', () => {
  it('refuses a second one with the name of the first, who is fenced off when the disk is stolen', async () => {
    await cli.json('disk', 'create', 'wanted', '--size', '2M');
    const first = await cli.up('attach', 'wanted', '--holder', 'host-one');
    await qemuIo(first.uri, 'write -P 1 0 4k', 'flush');

    const refused = await cli.run(['attach', 'wanted', '--holder', 'host-two', '--json'], {
      environment: { VARVE_STATE_DIR: cli.path('state-two') },
    });
    expect(refused.code).toBe(4);
    expect(JSON.parse(refused.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      error: {
        code: 'DiskLocked',
        holder: 'host-one',
        message: expect.stringContaining('host-one'),
        hint: 'Stop that writer, or take its disk away with --steal.',
      },
    });
    await writeFile(cli.path('small.img'), Buffer.alloc(1024, 9));
    const synced = await cli.run(['disk', 'sync', 'wanted', cli.path('small.img')]);
    expect(synced.stderr).toMatch(/host-one.*\nStop that writer first: varve detach d-\w+ on its machine\.\n/);

    // What cannot be served takes nothing from anybody.
    const served = new URL(first.uri).searchParams.get('socket') as string;
    for (const [words, message] of [
      [['--socket', served], 'in use by another server'],
      [['--listen', '127.0.0.1:0', '--tls-psk', 'no-such-file'], 'no-such-file'],
    ] as const) {
      const wrong = await cli.run(['attach', 'wanted', '--holder', 'host-two', '--steal', ...words]);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    expect((await qemuIo(first.uri, 'write -P 1 4k 4k', 'flush')).status).toBe(0);

    const thief = await cli.up('attach', 'wanted', '--holder', 'host-two', '--steal');
    const fenced = await qemuIo(first.uri, 'write -P 7 0 4k', 'flush');
    expect(fenced.status).not.toBe(0);
    expect(fenced.stdout + fenced.stderr).toMatch(/Input\/output error|I\/O error/);
    await holds(thief.uri, '1 0 4k');
    const reader = await cli.up('attach', 'wanted', '--read-only');
    await holds(reader.uri, '1 0 4k');

    // One that cannot be ended cleanly keeps no other. It says where its writes are, unless it
    // heard of the theft early enough to take none.
    const detached = await cli.run(['detach', 'wanted', '--json']);
    expect(detached.code).toBe(1);
    const errors = JSON.parse(detached.stdout).detached.map(({ error }: { error: string | null }) => error);
    const expected = expect.stringMatching(
      /could not be detached cleanly: .*(not committed is in .*set-aside-|no longer this attachment's)/,
    );
    expect(errors.sort()).toEqual([expected, null, null]);
    expect(JSON.parse(detached.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ error: { message: expected } });
    expect((await first.end()).stderr).toMatch(/docs\/attach\.md says|no longer this attachment's/);
    expect(await reader.end()).toMatchObject({ code: 0 });
    expect(await thief.end()).toMatchObject({ code: 0 });
  });

  it('4.4: a snapshot of an attached disk has what was written before it, also without a flush', async () => {
    await cli.json('disk', 'create', 'busy', '--size', '2M');
    const attached = await cli.up('attach', 'busy');
    await qemuIo(attached.uri, 'write -P 5 0 64k');
    const snapshot = await cli.json('snapshot', 'create', 'busy', '--name', 'of-busy');
    expect(snapshot).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'FLUSHED' });
    const reader = await cli.up('attach', 'of-busy');
    expect(reader.announced).toMatchObject({ access: 'READ_ONLY', version: null });
    await holds(reader.uri, '5 0 64k');
    await reader.end();
    await attached.end();
  });

  it('4.9: rolls back once it is detached, and goes on from there', async () => {
    await cli.json('disk', 'create', 'returned', '--size', '2M');
    const before = await cli.up('attach', 'returned');
    await qemuIo(before.uri, 'write -P 1 0 512k', 'flush');
    await cli.json('snapshot', 'create', 'returned', '--name', 'good');
    await qemuIo(before.uri, 'write -P 2 0 512k', 'flush');
    const refused = await cli.run(['snapshot', 'rollback', 'good', '--json']);
    expect(refused.code).toBe(4);
    const detached = await cli.json('detach', 'returned');
    expect(detached.detached).toMatchObject([{ name: 'returned', alive: true }]);
    await cli.json('snapshot', 'rollback', 'good');
    const after = await cli.up('attach', 'returned');
    await holds(after.uri, '1 0 512k');
    await qemuIo(after.uri, 'write -P 3 0 4k', 'flush');
    await after.end();
  });
});

describeWith(PROGRAMS, 'attachments of a machine', () => {
  it('run in the background, are listed, and end by detach', async () => {
    await cli.json('disk', 'create', 'quiet', '--size', '2M');
    await mkdir(cli.path('state/attachments'), { recursive: true });
    // as a power cut may leave one
    await writeFile(cli.path('state/attachments/d-cut.1.json'), '{"sourceId":');
    const announced = await cli.json('attach', 'quiet', '--background', '--socket', cli.path('quiet.sock'));
    await qemuIo(announced.uri, 'write -P 4 0 4k');
    const listed = async () =>
      (await cli.json('attachment', 'list')).attachments.filter(({ name }: { name: string }) => name === 'quiet');
    expect(await listed()).toMatchObject([{ alive: true, access: 'READ_WRITE', fault: null }]);
    expect((await cli.run(['attachment', 'list'])).stdout).toContain('quiet.sock');
    await cli.json('detach', 'quiet');
    expect(await listed()).toEqual([]);
    expect(await cli.json('disk', 'show', 'quiet')).toMatchObject({ version: 1, status: 'AVAILABLE' });
  });

  it('that were killed are told from those that run, and can be cleaned up', async () => {
    const { id } = await cli.json('disk', 'create', 'killed', '--size', '2M');
    const { log } = await cli.json('attach', 'killed', '--background');
    const listed = async () =>
      (await cli.json('attachment', 'list')).attachments.find(({ name }: { name: string }) => name === 'killed');
    const running = await listed();
    expect(running).toMatchObject({ alive: true, log });
    process.kill(running.pid, 'SIGKILL');
    await until(async () => !(await listed()).alive, 'its end');
    const detached = await cli.run(['detach', 'killed', '--json']);
    expect(JSON.parse(detached.stdout).detached).toMatchObject([{ alive: false, error: null }]);
    expect(detached.stderr).toMatch(/commits what only .*journal-.* has\./);
    expect((await cli.run(['detach', 'killed'])).code).toBe(3);
    const left = async () =>
      (await readdir(cli.path('state'), { recursive: true })).filter((path) => path.includes(id)).sort();
    expect(await left()).not.toContainEqual(expect.stringMatching(/^(scratch|sockets|attachments)/));
    await expect(stat(log)).rejects.toThrow('ENOENT');
    await (await cli.up('attach', 'killed')).end();
    // The last version of the disk is remembered: an older one is refused.
    expect(await left()).toEqual([`versions/${id}.json`]);
  });

  it('whose commits fail say so, and the next one forgets them with what they left', async () => {
    await cli.json('disk', 'create', 'refused', '--size', '2M');
    const { apiKey, secret } = await cli.json('key', 'create', 'short-lived', '--role', 'OPERATOR');
    const attached = await cli.up('attach', 'refused', '--api-key', secret);
    await cli.json('key', 'revoke', apiKey.id);
    // and flushes in the end, for which it waits
    const writing = qemuIo(attached.uri, 'write -P 6 0 4k');
    const listed = async () =>
      (await cli.json('attachment', 'list')).attachments.filter(({ name }: { name: string }) => name === 'refused');
    await until(async () => (await listed())[0].retrying, 'a commit that fails');
    expect((await cli.run(['attachment', 'list'])).stdout).toMatch(/refused .* retrying: .*key/);
    await attached.kill();
    await writing;
    const next = await cli.up('attach', 'refused');
    const [{ pid, ...running }] = await listed();
    expect(running).toMatchObject({ alive: true, fault: null, retrying: null });
    process.kill(pid, 'SIGSTOP');
    expect(await listed()).toMatchObject([{ alive: true, fault: 'does not answer', version: null }]);
    process.kill(pid, 'SIGCONT');
    await holds(next.uri, '6 0 4k');
    await next.end();
  });

  it('say in one sentence what is wrong', async () => {
    await cli.json('disk', 'create', 'wrong', '--size', '2M');
    for (const [words, code, message] of [
      [['attach', 'nobody'], 3, 'no disk or snapshot'],
      [['attach', 'wrong', '--scratch', '--background'], 2, '--scratch is for snapshots'],
      [['attach', 'wrong', '--scratch', '--read-only'], 2, '--scratch does not go with --read-only'],
      [['attach', 'wrong', '--listen', '0.0.0.0:0'], 2, 'loopback'],
      [['attach', 'wrong', '--listen', '127.0.0.1:0', '--tls-psk', 'no-such-file'], 2, 'no-such-file'],
      [['attach', 'wrong', '--socket', `/tmp/${'x'.repeat(120)}`], 2, '107'],
      [['attach', 'wrong', '--durability', 'none'], 2, 'must be one of remote, local'],
      [['attach', 'wrong', '--background', '--socket', '/no/such/folder/s'], 2, 'there is no folder /no/such/folder'],
      [['mount', 'wrong', '/no/such/folder'], 1, 'does not exist'],
      [['mount', 'wrong', cli.folder], 1, 'is not empty'],
      [['detach', 'nobody'], 3, 'Nothing named'],
    ] as const) {
      const outcome = await cli.run([...words]);
      expect([words.join(' '), outcome.code, outcome.stderr]).toEqual([
        words.join(' '),
        code,
        expect.stringContaining(message),
      ]);
    }
    // where making folders refuses in a way of its own
    const nowhere = { environment: { VARVE_STATE_DIR: '/proc/varve' } };
    expect((await cli.run(['attach', 'wrong'], nowhere)).stderr).toContain('/proc/varve');
    expect(await cli.json('disk', 'show', 'wrong')).toMatchObject({ status: 'AVAILABLE' });
  });
});

describeWith(
  [...PROGRAMS, 'mount', 'dd', ...(process.geteuid?.() === 0 ? [] : ['root'])],
  'a state folder on a full file system',
  () => {
    it('refuses writes until there is room, and ends no attachment though its log cannot be written', async () => {
      const state = cli.path('full');
      await mkdir(state);
      await tell('mount', '-t', 'tmpfs', '-o', 'size=2m', 'varve-test', state);
      onTestFinished(async () => void (await runProgram('umount', '--lazy', state)));
      const environment = { VARVE_STATE_DIR: state };
      const json = async (...words: string[]) =>
        JSON.parse((await cli.run([...words, '--json'], { environment })).stdout);
      const fill = () => runProgram('dd', 'if=/dev/zero', `of=${state}/filler`, 'bs=4k');
      await cli.json('disk', 'create', 'crowded', '--size', '8M');
      const { uri } = await json('attach', 'crowded', '--background');
      await fill();
      const { stdout, stderr } = await qemuIo(uri, 'write -P 1 0 512k');
      expect(stdout + stderr).toContain('No space left on device');
      await rm(`${state}/filler`);
      expect((await qemuIo(uri, 'write -P 2 0 4k', 'flush')).status).toBe(0);
      await holds(uri, '2 0 4k', '0 4k 508k');
      await fill();
      expect((await json('detach', 'crowded')).detached).toMatchObject([{ alive: true, committedVersion: 1 }]);
      await fill(); // what the journal took
      const writer = await cli.up('attach', 'crowded');
      const thief = await cli.run(['attach', 'crowded', '--background', '--steal'], { environment });
      expect([thief.code, thief.stderr]).toEqual([1, expect.stringMatching(/log .* cannot be written.*ENOSPC/)]);
      expect((await qemuIo(writer.uri, 'write -P 3 0 4k', 'flush')).status).toBe(0);
      expect(await writer.end()).toMatchObject({ code: 0 });
    });
  },
);
