import { unusable } from '../client/download/output.ts';
import { ClientError } from '../client/errors.ts';
import { COMMANDS } from './commands/all.ts';
import { complete } from './completion/complete.ts';
import { createConsole, type MaybeTerminal } from './console.ts';
import { describeFailure, type ExitCode } from './exit-codes.ts';
import { helpText } from './help.ts';
import { parseCommandLine } from './parse.ts';
import { runCommand, type Surroundings } from './run.ts';
import type { AtHand } from './words/remedies.ts';

export interface Execution extends Surroundings {
  readonly stdout: NodeJS.WritableStream & MaybeTerminal;
  readonly stderr: NodeJS.WritableStream & MaybeTerminal;
}

/** Runs a command line; the exit code. The signal's reason says what stopped it. */
export async function execute(words: readonly string[], execution: Execution): Promise<ExitCode> {
  const { stdout, stderr, signal } = execution;
  if (words[0] === '__complete') {
    const lines = await complete(words.slice(1), { ...execution, commands: COMMANDS });
    stdout.write(`${lines.join('\n')}\n`);
    return 0;
  }
  const console = createConsole({ json: words.includes('--json'), quiet: words.includes('--quiet'), stdout, stderr });
  const requireWritten = watchOutput(stdout);
  let atHand: AtHand | undefined;
  try {
    const parsed = parseCommandLine(COMMANDS, words);
    if ('help' in parsed) {
      stdout.write(`${helpText(COMMANDS, parsed.help)}\n`);
      await requireWritten();
      return 0;
    }
    const { path, options } = parsed.command;
    atHand = { path, options: options.map(({ name }) => name) };
    await runCommand(parsed.command, parsed.input, execution, console);
    await requireWritten();
    return 0;
  } catch (error) {
    // A command that was stopped may say itself what becomes of its work.
    const explained = error instanceof ClientError && error.code === 'Interrupted';
    const failure = describeFailure(signal.aborted && !explained ? signal.reason : error, atHand);
    console.failure(failure);
    return signal.aborted && failure.extra.signal === 'SIGTERM' ? 143 : failure.exitCode;
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
