import { hash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { chooseImage } from '../../src/local/tour/image.ts';
import { makePlace } from '../../src/local/tour/place.ts';
import { run } from '../../src/local/tour/run-program.ts';
import { sameBytes } from '../../src/local/tour/same-files.ts';
import { createScreen, NobodyThere } from '../../src/local/tour/screen.ts';
import { STEPS } from '../../src/local/tour/steps.ts';
import { temporaryFolder } from './running.ts';

const MIB = 1024 ** 2;

describe('the steps of the tour', () => {
  const lines = STEPS.flatMap(({ acts }) => acts.flatMap((act) => (act.kind === 'varve' ? [act.words] : [])));

  it.each(lines)('varve %s is a command line of the CLI', (words) => {
    expect(parseCommandLine(COMMANDS, words.split(' '))).toHaveProperty('command');
  });

  it('fit a terminal of 80 columns, in one or two lines besides the title', () => {
    for (const { title, why, acts } of STEPS) {
      expect(why.length).toBeLessThanOrEqual(2);
      for (const line of why) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(`14 of 14  ${title}`.length).toBeLessThanOrEqual(80);
      expect(acts.length).toBeGreaterThan(0);
    }
  });
});

it('the tour has a raw image where a tool is missing, and says so', async () => {
  using folder = temporaryFolder();
  const image = await chooseImage(folder.path, async (command, args) =>
    command === 'debugfs' ? undefined : run(command, args),
  );
  expect(image.note).toContain('is not installed here (package e2fsprogs)');
  const file = join(folder.path, 'raw.img');
  await image.make(file);
  const { size, blocks } = statSync(file);
  expect(size).toBe(64 * MIB);
  expect(blocks * 512).toBeLessThan(12 * MIB);
  const before = hashesOf(file);
  await image.change(file);
  const after = hashesOf(file);
  expect(before).toHaveLength(64);
  expect(after.flatMap((is, mib) => (is === before[mib] ? [] : [mib]))).toEqual([24]);
});

/** A hash of each MiB. */
function hashesOf(file: string): string[] {
  const piece = Buffer.alloc(MIB);
  const fd = openSync(file, 'r');
  try {
    return Array.from({ length: statSync(file).size / MIB }, (_, at) => {
      readSync(fd, piece, 0, MIB, at * MIB);
      return hash('sha256', piece, 'hex');
    });
  } finally {
    closeSync(fd);
  }
}

describe('files are compared', () => {
  const first = Buffer.alloc(2 * MIB + 5, 7);
  const cases: readonly (readonly [string, Buffer, number | undefined])[] = [
    ['the same', Buffer.from(first), first.length],
    ['one byte differs at the end', Buffer.concat([first.subarray(1), Buffer.from([8])]), undefined],
    ['one is shorter', first.subarray(0, 2 * MIB), undefined],
    ['one is longer', Buffer.concat([first, Buffer.from([7])]), undefined],
  ];

  test.each(cases)('%s', async (_, other, bytes) => {
    using folder = temporaryFolder();
    const [one, two] = [join(folder.path, 'one'), join(folder.path, 'two')];
    writeFileSync(one, first);
    writeFileSync(two, other);
    expect(await sameBytes(one, two)).toBe(bytes);
    expect(await sameBytes(two, one)).toBe(bytes);
  });
});

describe('the folder of a tour', () => {
  it('is a new one each time, and goes at the end', () => {
    const [one, other] = [makePlace(undefined), makePlace(undefined)];
    expect(one.path).not.toBe(other.path);
    mkdirSync(join(one.path, 'some/thing'), { recursive: true });
    for (const place of [one, other]) {
      expect(readdirSync(place.path).length).toBe(place === one ? 1 : 0);
      place.leave();
      expect(existsSync(place.path)).toBe(false);
    }
  });

  it('stays where it is named, and has to be empty there', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'a/b');
    const place = makePlace(path);
    expect(place).toMatchObject({ path, isKept: true });
    place.leave();
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(() => makePlace(folder.path)).toThrow(`${folder.path} is not empty. Name one that is empty`);
  });

  it('cannot be below a file', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const message = 'a part of the path is a file. Set TMPDIR to another place, or name a folder: --keep DIR.';
    expect(() => makePlace(join(file, 'below'))).toThrow(message);
  });
});

describe('the tour waits for Enter', () => {
  function screenOf({ isTTY }: { readonly isTTY: boolean }) {
    const stopped = new AbortController();
    const keys = Object.assign(new PassThrough(), { isTTY });
    const output = Object.assign(new PassThrough(), { isTTY });
    const screen = createScreen({ output, keys, environment: {}, signal: stopped.signal });
    const asked = () => once(output, 'data').then(([part]) => String(part));
    return { screen, keys, stopped, asked, output };
  }

  it('on a terminal', async () => {
    const { screen, keys, asked } = screenOf({ isTTY: true });
    const paused = screen.pause();
    expect(await asked()).toContain('Enter goes on, Ctrl-C ends the tour.');
    keys.write('\n');
    await paused;
    expect(keys.listenerCount('end')).toBe(0);
  });

  it('nowhere else', async () => {
    const { screen, output } = screenOf({ isTTY: false });
    await screen.pause();
    expect(output.read()).toBeNull();
  });

  it('until it is stopped, or nothing more can be typed', async () => {
    const one = screenOf({ isTTY: true });
    const paused = one.screen.pause();
    const reason = new Error('stopped');
    await one.asked();
    one.stopped.abort(reason);
    await expect(paused).rejects.toBe(reason);

    const other = screenOf({ isTTY: true });
    const waiting = other.screen.pause();
    await other.asked();
    other.keys.end();
    await expect(waiting).rejects.toBeInstanceOf(NobodyThere);
  });
});

describe('a program of the tour', () => {
  it('has ended when the signal has stopped it', async () => {
    const stopped = new AbortController();
    const reason = new Error('stopped');
    const running = run('sh', ['-c', 'trap "" TERM; sleep 0.3; exit 0'], { signal: stopped.signal });
    setTimeout(() => stopped.abort(reason), 50);
    await expect(running).rejects.toBe(reason);
  });

  it('is not started once the signal has come', async () => {
    await expect(run('sh', ['-c', 'exit 0'], { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
  });

  it('may not be there', async () => {
    expect(await run('varve-no-such-program', [])).toBeUndefined();
  });
});
