import { loseWhatIsTooMuch } from '../platform/log.ts';
import { paint } from './colours.ts';
import type { Failure } from './exit-codes.ts';
import { isMoment, type Line, type Piece, piecesOf, type Tone } from './text.ts';
import { cutTo, padTo, textWidth } from './text-width.ts';
import { createTimes, type TimeForm, type Times } from './times.ts';
import { visible, visibleJson } from './visible.ts';
import { MANUAL_COLUMNS, wrap, wrapResult } from './wrap.ts';

export interface ConsoleOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly stdout: NodeJS.WritableStream & MaybeTerminal;
  readonly stderr: NodeJS.WritableStream & MaybeTerminal;
  /** Milliseconds of any clock that only goes on. */
  readonly now?: () => number;
  /** Left out: UTC, by the clock of this machine. */
  readonly times?: Times;
  /** Left out: none. */
  readonly colours?: { readonly stdout: boolean; readonly stderr: boolean };
}

export interface MaybeTerminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Without a terminal, at least so long between two lines of progress. */
export const PLAIN_MS = 10_000;
/** A terminal that does not say how high it is. */
const DEFAULT_ROWS = 24;

/**
 * Results on standard output and nothing else there. Notes, progress and failures on standard
 * error. All text may hold what others wrote, such as names: hidden characters in it are made
 * visible here, and nowhere else.
 */
export interface Console {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Of the terminal that standard output is, at this moment; undefined if it is none. */
  readonly columns: number | undefined;
  readonly times: Times;
  /** Whether standard error shows one line that can be rewritten. */
  readonly rewrites: boolean;
  /**
   * The command's result: an object for `--json`, lines for people, none with a line end in it. In
   * a terminal, sentences among them are broken at spaces.
   */
  result(value: unknown, lines: () => readonly Line[]): void;
  /** Lines of a form that the command makes itself, such as CSV, or rows that are not cut. */
  print(lines: readonly Line[]): void;
  /** In a terminal: these lines instead of those that were drawn before, as far as it is high. */
  redraw(lines: readonly Line[]): void;
  /**
   * As `result`, of a command that goes on. Its JSON is one line, so that a reader knows when it is
   * whole.
   */
  announce(value: unknown, lines: () => readonly Line[]): void;
  /** For prose on the terminal that standard error is; undefined if it is none. */
  readonly widthOfErrors: number | undefined;
  note(line: Line): void;
  /** What a person reads before an answer, also with `--quiet`. The question has no line end. */
  ask(lines: readonly Line[], question?: string): void;
  /**
   * Progress. Replaces the line written before; undefined takes it away. Of parts, those are shown
   * that fit, the first ones first. Without a terminal, each line stays: there is none that says
   * the same again, and one in ten seconds at most.
   */
  line(text: string | readonly string[] | undefined): void;
  failure(failure: Failure): void;
}

export function createConsole(options: ConsoleOptions): Console {
  const { json, quiet, stdout, stderr, now = () => performance.now(), colours } = options;
  const times = options.times ?? createTimes({ timeZone: 'UTC', now: Date.now });
  const rewrites = stderr.isTTY === true;
  const widthOfErrors = rewrites ? proseColumns(columnsOf(stderr)) : undefined;
  loseWhatIsTooMuch(stderr); // a log on a full disk, or a reader that left
  let shownColumns = 0;
  let drawn: readonly number[] = [];
  let [last, lastAt] = ['', Number.NEGATIVE_INFINITY];
  const clear = () => {
    if (shownColumns > 0) stderr.write(takenAway([shownColumns], columnsOf(stderr)));
    shownColumns = 0;
  };
  const textOf = (line: Line) => lineText(line, { times, isColoured: colours?.stdout === true });
  const put = (texts: readonly string[]) => {
    clear();
    if (texts.length > 0) stdout.write(`${texts.join('\n')}\n`);
  };
  // People read it in lines of their terminal; programs get one line each.
  const fitted = (text: string) =>
    rewrites ? wrap(visible(text), { columns: widthOfErrors ?? MANUAL_COLUMNS }) : visible(text);
  const print = (value: unknown, lines: () => readonly Line[], indent: number | undefined) =>
    put(json ? [visibleJson(JSON.stringify(value, undefined, indent))] : fittingIn(stdout, lines().map(textOf)));
  return {
    get columns() {
      return stdout.isTTY === true ? columnsOf(stdout) : undefined;
    },
    times,
    widthOfErrors,
    json,
    quiet,
    rewrites,
    print: (lines) => put(lines.map(textOf)),
    result: (value, lines) => print(value, lines, 2),
    announce: (value, lines) => print(value, lines, undefined),
    redraw: (lines) => {
      clear();
      const some = fittingRows(lines, stdout.rows || undefined);
      // A line that the terminal breaks is not taken away as a whole.
      const width = widthBefore(columnsOf(stdout));
      const plain = some.map((line) => lineText(line, { times, isColoured: false }));
      const cut = (text: string) => (textWidth(text) > width ? cutTo(text, width) : undefined);
      const texts = some.map((line, at) => cut(plain[at] ?? '') ?? textOf(line));
      stdout.write(`${takenAway([...drawn, 0], columnsOf(stdout))}${texts.join('\n')}\n`);
      drawn = plain.map((text) => Math.min(textWidth(text), width));
    },
    ask: (lines, question = '') => {
      clear();
      const texts = lines.map((line) => lineText(line, { times, isColoured: colours?.stderr === true }));
      stderr.write(`${texts.map((text) => `${text}\n`).join('')}${visible(question)}`);
    },
    note: (line) => {
      if (quiet) return;
      clear();
      const text = lineText(line, { times, isColoured: colours?.stderr === true });
      stderr.write(`${fittingIn(stderr, [text])}\n`);
    },
    line: (said) => {
      if (quiet) return;
      clear();
      if (said === undefined) return;
      const width = rewrites ? widthBefore(columnsOf(stderr)) : Number.POSITIVE_INFINITY;
      const text = fitting(typeof said === 'string' ? [said] : said, width);
      if (!rewrites && (text === last || now() - lastAt < PLAIN_MS)) return;
      [last, lastAt] = [text, now()];
      // A line that the terminal breaks is not taken away as a whole.
      const shortened = cutTo(visible(text), width);
      stderr.write(rewrites ? shortened : `${visible(text)}\n`);
      shownColumns = rewrites ? Math.max(textWidth(shortened), 1) : 0;
    },
    failure: (failure) => {
      clear();
      const texts = json
        ? [failureJson(failure)]
        : failureTexts(failure, { fitted, isColoured: colours?.stderr === true });
      stderr.write(texts.map((text) => `${text}\n`).join(''));
    },
  };
}

