import { loseWhatIsTooMuch } from '../platform/log.ts';
import type { Failure } from './exit-codes.ts';
import { cutTo, padTo, textWidth } from './text-width.ts';
import { visible, visibleJson } from './visible.ts';
import { MANUAL_COLUMNS, wrap } from './wrap.ts';

export interface ConsoleOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly stdout: NodeJS.WritableStream & MaybeTerminal;
  readonly stderr: NodeJS.WritableStream & MaybeTerminal;
  /** Milliseconds of any clock that only goes on. */
  readonly now?: () => number;
}

export interface MaybeTerminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Without a terminal, at least so long between two lines of progress. */
const PLAIN_MS = 4000;

/**
 * Results on standard output and nothing else there. Notes, progress and failures on standard
 * error. All text may hold what others wrote, such as names: hidden characters in it are made
 * visible here, and nowhere else.
 */
export interface Console {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Of the terminal that standard output is; undefined if it is none. */
  readonly columns: number | undefined;
  /** Whether standard error shows one line that can be rewritten. */
  readonly rewrites: boolean;
  /** The command's result: an object for `--json`, lines for people, none with a line end in it. */
  result(value: unknown, lines: () => readonly string[]): void;
  /** Lines of a form that the command makes itself, such as CSV. */
  print(lines: readonly string[]): void;
  /**
   * As `result`, of a command that goes on. Its JSON is one line, so that a reader knows when it is
   * whole.
   */
  announce(value: unknown, lines: () => readonly string[]): void;
  /** For prose on the terminal that standard error is; undefined if it is none. */
  readonly widthOfErrors: number | undefined;
  note(text: string): void;
  /** What a person reads before an answer, also with `--quiet`. The question has no line end. */
  ask(lines: readonly string[], question?: string): void;
  /**
   * Progress. Replaces the line written before; undefined takes it away. Without a terminal, each
   * line stays: there is none that says the same again, and one in four seconds at most.
   */
  line(text: string | undefined): void;
  failure(failure: Failure): void;
}

export function createConsole({ json, quiet, stdout, stderr, now = () => performance.now() }: ConsoleOptions): Console {
  const rewrites = stderr.isTTY === true;
  const widthOfErrors = rewrites ? proseColumns(stderr.columns) : undefined;
  loseWhatIsTooMuch(stderr); // a log on a full disk, or a reader that left
  let shown = false;
  let [last, lastAt] = ['', Number.NEGATIVE_INFINITY];
  const clear = () => {
    if (shown) stderr.write('\r\u001B[2K');
    shown = false;
  };
  const put = (lines: readonly string[]) => {
    clear();
    const text = lines.map((line) => visible(line)).join('\n');
    if (text !== '') stdout.write(`${text}\n`);
  };
  // People read it in lines of their terminal; programs get one line each.
  const fitted = (text: string) => {
    return rewrites ? wrap(visible(text), { columns: widthOfErrors ?? MANUAL_COLUMNS }) : visible(text);
  };
  const print = (value: unknown, lines: () => readonly string[], indent: number | undefined) => {
    if (!json) return put(lines());
    clear();
    stdout.write(`${visibleJson(JSON.stringify(value, undefined, indent))}\n`);
  };
  return {
    columns: stdout.isTTY === true ? stdout.columns : undefined,
    widthOfErrors,
    json,
    quiet,
    rewrites,
    print: put,
    result: (value, lines) => print(value, lines, 2),
    announce: (value, lines) => print(value, lines, undefined),
    note: (text) => {
      if (quiet) return;
      clear();
      stderr.write(`${visible(text)}\n`);
    },
    ask: (lines, question = '') => {
      clear();
      stderr.write(`${lines.map((line) => `${visible(line)}\n`).join('')}${visible(question)}`);
    },
    line: (text) => {
      if (quiet) return;
      clear();
      if (text === undefined) return;
      if (!rewrites && (text === last || now() - lastAt < PLAIN_MS)) return;
      [last, lastAt] = [text, now()];
      // A line that the terminal breaks is not taken away as a whole.
      const shortened = cutTo(visible(text), (stderr.columns ?? Number.POSITIVE_INFINITY) - 1);
      stderr.write(rewrites ? shortened : `${visible(text)}\n`);
      shown = rewrites;
    },
    failure: ({ code, message, hint, extra }) => {
      clear();
      if (json) stderr.write(`${visibleJson(JSON.stringify({ error: { code, message, hint, ...extra } }))}\n`);
      else
        for (const text of [`varve: ${message}`, ...(hint === undefined ? [] : [hint])])
          stderr.write(`${fitted(text)}\n`);
    },
  };
}

const LEAST_COLUMNS = 40;

/** A terminal that nobody has told its size says 0. */
function proseColumns(columns: number | undefined): number {
  if (columns === undefined || columns === 0) return MANUAL_COLUMNS;
  return Math.min(Math.max(columns, LEAST_COLUMNS), MANUAL_COLUMNS);
}

/** Columns of text, each as wide as its widest cell. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  const all = [head, ...body.map((row) => row.map(visible))]; // as wide as they will be shown
  const widths = head.map((_, at) => Math.max(...all.map((row) => textWidth(row[at] ?? ''))));
  return all.map((row) =>
    row
      .map((cell, at) => padTo(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** `name: value` lines with the values in one column. */
export function facts(pairs: readonly (readonly [string, string | undefined])[]): string[] {
  const known = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${`${name}:`.padEnd(width + 1)} ${value}`);
}
