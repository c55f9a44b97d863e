import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from '../client/errors.ts';
import type { OptionSpec } from './command.ts';
import type { Console } from './console.ts';
import type { Terminal } from './run.ts';
import { type Line, line, whenExactly } from './text.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_SECONDS = 5;
const MOST_SECONDS = 86_400;

/** Of lists, and of commands that show one thing. */
export const WATCH_OPTION: OptionSpec = {
  name: 'watch',
  takes: 'count',
  value: 'SECONDS',
  standsAlone: true,
  summary: `Show it every so many seconds in a terminal, until Ctrl-C. Default: ${DEFAULT_SECONDS}.`,
};

interface Watching {
  /** Path of the command, for its help. */
  readonly path: string;
  readonly console: Console;
  /** Left out: the default. */
  readonly seconds: number | undefined;
  readonly signal: AbortSignal;
  /** Left out: standard output is none, or a form for programs is asked for. */
  readonly terminal: Terminal | undefined;
  /** What the command does once; it prints to this console. */
  readonly once: (console: Console) => Promise<void>;
}

/** Shows what a command prints again and again, in its place. Ctrl-C alone ends it. */
export async function watchCommand(watching: Watching): Promise<void> {
  const { path, console, seconds = DEFAULT_SECONDS, signal, terminal, once } = watching;
  if (terminal === undefined) {
    throw new UsageError(
      '--watch redraws a terminal. Where there is none, run the command again when it is needed, ' +
        'or wait with varve events --follow --json or varve job wait.',
      path,
    );
  }
  if (seconds > MOST_SECONDS) throw new UsageError(`--watch takes at most ${MOST_SECONDS} seconds.`, path);
  let shown: () => readonly Line[] = () => [];
  const release = terminal.onResize(() => console.redraw(shown()));
  try {
    for (;;) {
      const found = await look(console, once);
      const head = line`${whenExactly(found.at)} · every ${seconds} s · Ctrl-C ends it`;
      shown = () => [head, ...found.lines()];
      console.redraw(shown());
      await sleep(Math.max(seconds * 1000, found.atLeastMs), undefined, { signal });
    }
  } finally {
    release();
  }
}

interface Look {
  /** When it began. */
  readonly at: string;
  readonly lines: () => readonly Line[];
  /** What the service asks callers to wait. */
  readonly atLeastMs: number;
}

/** Gathers what is printed. Lines are made when they are drawn, as wide as the terminal is then. */
async function look(console: Console, once: (console: Console) => Promise<void>): Promise<Look> {
  const made: (() => readonly Line[])[] = [];
  const at = new Date(console.times.now()).toISOString();
  const lines = () => made.flatMap((some) => some());
  const gathering: Console = {
    ...console,
    get columns() {
      return console.columns;
    },
    json: false,
    result: (_, some) => made.push(some),
    announce: (_, some) => made.push(some),
    print: (some) => made.push(() => some),
    note: (one) => made.push(() => [one]),
    line: () => undefined,
  };
  try {
    await once(gathering);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    if (error.code === 'Throttled') {
      made.push(() => [error.message]);
      return { at, lines, atLeastMs: Number(error.extra.retryAfterMs ?? 0) };
    }
    if (error.code !== 'InBreach') throw error; // the disks are on the screen
  }
  return { at, lines, atLeastMs: 0 };
}
