import { spawn } from 'node:child_process';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ClientError, isClientErrorCode } from '../../client/errors.ts';
import type { Environment } from './places.ts';

const FLAG = '--background';
/** Tells the process in the background where its log is. */
const LOG_VARIABLE = 'VARVE_ATTACH_LOG';
const LOG_TAIL_BYTES = 4096;

/**
 * Runs this same command line in a process of its own, and resolves with what it announces once it is ready. What it says later goes
 * to a log in `folder`. If it ends before, its failure becomes ours.
 */
export async function inBackground(folder: string, signal: AbortSignal): Promise<unknown> {
  const [, launcher, ...words] = process.argv;
  if (launcher === undefined) throw new Error('this process does not know its own program');
  const logPath = join(folder, `${process.pid}.log`);
  const log = await open(logPath, 'a+', 0o600);
  try {
    const args = [...process.execArgv, launcher, ...words.filter((word) => word !== FLAG), '--json'];
    const child = spawn(process.execPath, args, {
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
    if (announced === undefined) {
      const failure = failureIn(await tail(log));
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

/** A log that nothing was said in goes with the attachment. */
export async function removeEmptyLog(environment: Environment): Promise<void> {
  const path = environment[LOG_VARIABLE];
  if (path !== undefined && (await stat(path)).size === 0) await rm(path, { force: true });
}

async function tail(log: Awaited<ReturnType<typeof open>>): Promise<string> {
  const { size } = await log.stat();
  const from = Math.max(0, size - LOG_TAIL_BYTES);
  const { buffer, bytesRead } = await log.read(Buffer.alloc(LOG_TAIL_BYTES), 0, LOG_TAIL_BYTES, from);
  return buffer.toString('utf8', 0, bytesRead);
}

/** The failure that the child printed last, as `--json` has it. */
function failureIn(text: string): ClientError {
  const last = text.trim().split('\n').at(-1) ?? '';
  try {
    const { code, message, ...extra } = (JSON.parse(last) as { error: { code: string; message: string } }).error;
    if (isClientErrorCode(code)) return new ClientError(code, message, extra);
    return new ClientError('AttachFailed', message, extra);
  } catch {
    return new ClientError('AttachFailed', last || 'It ended without a word.');
  }
}
