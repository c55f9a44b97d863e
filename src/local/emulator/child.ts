import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFull } from '../folder/space.ts';
import { StartError } from '../start-error.ts';

/** A process of ours that ends with us. */
export interface Child {
  readonly name: string;
  /** How it ended, once it has. */
  readonly ended: Promise<string>;
  readonly running: boolean;
  /**
   * Resolves when `probe` says yes. Throws `StartError` when the child ends before, or takes too
   * long.
   */
  readyWhen(probe: () => Promise<boolean>): Promise<void>;
  /** Asks it to end, and insists after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logs: string;
  /** `pipe`: the command itself watches its standard input, whose other end is ours. */
  readonly lifeline: 'ipc' | 'pipe';
}

/** On a busy machine DynamoDB Local alone takes half a minute. */
const START_LIMIT_MS = 180_000;
const PROBE_MS = 25;

/**
 * A program that knows nothing of us as a child. A shell turns into it, and leaves a watcher
 * behind. The watcher kills it as soon as our end of the pipe closes. The system closes that even
 * if we are killed.
 */
export function binaryChild(spec: Omit<ChildSpec, 'lifeline'>): ChildSpec {
  const script = 'exec 3<&0; (cat <&3; kill -KILL $$) >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@" </dev/null';
  return { ...spec, command: 'sh', args: ['-c', script, spec.command, ...spec.args], lifeline: 'pipe' };
}

export function startChild(spec: ChildSpec): Child {
  const log = join(spec.logs, `${spec.name}.log`);
  if (existsSync(log)) renameSync(log, `${log}.1`);
  const output = openSync(log, 'w', 0o600);
  const started = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...baseEnvironment(), ...spec.environment },
    stdio: [
      spec.lifeline === 'pipe' ? 'pipe' : 'ignore',
      output,
      output,
      ...(spec.lifeline === 'ipc' ? (['ipc'] as const) : []),
    ],
    // A group of its own: Ctrl-C at the terminal reaches us alone, and we end things in order.
    detached: true,
  });
  closeSync(output);
  return asChild(spec.name, started, log);
}

function asChild(name: string, started: ChildProcess, log: string): Child {
  const ended = new Promise<string>((resolve) => {
    started.once('error', (error) => resolve(error.message));
    started.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  let running = true;
  void ended.then(() => {
    running = false;
  });
  const orEnd = async <T>(waiting: Promise<T>): Promise<T> => {
    const timer = new AbortController();
    const failed = (why: string): never => {
      const full = isFull(dirname(log)) ? '; the disk of the data folder is full' : '';
      throw new StartError(`${name} did not start: ${why}${full}${lastLine(log)} (log: ${log}).`);
    };
    const tooLong = sleep(START_LIMIT_MS, undefined, { signal: timer.signal }).then(() => failed('no answer in time'));
    tooLong.catch(() => undefined); // aborted below
    try {
      return await Promise.race([waiting, ended.then(failed), tooLong]);
    } finally {
      timer.abort();
    }
  };
  return {
    name,
    ended,
    get running() {
      return running;
    },
    readyWhen: (probe) => orEnd(until(probe, () => running)),
    stop: async (graceMs) => {
      if (!running) return;
      started.kill('SIGTERM');
      const insist = setTimeout(() => started.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(insist);
    },
  };
}

async function until(probe: () => Promise<boolean>, running: () => boolean): Promise<void> {
  while (running() && !(await probe())) await sleep(PROBE_MS);
}

function lastLine(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const last = lines.at(-1) ?? '';
  return last === '' ? '' : `; its last words: ${last.slice(0, 200)}`;
}

/**
 * Nothing of the caller's cloud set-up may reach an engine, nor a debugger's port, which one
 * process can have.
 */
function baseEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS = '', ...others } = process.env;
  const options = NODE_OPTIONS.split(' ').filter((option) => !option.startsWith('--inspect'));
  const own = Object.entries(others).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('VARVE_'));
  return { ...Object.fromEntries(own), NODE_OPTIONS: options.join(' ') };
}
