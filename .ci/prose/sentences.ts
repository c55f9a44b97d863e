import { type Paragraph, wordsOf } from './text-line.ts';

export interface Sentence {
  /** Of the file: where it begins. */
  readonly line: number;
  readonly words: number;
  /** Its first words. */
  readonly begins: string;
}

const ENDS = /[.!?]["'”’)\]*_]*(?:\]\([^)]*\))?["'”’)\]*_]*$/;
const BEGINS = /^["'“‘([*_]*[\p{Lu}\p{N}`]/u;
const ABBREVIATION = /^\W*(?:e\.g|i\.e|z\.B|vs|cf|etc|approx|no|fig)\.$/i;
const SHOWN_WORDS = 6;

/** The sentences of a paragraph. Code spans are one word each, and signs alone are none. */
export function sentencesOf(paragraph: Paragraph): Sentence[] {
  const words = wordsOf(paragraph.map(({ text }) => text).join('\n'));
  const lineAt = lineFinder(paragraph);
  const sentences: Sentence[] = [];
  let current: { readonly at: number; readonly words: string[] } | undefined;
  for (const [index, { text, at }] of words.entries()) {
    current ??= { at, words: [] };
    if (/[\p{L}\p{N}]/u.test(text)) current.words.push(text);
    const next = words[index + 1]?.text;
    const isLast = next === undefined || (ENDS.test(text) && !ABBREVIATION.test(text) && BEGINS.test(next));
    if (!isLast) continue;
    const begins = current.words.slice(0, SHOWN_WORDS).join(' ');
    sentences.push({ line: lineAt(current.at), words: current.words.length, begins });
    current = undefined;
  }
  return sentences.filter(({ words: count }) => count > 0);
}

/** The line of the file at a place of the joined text. */
function lineFinder(paragraph: Paragraph): (at: number) => number {
  let end = 0;
  const ends = paragraph.map(({ number, text }) => {
    end += text.length + 1;
    return { number, end };
  });
  return (at) => ends.find((line) => at < line.end)?.number ?? paragraph.at(-1)?.number ?? 0;
}