function failureJson({ code, message, hint, extra }: Failure): string {
  return visibleJson(JSON.stringify({ error: { code, message, hint, ...extra } }));
}

interface FailureForm {
  readonly fitted: (text: string) => string;
  readonly isColoured: boolean;
}

function failureTexts({ message, hint }: Failure, { fitted, isColoured }: FailureForm): string[] {
  const name = isColoured ? paint('varve:', 'danger') : 'varve:';
  return [fitted(`varve: ${message}`).replace('varve:', () => name), ...(hint === undefined ? [] : [fitted(hint)])];
}

/**
 * Takes away lines of these widths, the last of them being the cursor's. A terminal that has become
 * narrower shows each in several rows by now.
 */
function takenAway(widths: readonly number[], columns = Number.POSITIVE_INFINITY): string {
  const rows = widths.reduce((sum, width) => sum + Math.max(Math.ceil(width / columns), 1), 0);
  return rows > 1 ? `\r\u001B[${rows - 1}A\u001B[J` : '\r\u001B[2K';
}

/** In a terminal, sentences are broken at spaces. Programs get each as one line. */
function fittingIn(stream: MaybeTerminal, texts: readonly string[]): readonly string[] {
  const columns = stream.isTTY === true ? columnsOf(stream) : undefined;
  return columns === undefined ? texts : texts.map((text) => wrapResult(text, columns));
}

/** A terminal that nobody has told its size says 0. */
const columnsOf = ({ columns }: MaybeTerminal): number | undefined => columns || undefined;

/** One column stays free: there, the cursor does not begin another row. */
const widthBefore = (columns = Number.POSITIVE_INFINITY): number => columns - 1;

/** The rest is told in a line of its own. */
function fittingRows(lines: readonly Line[], rows = DEFAULT_ROWS): readonly Line[] {
  const most = rows - 1;
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `… ${lines.length - most + 1} more lines`];
}

/** As many of the parts as fit, and the first one always. */
function fitting(parts: readonly string[], columns: number): string {
  const most = parts.findLastIndex((_, at) => textWidth(parts.slice(0, at + 1).join(' · ')) <= columns);
  return parts.slice(0, Math.max(most, 0) + 1).join(' · ');
}

/** What people read of one piece. */
export function pieceText(piece: Piece, times: Times, form: TimeForm): string {
  if (typeof piece === 'string') return visible(piece);
  return visible(isMoment(piece) ? times.words(piece, form) : piece.text);
}

const toneOf = (piece: Piece): Tone | undefined =>
  typeof piece === 'object' && !isMoment(piece) ? piece.tone : undefined;

/** Only what is painted here has escapes in it. */
export function lineText(
  line: Line,
  { times, isColoured }: { readonly times: Times; readonly isColoured: boolean },
): string {
  return piecesOf(line)
    .map((piece) => {
      const text = pieceText(piece, times, 'whole');
      const tone = toneOf(piece);
      return isColoured && tone !== undefined ? paint(text, tone) : text;
    })
    .join('');
}

const LEAST_COLUMNS = 40;

function proseColumns(columns: number | undefined): number {
  if (columns === undefined) return MANUAL_COLUMNS;
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
export function facts(pairs: readonly Fact[]): Line[] {
  const known = pairs.filter((pair): pair is readonly [string, Line] => pair[1] !== undefined);
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => [`${`${name}:`.padEnd(width + 1)} `, ...piecesOf(value)]);
}

export type Fact = readonly [name: string, value: Line | undefined];
