import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { freePort } from '../../../src/local/ports.ts';
import { LAUNCHER } from '../../support/launcher.ts';
import { type Running, startVarve } from '../running.ts';

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
  const running = startVarve(['--data', data, '--port', `${await freePort()}`]);
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

/** Whether a disk or snapshot holds what a file holds. */
export async function expectContents(data: string, words: readonly string[], file: string): Promise<void> {
  const output = `${file}.out`;
  await varve(data, ...words, output, '--force');
  expect(readFileSync(output).equals(readFileSync(file))).toBe(true);
}
