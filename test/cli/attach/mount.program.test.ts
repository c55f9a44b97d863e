import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWith, type Outcome, runProgram, tell } from '../../support/programs.ts';
import { until } from '../harness.ts';
import { type AttachHarness, createAttachHarness } from './attachments.ts';

vi.setConfig({ testTimeout: 180_000 });

/**
 * Mounting is root's; where others run the tests, these are left out like those whose programs are
 * missing.
 */
const PROGRAMS = [
  'nbdfuse',
  'losetup',
  'mke2fs',
  'e2fsck',
  'fusermount3',
  ...(process.geteuid?.() === 0 ? [] : ['root']),
];

let cli: AttachHarness;
beforeAll(async () => {
  cli = await createAttachHarness();
});
afterAll(() => cli.close());

async function folder(name: string): Promise<string> {
  await mkdir(cli.path(name));
  return cli.path(name);
}

/**
 * What a busy machine does to its filesystem: makes, overwrites, renames, links and removes files,
 * some of them synced.
 */
async function load(root: string, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const at = join(root, `d${round % 5}`);
    await mkdir(at, { recursive: true });
    await writeFile(join(at, `f${round}`), Buffer.alloc(1000 + ((round * 7919) % 60_000), round % 251));
    if (round % 3 === 0) await tell('mv', join(at, `f${round}`), join(at, `g${round}`));
    if (round % 4 === 0) await tell('sync', '-f', at);
    if (round % 7 === 0) await tell('rm', '-rf', join(root, `d${(round + 2) % 5}`));
  }
}

/** A folder with these programs and no others. */
async function folderOf(...programs: readonly string[]): Promise<string> {
  const at = await folder('programs');
  for (const name of programs) await symlink((await tell('which', name)).trim(), join(at, name));
  return at;
}

