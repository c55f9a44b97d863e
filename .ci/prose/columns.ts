import { type TextLine, width, wordsOf } from './text-line.ts';

/** Prose and comments end here, those behind code too. */
export const MAX_COLUMNS = 100;

/**
 * Whether a line is too long. A line that no break can shorten is not: one that goes over the limit
 * within a URL, or within its first word.
 */
export function isTooLong({ text, whole }: TextLine, limit = MAX_COLUMNS): boolean {
  if (width(whole) <= limit) return false;
  const before = width(whole) - width(whole.slice(whole.indexOf(text)));
  const crossing = wordsOf(text).find(({ text: word, at }) => before + at + width(word) > limit);
  // The mark that ends a comment can stand on a line of its own.
  if (crossing === undefined) return text.trim() !== '' && whole.trimEnd().endsWith('*/');
  if (crossing.text.includes('://')) return false;
  return text.slice(0, crossing.at).trim() !== '';
}
