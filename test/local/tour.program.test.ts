import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import { describeWith, leaveOut, tell } from '../support/programs.ts';
import { eventually, isAlive, killNow, startVarve, temporaryFolder } from './running.ts';

beforeAll(cliBuilt);

const PREFIX = /^varve-tour-/;
/** What tours have left in a folder for temporary files. */
const leftIn = (path: string) => readdirSync(path).filter((name) => PREFIX.test(name));
const FEW_MINUTES = { timeout: 300_000 };

describe('varve tour', FEW_MINUTES, () => {
  it('goes through all steps, also beside another one, and leaves nothing', async () => {
    using folder = temporaryFolder();
    // What is set up for other services does not matter.
    const environment = { TMPDIR: folder.path, VARVE_ENDPOINT: 'http://127.0.0.1:1/graphql', VARVE_API_KEY: 'wrong' };
    await using first = startVarve(['--no-pause'], 'tour', environment);
    await using second = startVarve([], 'tour', environment);
    for (const tour of [first, second]) {
      expect(await tour.exit(), tour.stderr()).toBe(0);
      const lines = tour.stdout().split('\n');
      expect(lines.filter((line) => line === 'All 67,108,864 bytes are the same.')).toHaveLength(3);
      expect(tour.stdout()).toMatch(/The preview said ([\d,]+) bytes\. Exactly so many are used by nothing now\./);
      expect(lines).toContain('Everything came out as it went in.');
      expect(tour.stdout()).not.toContain('Enter goes on');
    }
    expect(leftIn(folder.path)).toEqual([]);
  });

  it('keeps everything in a folder that is named, and a server goes on with it', async () => {
    using folder = temporaryFolder();
    const kept = join(folder.path, 'my tour');
    await using tour = startVarve(['--keep', kept, '--json'], 'tour');
    expect(await tour.exit(), tour.stderr()).toBe(0);
    expect(JSON.parse(tour.stdout())).toEqual({ steps: 14, keptIn: kept });
    expect(tour.stderr()).toContain('14 of 14');
    expect(readdirSync(kept)).toEqual(expect.arrayContaining(['.varve', 'monday.img', 'tuesday.img']));
    await using server = startVarve(['--socket', '--data', join(kept, '.varve')]);
    await server.ready();
    const names = await tell(process.execPath, LAUNCHER, 'disk', 'list', '--json', '--data', join(kept, '.varve'));
    expect(names).toContain('photos-test');

    await using again = startVarve(['--keep', kept], 'tour');
    expect(await again.exit()).toBe(1);
    expect(again.stderr()).toContain('my tour is not empty. Name one that is empty or not there: --keep DIR.');
  });

  it.each(['$ varve status', '$ varve disk import', '$ cmp ', '$ varve trash list'])(
    'that is stopped at "%s" leaves neither a folder nor a server',
    async (moment) => {
      using folder = temporaryFolder();
      await using tour = startVarve([], 'tour', { TMPDIR: folder.path });
      await eventually(() => tour.stdout().includes(moment));
      const below = tour.descendants();
      process.kill(tour.pid, 'SIGINT');
      expect(await tour.exit()).toBe(130);
      expect(tour.stderr()).toContain('varve: The tour was stopped. Its server and its folder are gone.\n');
      expect(leftIn(folder.path)).toEqual([]);
      await eventually(() => below.every((pid) => !isAlive(pid)));
    },
  );

  it('that is stopped keeps what there is so far where a folder is named', async () => {
    using folder = temporaryFolder();
    const kept = join(folder.path, 'kept');
    await using tour = startVarve(['--keep', kept], 'tour');
    await eventually(() => tour.stdout().includes('$ varve disk list'));
    process.kill(tour.pid, 'SIGTERM');
    expect(await tour.exit()).toBe(143);
    expect(tour.stderr()).toContain(`The tour was stopped. What is there stays in ${kept}.\n`);
    expect(existsSync(join(kept, 'monday.img'))).toBe(true);
  });

  it.each(['--endpoint=http://127.0.0.1:1', '--data=x', '--profile=p', '--api-key=k', '--region=local'])(
    'refuses %s, as it has a service of its own',
    async (option) => {
      await using tour = startVarve([option], 'tour');
      expect(await tour.exit()).toBe(2);
      expect(tour.stderr()).toContain(`leave out ${option.split('=')[0]}.`);
    },
  );

  it('says in one sentence that there is no folder for temporary files', async () => {
    using folder = temporaryFolder();
    await using tour = startVarve([], 'tour', { TMPDIR: join(folder.path, 'gone') });
    expect(await tour.exit()).toBe(1);
    expect(tour.stderr()).toContain('gone: no such place. Set TMPDIR to another place, or name a folder: --keep DIR.');
  });
});

