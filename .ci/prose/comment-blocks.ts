import type { TextLine } from './text-line.ts';

/** A part of a comment. What is kept has a form of its own: a diagram, a table, a directive. */
export type CommentBlock =
  | { readonly kind: 'kept'; readonly lines: readonly TextLine[] }
  | {
      readonly kind: 'text';
      /** What its first line begins with: nothing, or the marker of a list item. */
      readonly marker: string;
      /** Lines without their markers and their indentation. */
      readonly lines: readonly TextLine[];
    };

const ITEM = /^( {0,3}(?:[-*+]|\d+[.)]) +)(?=\S)/;
const TAG = /^@[a-zA-Z]/;
/** Tools read these, so they stay as they are. */
const DIRECTIVE =
  /^(?:biome-|eslint|oxlint|@ts-|prettier-|c8 |v8 |istanbul |@vitest-|@__|#__|#(?:end)?region|\/? ?<reference)/;
const DIAGRAM = /^(?: {4}|\t)/;
const FENCE = /^\s*```/;
/** A table row, a heading, or a marker with nothing behind it. */
const NO_TEXT = /^\s*(?:\||#{1,6} |(?:[-*+]|\d+[.)])$)/;

/**
 * The parts of a comment: paragraphs, list items, tags, and what is kept. Blank lines are kept too.
 */
export function blocksOf(lines: readonly TextLine[]): CommentBlock[] {
  const blocks: CommentBlock[] = [];
  let open: { kind: 'text'; marker: string; lines: TextLine[] } | undefined;
  let isFenced = false;
  for (const line of lines) {
    const { text } = line;
    const [marker = ''] = ITEM.exec(text) ?? [];
    const isFence = FENCE.test(text);
    const isContinued = open !== undefined && open.marker !== '' && indentOf(text) === open.marker.length;
    const isKept = isFenced || isFence || text.trim() === '' || isDirective(text) || NO_TEXT.test(text);
    if (isFence) isFenced = !isFenced;
    if (isKept || (DIAGRAM.test(text) && !isContinued)) {
      blocks.push({ kind: 'kept', lines: [line] });
      open = undefined;
    } else if (marker !== '' || open === undefined || TAG.test(text)) {
      open = { kind: 'text', marker, lines: [{ ...line, text: text.slice(marker.length).trim() }] };
      blocks.push(open);
    } else open.lines.push({ ...line, text: text.trim() });
  }
  return blocks;
}

export function isDirective(text: string): boolean {
  return DIRECTIVE.test(text.trim());
}

/** Whether a line that begins with the word would be read as something else than text. */
export function beginsSomething(word: string): boolean {
  return /^(?:[-*+]|\d+[.)])$/.test(word) || /^(?:@[a-zA-Z]|\||#|```)/.test(word) || isDirective(word);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
