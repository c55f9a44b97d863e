import { spawn } from 'node:child_process';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ClientError, isClientErrorCode } from '../../client/errors.ts';
import { ownProgram } from '../../platform/program/own-program.ts';
import { USAGE, UsageError } from '../usage-error.ts';
import type { Environment } from './places.ts';

const FLAG = '--background';
/** By this the process in the background knows where its log is. */
const LOG_VARIABLE = 'VARVE_ATTACH_LOG';
const LOG_TAIL_BYTES = 4096;

export interface BackgroundRequest {
  /** That this process runs. */
  readonly command: string;
  /** For the log. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Runs this same command line in a process of its own, and resolves with what it announces once it
 * is ready. What it says later goes to a log in `folder`. If it ends before, its failure becomes
 * ours.
 */
export async function inBackground({ command, folder, signal }: BackgroundRequest): Promise<unknown> {
  const program = ownProgram();
  const words = process.argv.slice(2);
  const logPath = join(folder, `${process.pid}.log`);
  const log = await open(logPath, 'a+', 0o600);
  try {
    const args = [...program.args, ...words.filter((word) => word !== FLAG), '--json'];
    const child = spawn(program.file, args, {
      detached: true,
      stdio: ['ignore', 'pipe', log.fd],
      env: { ...process.env, [LOG_VARIABLE]: logPath },
    });
    const stdout = child.stdout as Readable; // piped, as asked for
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    const ended = new Promise<undefined>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', () => resolve(undefined));
    });
    const line = new Promise<string>((resolve) => createInterface(stdout).once('line', resolve));
    const announced = await Promise.race([line, ended]);
    signal.removeEventListener('abort', stop);
    if (signal.aborted) {
      await ended;
      await rm(logPath, { force: true });
      throw signal.reason as Error;
    }
    if (announced === undefined) {
      const failure = failureIn(await tail(log), command) ?? (await silence(log, logPath));
      await rm(logPath, { force: true });
      throw failure;
    }
    stdout.destroy();
    child.unref();
    return { ...(JSON.parse(announced) as object), log: logPath };
  } finally {
    await log.close();
  }
}

/** Where this process logs to, if it runs in the background. */
export function logOf(environment: Environment): string | undefined {
  return environment[LOG_VARIABLE];
}

/** A log that nothing was said in goes with the attachment. */
export async function removeEmpty(log: string | undefined): Promise<void> {
  if (log !== undefined && (await sizeOf(log)) === 0) await rm(log, { force: true });
}

async function tail(log: FileHandle): Promise<string> {
  const { size } = await log.stat();
  const from = Math.max(0, size - LOG_TAIL_BYTES);
  const { buffer, bytesRead } = await log.read(Buffer.alloc(LOG_TAIL_BYTES), 0, LOG_TAIL_BYTES, from);
  return buffer.toString('utf8', 0, bytesRead);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

/**
 * The failure that the child printed last, as `--json` has it. Undefined if there is none, or not
 * all of it.
 */
function failureIn(text: string, command: string): Error | undefined {
  const last = text.trim().split('\n').at(-1) ?? '';
  try {
    const { code, message, ...extra } = (JSON.parse(last) as { error: { code: string; message: string } }).error;
    if (code === USAGE) return new UsageError(message, command);
    if (isClientErrorCode(code)) return new ClientError(code, message, extra);
    return new ClientError('AttachFailed', message, extra);
  } catch {
    return last === '' || last.startsWith('{') ? undefined : new ClientError('AttachFailed', last);
  }
}

/** What can be said of a child that said nothing: whether it could have. */
async function silence(log: FileHandle, path: string): Promise<ClientError> {
  const why = await log.write('\n').then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (why === undefined) return new ClientError('AttachFailed', 'It ended without a message.');
  return new ClientError(
    'AttachFailed',
    `It ended, and its log ${path} cannot be written, so it could not say why: ${why}.`,
  );
}
