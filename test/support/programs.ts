import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

/** Where Debian keeps what is for administrators. */
const PATH = [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);
const ENVIRONMENT = { ...process.env, PATH, LC_ALL: 'C' };

export function programFound(name: string): boolean {
  return PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Tests that need programs of the machine, by names of their executables. Where one is missing,
 * they are left out and the report says why; with VARVE_TEST_PROGRAMS=required, as in CI, that is a
 * failure.
 */
export function describeWith(programs: readonly string[], name: string, body: () => void): void {
  const missing = programs.filter((program) => !programFound(program));
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  leaveOut(name, `not installed: ${missing.join(', ')}`);
}

/**
 * Tests that cannot run here: the report says why, and with VARVE_TEST_PROGRAMS=required that is a
 * failure.
 */
export function leaveOut(name: string, reason: string): void {
  test(name, (context) => {
    if (process.env.VARVE_TEST_PROGRAMS === 'required') throw new Error(reason);
    context.skip(reason);
  });
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, without blocking the servers of the test; kills it after five minutes.
 */
export function runProgram(name: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...output }));
  });
}

/** What a program says that must succeed. */
export async function tell(name: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runProgram(name, ...args);
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** As `tell`, for preparations, where nothing of ours runs in this process yet. */
export function tellSync(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(name, args, { env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}
