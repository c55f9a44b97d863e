import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BenchError } from '../bench-error.ts';
import type { Ending } from '../ending.ts';
import { findProgram } from './find-program.ts';
import { type Usage, usageOf } from './usage.ts';

export interface ServerSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly ending: Ending;
  /** Whether it serves; looked at with all that it has printed, until it is so. */
  readonly ready: (stdout: string) => boolean | Promise<boolean>;
}

/** A program that serves until it is stopped. */
export interface ServerProcess {
  readonly stdout: string;
  /** From its start until it served. */
  readonly startS: number;
  readonly pid: number;
  usage(): Usage | undefined;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  /** Ends it without asking. */
  kill(): Promise<void>;
}

const READY_LIMIT_MS = 60_000;
const END_LIMIT_MS = 120_000;
const LOOK_MS = 2;
const LAST_WORDS = 2000;

export async function startServer({ command, args, env, ending, ready }: ServerSpec): Promise<ServerProcess> {
  ending.signal.throwIfAborted();
  const began = performance.now();
  const child = spawn(findProgram(command) ?? command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (said.stderr = (said.stderr + text).slice(-LAST_WORDS)));
  let signal: NodeJS.Signals = 'SIGTERM';
  const stop = ending.before(() => end(child, signal, { command, ...said }));
  const elapsed = () => performance.now() - began;
  await once(child, 'spawn');
  while (!(await ready(said.stdout))) {
    ending.signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null || elapsed() > READY_LIMIT_MS)
      throw new BenchError(`${command} ${args.join(' ')} does not serve: ${said.stderr.trim()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const startS = elapsed() / 1000;
  const pid = child.pid as number;
  return {
    stdout: said.stdout,
    startS,
    pid,
    usage: () => usageOf(pid),
    stop,
    kill: async () => {
      signal = 'SIGKILL';
      await stop();
    },
  };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  { command, stderr }: { readonly command: string; readonly stderr: string },
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new BenchError(`${command} ended by itself: ${stderr.trim()}`);
  const ended = once(child, 'exit');
  const limit = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
  child.kill(signal);
  await ended;
  clearTimeout(limit);
}
