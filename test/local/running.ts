import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Mutation } from '../mutations/mutation.ts';
import { LAUNCHER, PATCH_SOURCES } from '../support/launcher.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FROM_SOURCES = fileURLToPath(new URL('../support/cli-from-sources.ts', import.meta.url));
const PATIENCE_MS = 120_000;

/** A start of the single machine as a user does it. */
export interface Running {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Resolves when it says that it is ready, rejects when it ends instead. */
  ready(): Promise<void>;
  exit(): Promise<number | null>;
  /** Its processes below, of every depth. */
  descendants(): number[];
}

export function temporaryFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'varve-local-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * `varve server`, or another command that stays. Ends with the scope, whatever happened in it, and
 * with this process if that is killed.
 */
export function startVarve(
  args: readonly string[],
  command = 'server',
  environment: Readonly<Record<string, string>> = {},
): Running & AsyncDisposable {
  const words = [LAUNCHER, command, ...args];
  const env = { ...process.env, ...environment };
  return asRunning(spawn(process.execPath, words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
}

/** The CLI from its sources, of which some are changed. Ends with the scope. */
export function startPatched(words: readonly string[], edits: Mutation['edits']): Running & AsyncDisposable {
  const args = ['--import', PATCH_SOURCES, FROM_SOURCES, ...words];
  const env = { ...process.env, VARVE_TEST_EDITS: JSON.stringify(edits) };
  return asRunning(spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Ends with the scope. */
export function startNpm(script: string, args: readonly string[]): Running & AsyncDisposable {
  const command = ['run', script, '--', ...args];
  return asRunning(spawn('npm', command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function asRunning(child: ChildProcess): Running & AsyncDisposable {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (text.stdout += chunk));
  child.stderr?.on('data', (chunk) => (text.stderr += chunk));
  const closed = once(child, 'close').then(([code]) => code as number | null);
  const pid = child.pid ?? 0;
  return {
    pid,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    exit: () => closed,
    descendants: () => descendantsOf(pid),
    ready: () =>
      eventually(() => {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended: ${text.stderr}`);
        return text.stdout.includes('Varve is ready');
      }),
    [Symbol.asyncDispose]: async () => {
      const below = descendantsOf(pid);
      for (const one of [pid, ...below]) killNow(one);
      await closed;
      await eventually(() => below.every((one) => !isAlive(one)));
    },
  };
}

export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = PATIENCE_MS): Promise<void> {
  for (const began = Date.now(); !(await holds()); await sleep(20)) {
    if (Date.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${holds}`);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Leaves alone what has ended by itself meanwhile. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function descendantsOf(pid: number): number[] {
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    parents.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}
