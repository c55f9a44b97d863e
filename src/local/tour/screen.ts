import { once } from 'node:events';
import type { Step } from './steps.ts';

/** Where the tour is shown: standard output, or standard error. */
export interface ScreenOutput {
  write(text: string, done?: () => void): unknown;
  readonly isTTY?: boolean;
}

/** What is used of standard input. */
export interface Keys {
  readonly isTTY?: boolean;
  on(event: 'data' | 'end', told: (part: unknown) => void): unknown;
  off(event: 'data' | 'end', told: (part: unknown) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface Screen {
  step(step: Step, number: number, count: number): Promise<void>;
  /** A command as one would type it. All of it is written when this returns. */
  command(text: string): Promise<void>;
  line(text: string): Promise<void>;
  /** Waits for Enter where somebody sits before it. Throws what the signal says. */
  pause(): Promise<void>;
}

const PROMPT = 'Enter goes on, Ctrl-C ends the tour.';

export interface ScreenParts {
  readonly output: ScreenOutput;
  /** Left out: nothing waits. */
  readonly keys?: Keys | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export function createScreen({ output, keys, environment, signal }: ScreenParts): Screen {
  const isPlain = output.isTTY !== true || Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  const style = (code: number, text: string): string => (isPlain ? text : `\u001b[${code}m${text}\u001b[0m`);
  // Other programs write to the same place, so what came before has to be there.
  const write = (text: string) => new Promise<void>((resolve) => output.write(text, () => resolve()));
  return {
    line: (text) => write(`${text}\n`),
    command: (text) => write(`\n${style(36, `$ ${text}`)}\n`),
    step: ({ title, why }, number, count) =>
      write(`\n${style(1, `${number} of ${count}  ${title}`)}\n${why.map((line) => `${line}\n`).join('')}`),
    pause: async () => {
      if (keys?.isTTY !== true || output.isTTY !== true) return;
      await write(`\n${style(2, PROMPT)}`);
      await nextLine(keys, signal);
      // The line end that was typed is on the screen as well.
      if (!isPlain) await write('\u001b[1A\r\u001b[2K\u001b[1A');
    },
  };
}

/** Throws where the signal asks for that, and where nothing more can come. */
async function nextLine(keys: Keys, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const stopped = once(signal, 'abort').then(() => signal.throwIfAborted());
  let settle: { readonly told: () => void; readonly ended: () => void } | undefined;
  const typed = new Promise<void>((resolve, reject) => {
    settle = { told: resolve, ended: () => reject(new NobodyThere()) };
    keys.on('data', settle.told);
    keys.on('end', settle.ended);
    keys.resume();
  });
  try {
    await Promise.race([typed, stopped]);
  } finally {
    keys.pause();
    if (settle) {
      keys.off('data', settle.told);
      keys.off('end', settle.ended);
    }
  }
}

/** The terminal said that nothing more will be typed: Ctrl-D, or it was closed. */
export class NobodyThere extends Error {
  override readonly name = 'NobodyThere';
}
