import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { BenchError } from '../bench-error.ts';
import { findProgram } from './find-program.ts';
import { type Usage, usageOf } from './usage.ts';

export interface ProgramSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** File for its standard input. */
  readonly stdin?: string;
  readonly limitS: number;
}

export interface ProgramResult extends Usage {
  /** From before it is started until it has ended. */
  readonly wallS: number;
  readonly stdout: string;
}

/** Runs a program to its end; anything but exit code 0 is an error. */
export type Run = (spec: ProgramSpec) => Promise<ProgramResult>;

const LOOK_MS = 20;
const LAST_WORDS = 2000;

/** `signal` ends programs that are under way. */
export function createRun(signal: AbortSignal): Run {
  return async (spec) => {
    signal.throwIfAborted();
    const command = findProgram(spec.command) ?? spec.command;
    const stdin = spec.stdin === undefined ? undefined : openSync(spec.stdin, 'r');
    try {
      const began = performance.now();
      const child = spawn(command, spec.args, {
        stdio: [stdin ?? 'ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...spec.env },
      });
      return await watch(child, { ...spec, began, signal });
    } finally {
      if (stdin !== undefined) closeSync(stdin);
    }
  };
}

async function watch(
  child: ChildProcess,
  { command, args, limitS, began, signal }: ProgramSpec & { readonly began: number; readonly signal: AbortSignal },
): Promise<ProgramResult> {
  let usage: Usage = { cpuS: 0, peakMib: 0, residentMib: 0 };
  let stdout = '';
  let stderr = '';
  let late = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-LAST_WORDS)));
  const look = setInterval(() => {
    usage = (child.pid === undefined ? undefined : usageOf(child.pid)) ?? usage;
  }, LOOK_MS);
  const kill = () => child.kill('SIGKILL');
  const limit = setTimeout(() => {
    late = true;
    kill();
  }, limitS * 1000);
  signal.addEventListener('abort', kill);
  let wallS = 0;
  try {
    const how = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => {
        wallS = (performance.now() - began) / 1000;
      });
      child.once('close', (code, signalName) => resolve(code ?? signalName));
    });
    signal.throwIfAborted();
    if (late) throw new BenchError(`${command} ${args.join(' ')} took longer than ${limitS} s.`);
    if (how !== 0) throw new BenchError(`${command} ${args.join(' ')} ended with ${how}: ${stderr.trim()}`);
    return { ...usage, wallS, stdout };
  } finally {
    clearInterval(look);
    clearTimeout(limit);
    signal.removeEventListener('abort', kill);
  }
}
