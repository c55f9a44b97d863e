import { textWidth } from './text-width.ts';

/** Columns of the help: every terminal has them. */
export const HELP_COLUMNS = 80;
/** Columns of the manual, as of all prose here. */
export const MANUAL_COLUMNS = 100;

export interface Wrapping {
  readonly columns: number;
  /** Before each line but the first. */
  readonly indent?: string;
}

/**
 * Text in lines of at most so many columns, broken at spaces. A longer word has a line of its own.
 */
export function wrap(text: string, wrapping: Wrapping): string {
  return laid(text.split(' '), wrapping);
}

/** `Name   value`: what comes behind the name is in one column. */
const NAMED = /^(\S[^:.]*? {2,})\S/;
/** To be copied, and so never broken here. */
const COMMAND = /: ((?:npx )?varve .*)$/;
const ALIGNED = / {2,}/;

/**
 * A line of a result for a terminal. Rows of tables and pictures stay as they are, as spaces are
 * their form; so does a command at the end, and what stands behind a name stays behind it.
 */
export function wrapResult(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const [, name = /^ */.exec(text)?.[0] ?? ''] = NAMED.exec(text) ?? [];
  const rest = text.slice(name.length);
  if (ALIGNED.test(rest)) return text;
  const indent = textWidth(name) < columns / 2 ? textWidth(name) : 0;
  const command = COMMAND.exec(rest)?.[1];
  const words = (command === undefined ? rest : rest.slice(0, -command.length).trimEnd()).split(' ');
  const whole = command === undefined ? words : [...words.filter((word) => word !== ''), command];
  return `${name}${laid(whole, { columns: columns - indent }).replaceAll('\n', `\n${' '.repeat(indent)}`)}`;
}

function laid([first = '', ...words]: readonly string[], { columns, indent = '' }: Wrapping): string {
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (textWidth(longer) > columns) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}
