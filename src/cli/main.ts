import { ClientError } from '../client/errors.ts';
import type { Context } from './command.ts';
import { execute } from './execute.ts';
import type { ExitCode } from './exit-codes.ts';
import { localTimeZone } from './times.ts';

const AGAIN_MS = 500; // a launcher and the terminal may both pass on the same Ctrl-C

/** Runs the command line; the process's exit code. */
export async function main(words: readonly string[]): Promise<ExitCode> {
  const stopped = new AbortController();
  const { release, onHangup } = listenForSignals(stopped);
  const { stdin, stdout, stderr, env: environment } = process;
  try {
    const surroundings = { environment, cwd: process.cwd(), signal: stopped.signal, onHangup };
    const timeZone = localTimeZone();
    return await execute(words, { stdin, stdout, stderr, timeZone, ...surroundings });
  } finally {
    release();
  }
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
