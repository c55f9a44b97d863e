/**
 * A line of prose: its number in the file, its text without markers, and the whole line as it
 * stands.
 */
export interface TextLine {
  readonly number: number;
  readonly text: string;
  readonly whole: string;
}

/** Lines that are read as one text, such as a paragraph or a list item. */
export type Paragraph = readonly TextLine[];

/** What a reader finds in one file. */
export interface Prose {
  readonly paragraphs: readonly Paragraph[];
  /** Comments behind code: they may end where code may. */
  readonly trailing: readonly TextLine[];
}

/** A word: what no line break may come into, so a code span with its spaces is one. */
const WORD = /(?:`[^`]*`|\{@[^}]*\}|[^\s`]|`)+/g;

export interface Word {
  readonly text: string;
  readonly at: number;
}

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((found) => ({ text: found[0], at: found.index }));
}

/** Columns of a text, each character counted once. */
export function width(text: string): number {
  return [...text].length;
}