describeWith(['script'], 'varve tour on a terminal', () => {
  it('waits for Enter after each step, and Ctrl-C ends it there', FEW_MINUTES, async () => {
    using folder = temporaryFolder();
    const line = `'${process.execPath}' '${LAUNCHER}' tour`;
    const env = { ...process.env, TMPDIR: folder.path, NO_COLOR: '1' };
    const terminal = spawn('script', ['-qec', line, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(terminal, 'close');
    let shown = '';
    terminal.stdout.setEncoding('utf8').on('data', (part: string) => (shown += part));
    const prompts = () => shown.split('Enter goes on').length - 1;
    try {
      await eventually(() => prompts() === 1);
      expect(shown).not.toContain('2 of 14');
      terminal.stdin.write('\r');
      await eventually(() => prompts() === 2);
      expect(shown).toContain('2 of 14');
      expect(shown).not.toContain('3 of 14');
      terminal.stdin.write('\u0003');
      expect(await ended).toEqual([130, null]);
      expect(shown).toContain('The tour was stopped. Its server and its folder are gone.');
      expect(leftIn(folder.path)).toEqual([]);
    } finally {
      killNow(terminal.pid ?? 0);
    }
  });
});

describeWith(['mount'], 'varve tour where the folder for temporary files is full', () => {
  if (process.getuid?.() !== 0) return leaveOut('says so', 'this user may not mount here');

  async function onSmallDisk(mebibytes: number, use: (path: string) => Promise<void>): Promise<void> {
    using folder = temporaryFolder();
    await tell('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'varve-test', folder.path);
    try {
      await use(folder.path);
    } finally {
      await tell('umount', folder.path);
    }
  }

  function fill(file: string): void {
    const piece = Buffer.alloc(256 * 1024);
    const isFull = () => {
      try {
        appendFileSync(file, piece);
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
        return true;
      }
    };
    while (!isFull());
  }

  it('does not begin without enough room', FEW_MINUTES, async () => {
    await onSmallDisk(100, async (path) => {
      await using tour = startVarve([], 'tour', { TMPDIR: path });
      expect(await tour.exit()).toBe(1);
      expect(tour.stderr()).toMatch(/^varve: The tour needs 264 MiB, and .* has \d+ MiB left on its disk\./);
      expect(readdirSync(path)).toEqual([]);
    });
  });

  it('ends with the reason when others fill it, and leaves nothing', FEW_MINUTES, async () => {
    await onSmallDisk(270, async (path) => {
      await using tour = startVarve([], 'tour', { TMPDIR: path });
      await eventually(() => tour.stdout().includes('$ varve status'));
      fill(join(path, 'filler'));
      expect(await tour.exit()).toBe(1);
      expect(tour.stderr()).toMatch(/varve: .*(full|space|ended with)/);
      expect(readdirSync(path)).toEqual(['filler']);
    });
  });
});

it('npm run demo is the tour', () => {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(scripts.demo).toMatch(/src\/cli\/varve\.mjs tour$/);
});
