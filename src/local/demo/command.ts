import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StartError } from '../start-error.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** Where distributions put the tools of file systems, which is not on every user's path. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/local/sbin:/opt/homebrew/opt/e2fsprogs/sbin`;

export interface RunOptions {
  /** For its standard input. */
  readonly input?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Runs a command to its end; `undefined` where there is no such command. */
export async function run(
  command: string,
  args: readonly string[],
  { input = '', signal }: RunOptions = {},
): Promise<Ran | undefined> {
  const began = performance.now();
  const child = spawn(command, args, { env: { ...process.env, PATH }, stdio: 'pipe', ...(signal && { signal }) });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.on('error', () => undefined); // it may end without reading all
  child.stdin.end(input);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr, tookMs: performance.now() - began };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function mustRun(command: string, args: readonly string[], options?: RunOptions): Promise<Ran> {
  const ran = await run(command, args, options);
  if (ran?.code === 0) return ran;
  const words = ran === undefined ? 'there is no such command' : ran.stderr.trim() || `exit code ${ran.code}`;
  throw new StartError(`The tour stopped: ${command} ${args.join(' ')}: ${words}`);
}
