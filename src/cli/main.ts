import { unusable } from '../client/download/output.ts';
import { ClientError } from '../client/errors.ts';
import type { Context } from './command.ts';
import { COMMANDS } from './commands/all.ts';
import { createConsole } from './console.ts';
import { describeFailure, type ExitCode } from './exit-codes.ts';
import { helpText } from './help.ts';
import { parseCommandLine } from './parse.ts';
import { runCommand } from './run.ts';

const AGAIN_MS = 500; // a launcher and the terminal may both pass on the same Ctrl-C

/** Runs the command line; the process's exit code. */
export async function main(words: readonly string[]): Promise<ExitCode> {
  const console = createConsole({
    json: words.includes('--json'),
    quiet: words.includes('--quiet'),
    stdout: process.stdout,
    stderr: process.stderr,
  });
  const stopped = new AbortController();
  const { release, onHangup } = listenForSignals(stopped);
  const requireWritten = watchOutput(process.stdout);
  let options: readonly string[] = [];
  try {
    const parsed = parseCommandLine(COMMANDS, words);
    if ('help' in parsed) {
      process.stdout.write(`${helpText(COMMANDS, parsed.help)}\n`);
      await requireWritten();
      return 0;
    }
    options = parsed.command.options.map(({ name }) => name);
    const surroundings = { environment: process.env, cwd: process.cwd(), signal: stopped.signal, onHangup };
    await runCommand(parsed.command, parsed.input, surroundings, console);
    await requireWritten();
    return 0;
  } catch (error) {
    // A command that was stopped may say itself what becomes of its work.
    const explained = error instanceof ClientError && error.code === 'Interrupted';
    const failure = describeFailure(stopped.signal.aborted && !explained ? stopped.signal.reason : error, options);
    console.failure(failure);
    return stopped.signal.aborted && failure.extra.signal === 'SIGTERM' ? 143 : failure.exitCode;
  } finally {
    release();
  }
}

/**
 * Node reports a failed write later. A reader that has seen enough, such as `head`, is no failure.
 */
function watchOutput(stdout: NodeJS.WritableStream): () => Promise<void> {
  let failed: NodeJS.ErrnoException | undefined;
  stdout.on('error', (error) => {
    failed ??= error;
  });
  return async () => {
    await new Promise<void>((resolve) => stdout.write('', () => resolve()));
    if (failed !== undefined && failed.code !== 'EPIPE') throw unusable('standard output', failed);
  };
}

interface Signals {
  readonly release: () => void;
  readonly onHangup: Context['onHangup'];
}

/** The first signal stops cleanly, a second one at once. */
function listenForSignals(stopped: AbortController): Signals {
  let since: number | undefined;
  let reload: (() => void) | undefined;
  const stop = (signal: NodeJS.Signals) => {
    if (signal === 'SIGHUP' && reload !== undefined) return reload();
    const now = performance.now();
    if (since !== undefined && now - since > AGAIN_MS) process.exit(signal === 'SIGTERM' ? 143 : 130);
    since ??= now;
    stopped.abort(new ClientError('Interrupted', 'Stopped.', { signal }));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    release: () => {
      for (const signal of signals) process.off(signal, stop);
    },
    onHangup: (todo) => {
      reload = todo;
    },
  };
}
