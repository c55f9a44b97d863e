import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { BLOCK_BYTES, type ObjectId } from '../../../src/engine/blocks/block.ts';
import { type Inspected, judgeObject } from '../../../src/engine/blocks/judge.ts';
import { blockIdOf, encodeObject } from '../../../src/engine/blocks/object-form.ts';
import { createJudgeThread, type JudgeThread, LEAST_PRIORITY } from '../../../src/local/server/judge.ts';
import { mixedContents } from '../../support/disk-contents.ts';
import { eventually } from '../running.ts';

let thread: JudgeThread;
afterEach(() => thread.close());

const plain = mixedContents(BLOCK_BYTES, 1);
const id = blockIdOf(plain);
const stored = () => Buffer.from(encodeObject(plain, { id }));
const as = (isPage: boolean, sealed: boolean, of: ObjectId = id): Inspected => ({ id: of, isPage, sealed });

it('says of each object what the calling thread would', async () => {
  thread = createJudgeThread();
  const cut = stored().subarray(0, 100);
  const changed = stored();
  changed[200] = (changed[200] ?? 0) ^ 1;
  const cases: readonly (readonly [Buffer, Inspected])[] = [
    [stored(), as(false, false)],
    [Buffer.from(plain), as(false, false)],
    [cut, as(false, false)],
    [changed, as(false, false)],
    [Buffer.alloc(0), as(false, false)],
    [stored(), as(true, false)],
    [stored(), as(false, true)],
    [stored(), as(false, false, blockIdOf(Buffer.from('another one')))],
  ];
  const expected = cases.map(([bytes, what]) => judgeObject(Buffer.from(bytes), what));
  expect(expected.map(({ reason }) => reason)).toEqual([
    undefined,
    undefined,
    expect.any(String),
    expect.any(String),
    'LENGTH',
    expect.any(String),
    'SEAL',
    'CHECKSUM',
  ]);
  expect(await Promise.all(cases.map(([bytes, what]) => thread.judge(bytes, what)))).toEqual(expected);
});

it('takes a part of memory that others use as a copy', async () => {
  thread = createJudgeThread();
  const shared = Buffer.concat([Buffer.from('before'), stored(), Buffer.from('after')]);
  const part = shared.subarray(6, -5);
  expect(await thread.judge(part, as(false, false))).toEqual({ bytes: part.length });
  expect(shared.subarray(0, 6).toString()).toBe('before');
});

const tasks = () => readdirSync('/proc/self/task');
/** proc(5): the 19th field; the second one, in brackets, may have blanks. */
const niceOf = (task: string) =>
  Number(
    readFileSync(`/proc/self/task/${task}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')[16],
  );

it.runIf(platform() === 'linux')('has the least priority, and ends when it is idle', async () => {
  thread = createJudgeThread({ idleMs: 50 });
  const before = tasks();
  await thread.judge(stored(), as(false, false));
  const nice = () => tasks().filter((task) => !before.includes(task) && niceOf(task) === LEAST_PRIORITY);
  expect(nice().length).toBeGreaterThan(0);
  await eventually(() => nice().length === 0);
  expect(await thread.judge(stored(), as(false, false))).toMatchObject({ bytes: stored().length });
});

it('fails what is under way when it is closed', async () => {
  thread = createJudgeThread();
  const asked = thread.judge(stored(), as(false, false));
  const failed = expect(asked).rejects.toThrow('The server ends.');
  await thread.close();
  await failed;
});
