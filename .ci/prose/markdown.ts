import type { Paragraph, Prose, TextLine } from './text-line.ts';

const FENCE = /^\s*(?:```|~~~)/;
const ITEM = /^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+)(.*)$/;
const QUOTE = /^(\s*(?:>\s?)+)(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;
/** A table row, a definition of a link, or a line of HTML. */
const NO_PROSE = /^\s*(?:\||\[[^\]]+\]:\s|<)/;
const INDENTED = /^(?: {4}|\t)/;

/**
 * The prose of a Markdown text: paragraphs, list items, quotes and headings; no code and no tables.
 */
export function markdownProse(markdown: string): Prose {
  const paragraphs: TextLine[][] = [];
  let open: TextLine[] | undefined;
  let isFenced = false;
  let isInList = false;
  for (const [at, whole] of markdown.split('\n').entries()) {
    const number = at + 1;
    const begin = (text: string): void => {
      open = [{ number, text, whole }];
      paragraphs.push(open);
    };
    if (FENCE.test(whole)) {
      isFenced = !isFenced;
      open = undefined;
      continue;
    }
    const isCode = isFenced || (open === undefined && !isInList && INDENTED.test(whole));
    if (isCode || NO_PROSE.test(whole)) {
      open = undefined;
      continue;
    }
    if (whole.trim() === '') {
      open = undefined;
      continue;
    }
    const [, , item] = ITEM.exec(whole) ?? [];
    const [, heading] = HEADING.exec(whole) ?? [];
    if (!/^\s/.test(whole) || item !== undefined) isInList = item !== undefined || (isInList && open !== undefined);
    if (heading !== undefined) {
      begin(heading);
      open = undefined;
    } else if (item !== undefined) begin(item);
    else {
      const text = QUOTE.exec(whole)?.[2] ?? whole.trim();
      if (open === undefined) begin(text);
      else open.push({ number, text, whole });
    }
  }
  return { paragraphs: paragraphs as readonly Paragraph[], trailing: [] };
}
