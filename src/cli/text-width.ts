import stringWidth from 'string-width';

/** Columns that a terminal gives a text: two for each ideograph, none for combining marks. */
export const textWidth = (text: string): number => stringWidth(text);

/** The text, and spaces until it has so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text in at most so many columns: what is cut off leaves `…`. */
export function cutTo(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let cut = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += textWidth(segment);
    if (width > columns - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}
