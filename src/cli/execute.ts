import { unusable } from '../client/download/output.ts';
import { ClientError } from '../client/errors.ts';
import { hasColours } from './colours.ts';
import { COMMANDS } from './commands/all.ts';
import { complete } from './completion/complete.ts';
import { type Console, createConsole, type MaybeTerminal } from './console.ts';
import { describeFailure, type ExitCode } from './exit-codes.ts';
import { helpText } from './help.ts';
import { parseCommandLine } from './parse.ts';
import { runCommand, type Surroundings, type Terminal } from './run.ts';
import { createTimes } from './times.ts';
import type { AtHand } from './words/remedies.ts';

export interface Execution extends Surroundings {
  readonly stdout: NodeJS.WritableStream & MaybeTerminal;
  readonly stderr: NodeJS.WritableStream & MaybeTerminal;
  /** Of the reader's own clocks. Left out: UTC. */
  readonly timeZone?: string;
}

/** Runs a command line; the exit code. The signal's reason says what stopped it. */
export async function execute(words: readonly string[], execution: Execution): Promise<ExitCode> {
  const { stdout, signal } = execution;
  if (words[0] === '__complete') {
    const lines = await complete(words.slice(1), { ...execution, commands: COMMANDS });
    stdout.write(`${lines.join('\n')}\n`);
    return 0;
  }
  const console = consoleOf(words, execution);
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
    await runCommand(parsed.command, parsed.input, { ...execution, terminal: terminalOf(stdout) }, console);
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

/** Before the words are parsed, as it says what is wrong with them. */
function consoleOf(words: readonly string[], { stdout, stderr, environment, timeZone = 'UTC' }: Execution): Console {
  const wish = { choice: colourChoice(words), environment };
  return createConsole({
    json: words.includes('--json'),
    quiet: words.includes('--quiet'),
    stdout,
    stderr,
    times: createTimes({ timeZone: words.includes('--utc') ? 'UTC' : timeZone, now: Date.now }),
    colours: { stdout: hasColours(stdout, wish), stderr: hasColours(stderr, wish) },
  });
}

function colourChoice(words: readonly string[]): string | undefined {
  const inline = words.find((word) => word.startsWith('--color='));
  const at = words.indexOf('--color');
  return inline?.slice('--color='.length) ?? (at < 0 ? undefined : words[at + 1]);
}

function terminalOf(stdout: NodeJS.WritableStream & MaybeTerminal): Terminal | undefined {
  if (stdout.isTTY !== true) return undefined;
  return {
    onResize: (todo) => {
      stdout.on('resize', todo);
      return () => stdout.off('resize', todo);
    },
  };
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