/** An export as a file in the folder, once it is there. */
async function offer(uri: string, work: string): Promise<{ readonly file: string; withdraw(): Promise<void> }> {
  const file = join(work, 'disk');
  let ended: Outcome | undefined;
  const fuse = runProgram('nbdfuse', file, uri).then((outcome) => {
    ended = outcome;
  });
  while (!(await readdir(work)).includes('disk')) {
    if (ended !== undefined) throw new Error(`nbdfuse ended with ${ended.status}: ${ended.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const withdraw = async () => {
    await tell('fusermount3', '-u', work);
    await fuse;
  };
  return { file, withdraw };
}

async function fsck(uri: string): Promise<string> {
  const { file, withdraw } = await offer(uri, await folder(`fsck-${Math.random()}`));
  try {
    // as a machine does when it starts: replays the journal
    const replay = await runProgram('e2fsck', '-p', file);
    const check = await runProgram('e2fsck', '-f', '-n', file);
    return `${(replay.status ?? 99) <= 1 ? 'replayed' : replay.stdout + replay.stderr}, ${check.status === 0 ? 'clean' : check.stdout + check.stderr}`;
  } finally {
    await withdraw();
  }
}

describeWith(PROGRAMS, '9.3: filesystems', () => {
  it('are made, used, snapshotted while they are written to, mounted from the snapshot, checked, and rolled back', async () => {
    await cli.json('disk', 'create', 'root', '--size', '64M');
    const bare = await cli.up('attach', 'root');
    const { file, withdraw } = await offer(bare.uri, await folder('bare'));
    await tell('mkfs.ext4', '-q', '-F', file);
    await withdraw();
    expect(await bare.end()).toMatchObject({ code: 0 });

    const live = await folder('live');
    const mounted = await cli.up('mount', 'root', live);
    expect(mounted.announced).toMatchObject({ access: 'READ_WRITE', mountedOn: live });
    await writeFile(join(live, 'before'), 'kept');
    await tell('sync', '-f', live);
    const busy = load(live, 60);
    const names = ['while-1', 'while-2', 'while-3'];
    for (const name of names) await cli.json('snapshot', 'create', 'root', '--name', name);
    await busy;
    await cli.json('snapshot', 'create', 'root', '--name', 'after');
    expect(await mounted.end()).toMatchObject({ code: 0 });
    expect(await readdir(live)).toEqual([]);

    for (const name of names) {
      const scratch = await cli.up('attach', name, '--scratch');
      expect([name, await fsck(scratch.uri)]).toEqual([name, 'replayed, clean']);
      await scratch.end();
      const old = await folder(name);
      const snapshot = await cli.up('mount', name, old);
      expect(snapshot.announced).toMatchObject({ access: 'SCRATCH', mountedOn: old });
      expect(await readFile(join(old, 'before'), 'utf8')).toBe('kept');
      await expect(writeFile(join(old, 'new'), 'x')).rejects.toThrow('EROFS');
      await snapshot.end();
    }

    await cli.json('snapshot', 'rollback', 'while-1');
    const again = await cli.up('mount', 'root', live);
    expect(await readFile(join(live, 'before'), 'utf8')).toBe('kept');
    await writeFile(join(live, 'later'), 'written after the rollback');
    await again.end();
    const checked = await cli.up('attach', 'root');
    expect(await fsck(checked.uri)).toBe('replayed, clean');
    await checked.end();
  });

  it('are cleaned up after a kill, and what cannot be mounted says why', async () => {
    const image = cli.path('fs.img');
    await tell('mke2fs', '-q', '-t', 'ext4', '-d', import.meta.dirname, image, '16M');
    await cli.json('disk', 'import', image, '--name', 'filesystem');
    await cli.json('snapshot', 'create', 'filesystem', '--name', 'of-filesystem');
    await cli.json('disk', 'create', 'nothing', '--size', '1M');
    await cli.json('snapshot', 'create', 'nothing', '--name', 'of-nothing');

    const at = await folder('killed');
    const mounted = await cli.up('mount', 'of-filesystem', at);
    expect(await readdir(at)).toContain('mount.program.test.ts');
    await mounted.kill();
    const over = await cli.run(['mount', 'of-filesystem', at]);
    expect(over.stderr).toContain(`was mounted on ${at} by a process that was killed: varve detach ${at} unmounts it.`);
    await cli.json('detach', at);
    expect(await readdir(at)).toEqual([]);
    expect(await readdir(cli.path('state/scratch'))).toEqual([]);

    // As a user's PATH may be: without /usr/sbin, and without fusermount3, which root has no need
    // of.
    const environment = { PATH: await folderOf('nbdfuse', 'mount', 'umount', 'partx') };
    const background = await cli.run(['mount', 'of-filesystem', at, '--background', '--json'], { environment });
    expect(background.stderr).toBe('');
    expect(JSON.parse(background.stdout)).toMatchObject({ mountedOn: at });
    expect(await readdir(at)).toContain('mount.program.test.ts');
    expect(await cli.run(['detach', at], { environment })).toMatchObject({ code: 0 });
    expect(await readdir(at)).toEqual([]);
    expect(await readFile('/proc/mounts', 'utf8')).not.toContain(cli.folder);

    const waiting = cli.start(['mount', 'of-filesystem', at]);
    const said = (what: string) =>
      until(async () => (waiting.process.exitCode === null ? heard.includes(what) : 'it ended'), what);
    let heard = '';
    waiting.process.stdout?.on('data', (chunk) => (heard += String(chunk)));
    waiting.process.stderr?.on('data', (chunk) => (heard += String(chunk)));
    await said('is mounted');
    const user = spawn('sleep', ['300'], { cwd: at });
    waiting.process.kill('SIGINT');
    await said('A second Ctrl-C ends it at once');
    await said('is in use');
    // one that comes sooner counts as the first
    await new Promise((resolve) => setTimeout(resolve, 1000));
    waiting.process.kill('SIGINT');
    expect(await waiting.outcome).toMatchObject({ code: 130 });
    user.kill();
    await once(user, 'exit');
    await cli.json('detach', at);
    expect(await readdir(at)).toEqual([]);

    const refused = await cli.run(['mount', 'of-nothing', at]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('no filesystem')]);
    const none = await cli.run(['mount', 'of-filesystem', at, '--partition', '2']);
    expect(none.stderr).toContain('It has no partitions.');
    expect((await cli.json('attachment', 'list')).attachments).toEqual([]);
  });
});
