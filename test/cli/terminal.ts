import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { execute } from '../../src/cli/execute.ts';
import { ClientError } from '../../src/client/errors.ts';
import type { Outcome } from './harness.ts';

/** What somebody does when a question comes: types a line, presses Ctrl-D or Ctrl-C. */
export type Answer = { readonly line: string } | 'CTRL_D' | 'CTRL_C';

export interface TerminalOutcome extends Outcome {
  /** Whether a question was asked. */
  readonly asked: boolean;
}

export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  readonly columns?: number;
}

const QUESTION = 'Go on? [';

/** Runs the CLI in this process, as on a terminal at which somebody sits. */
export async function onTerminal(
  words: readonly string[],
  answer: Answer,
  { environment, columns = 100 }: Terminal,
): Promise<TerminalOutcome> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns });
  const stop = new AbortController();
  let shown = '';
  let asked = false;
  stderr.on('data', (bytes: Buffer) => {
    shown += bytes.toString();
    if (asked || !shown.includes(QUESTION)) return;
    asked = true;
    if (answer === 'CTRL_C') stop.abort(new ClientError('Interrupted', 'Stopped.', { signal: 'SIGINT' }));
    else if (answer === 'CTRL_D') stdin.end();
    else stdin.write(`${answer.line}\n`);
  });
  const told = text(stdout);
  const code = await execute(words, {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout,
    stderr,
    environment,
    cwd: process.cwd(),
    signal: stop.signal,
    onHangup: () => undefined,
  });
  stdout.end();
  stdin.destroy();
  await new Promise(setImmediate);
  return { code, signal: null, stdout: await told, stderr: shown, asked };
}
