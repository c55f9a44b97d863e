import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StartError } from '../start-error.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where distributions put the tools of file systems, which is not on every user's path. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/local/sbin:/opt/homebrew/opt/e2fsprogs/sbin`;
/** A program that was asked to end is killed after so long. */
const PATIENCE_MS = 10_000;

export interface RunOptions {
  /** For its standard input. */
  readonly input?: string;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Its outputs go straight to this descriptor, and are not in the result. */
  readonly shownOn?: 1 | 2;
  /** Asks it to end. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program to its end; `undefined` where there is no such program. It has ended when this
 * returns, also if the signal asked for that, which is thrown then.
 */
export async function run(
  program: string,
  args: readonly string[],
  { input = '', cwd, environment = process.env, shownOn, signal }: RunOptions = {},
): Promise<Ran | undefined> {
  signal?.throwIfAborted();
  const output = shownOn ?? 'pipe';
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...environment, PATH },
    stdio: [shownOn === undefined ? 'pipe' : 'ignore', output, output],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin?.on('error', () => undefined); // it may end without reading all
  child.stdin?.end(input);
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    signal?.throwIfAborted();
    return { code, stdout, stderr };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    clearTimeout(killing);
    signal?.removeEventListener('abort', stop);
  }
}

export async function mustRun(program: string, args: readonly string[], options?: RunOptions): Promise<Ran> {
  const ran = await run(program, args, options);
  if (ran?.code === 0) return ran;
  const words = ran === undefined ? 'there is no such command' : ran.stderr.trim() || `exit code ${ran.code}`;
  throw new StartError(`The tour stopped: ${program} ${args.join(' ')}: ${words}`);
}
