import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { BLOCK_BYTES } from '../../../src/engine/blocks/block.ts';
import { freePort } from '../../../src/local/ports.ts';
import type { Mutation } from '../../mutations/mutation.ts';
import { LAUNCHER } from '../../support/launcher.ts';
import { type Running, startPatched, startVarve } from '../running.ts';

// biome-ignore lint/suspicious/noExplicitAny: the command's JSON, of which each call looks at a part
type Told = any;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** A command of an operator on one machine, however it ends. */
export function tryVarve(data: string, words: readonly string[], environment: Environment = {}): Promise<Ended> {
  return tryAnywhere([...words, '--data', data], environment);
}

/** One that finds its installation by the environment. */
export async function tryAnywhere(words: readonly string[], environment: Environment): Promise<Ended> {
  const args = [LAUNCHER, ...words, '--json', '--quiet'];
  try {
    const told = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...environment } });
    return { code: 0, ...told };
  } catch (error) {
    return error as Ended;
  }
}

/** One that has to succeed; its result. */
export async function varve(data: string, ...words: readonly string[]): Promise<Told> {
  const { code, stdout, stderr } = await tryVarve(data, words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** Its failure, as its user reads it. */
export async function refusal(data: string, ...words: readonly string[]): Promise<{ code: string; message: string }> {
  const { code, stderr } = await tryVarve(data, words);
  expect(code).not.toBe(0);
  return JSON.parse(stderr).error;
}

export async function started(data: string): Promise<Running & AsyncDisposable> {
  return untilReady(startVarve(['--data', data, '--port', `${await freePort()}`]));
}

/** Each object that is put into a backup, or taken out of it, takes its time. */
const SLOW: Mutation['edits'] = [
  {
    file: 'src/local/keep/put-files.ts',
    from: '      const { size } = statSync(from);',
    to:
      '      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);\n' +
      '      const { size } = statSync(from);',
  },
];

/** A server that backs up slowly. */
export async function startedSlowly(data: string): Promise<Running & AsyncDisposable> {
  return untilReady(startPatched(['server', '--data', data, '--port', `${await freePort()}`], SLOW));
}

/** A command that does the work itself, slowly. */
export const startSlowly = (data: string, ...words: readonly string[]): Running & AsyncDisposable =>
  startPatched([...words, '--json', '--quiet', '--data', data], SLOW);

/** A start that is expected to be refused, at a port of its own: the usual one may be taken. */
export const tryStart = async (data: string): Promise<Ended> =>
  tryVarve(data, ['server', '--port', `${await freePort()}`]);

async function untilReady(running: Running & AsyncDisposable): Promise<Running & AsyncDisposable> {
  await running.ready();
  return running;
}

export async function ended(running: Running, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  process.kill(running.pid, signal);
  await running.exit();
}

/** A file of random bytes; its path. */
export function randomFile(folder: string, name: string, sizeBytes: number): string {
  const path = join(folder, name);
  writeFileSync(path, randomBytes(sizeBytes));
  return path;
}

/** A file of so many blocks, of which each is another one and takes next to nothing; its path. */
export function manyBlocks(folder: string, name: string, count: number): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  ftruncateSync(file, count * BLOCK_BYTES);
  for (let at = 0; at < count; at++) writeSync(file, randomBytes(32), 0, 32, at * BLOCK_BYTES);
  closeSync(file);
  return path;
}

/** Whether a disk or snapshot holds what a file holds. */
export async function expectContents(data: string, words: readonly string[], file: string): Promise<void> {
  const output = `${file}.out`;
  await varve(data, ...words, output, '--force');
  expect(readFileSync(output).equals(readFileSync(file))).toBe(true);
}
