import { isTooLong, MAX_COLUMNS } from './columns.ts';
import { beginsSomething, blocksOf, type CommentBlock, isDirective } from './comment-blocks.ts';
import { commentsOf, type OwnComment, type TrailingComment } from './comments.ts';
import { width, wordsOf } from './text-line.ts';

/** A part of a text that is replaced by another. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The same source with its comments wrapped at 100 columns. Only a paragraph, list item or tag with
 * a line that is too long changes. Everything with a form of its own stays: diagrams, tables,
 * directives, code spans. A comment behind code stays too, unless its line is too long: then it
 * moves above its line.
 */
export function wrapComments(file: string, text: string, columns = MAX_COLUMNS): string {
  const { own, trailing } = commentsOf(file, text);
  const edits: Edit[] = [
    ...own
      .filter(({ lines }) => lines.some((line) => isTooLong(line, columns)))
      .map((comment) => ({ ...comment, text: wrapOne(comment, columns) })),
    ...trailing
      .filter((comment) => comment.kind === 'line' && isTooLong({ ...comment, text: comment.whole }))
      .filter((comment) => !isDirective(comment.text))
      .flatMap((comment) => moveUp(text, comment, columns)),
  ];
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);
}

/**
 * The comment goes from behind its line to above it, and above directives that are for that line.
 */
function moveUp(text: string, { start, end, number, text: content }: TrailingComment, columns: number): Edit[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const [indent = ''] = /^\s*/.exec(text.slice(lineStart, start)) ?? [];
  const line = { number, text: content, whole: `${indent}// ${content}` };
  const lines = [line] as const;
  const above = wrapOne({ kind: 'lines', start, end, indent, opener: '//', lines }, columns);
  const code = text.slice(lineStart, start).trimEnd();
  const place = aboveDirectives(text, lineStart);
  return [
    { start: place, end: place, text: `${indent}${above}\n` },
    { start: lineStart + code.length, end, text: '' },
  ];
}

function aboveDirectives(text: string, lineStart: number): number {
  if (lineStart === 0) return 0;
  const previous = text.lastIndexOf('\n', lineStart - 2) + 1;
  const [, comment] = /^\s*\/\/ ?(.*)$/.exec(text.slice(previous, lineStart - 1)) ?? [];
  return comment !== undefined && isDirective(comment) ? aboveDirectives(text, previous) : lineStart;
}

function wrapOne(comment: OwnComment, columns: number): string {
  const { kind, indent, opener } = comment;
  const prefix = kind === 'lines' ? opener : ' *';
  const before = width(indent + prefix) + 1;
  const lines = blocksOf(contentLines(comment)).flatMap((block) => wrapBlock(block, { before, columns }));
  const marked = lines.map((line) => `${prefix} ${line}`.trimEnd());
  const all = kind === 'lines' ? marked : [opener, ...marked, ' */'];
  return all.join(`\n${indent}`);
}

/** A block without the lines that hold only its markers. */
function contentLines({ kind, lines }: OwnComment): OwnComment['lines'] {
  if (kind === 'lines') return lines;
  return lines.filter(({ text }, at) => text !== '' || (at > 0 && at < lines.length - 1));
}

/** `before` columns are taken by what stands before the text. */
function wrapBlock(block: CommentBlock, { before, columns }: { before: number; columns: number }): string[] {
  const texts = block.lines.map(({ text }) => text);
  if (block.kind === 'kept') return texts;
  const hang = ' '.repeat(block.marker.length);
  // As they will stand: a line that was not below its marker moves to the right.
  const isLong = block.lines.some((line) =>
    isTooLong({ ...line, whole: ' '.repeat(before) + hang + line.text }, columns),
  );
  const filled = isLong ? fill(texts.join(' '), columns - before - hang.length) : texts;
  return filled.map((line, at) => (at === 0 ? block.marker : hang) + line);
}

/**
 * Words on lines of at most so many columns. A line never begins with what would be read as more
 * than a word.
 */
function fill(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { text: word } of unbreakable(text)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= columns || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function unbreakable(text: string): { readonly text: string }[] {
  const words: { text: string }[] = [];
  for (const { text: word } of wordsOf(text)) {
    const last = words.at(-1);
    if (last !== undefined && beginsSomething(word)) last.text += ` ${word}`;
    else words.push({ text: word });
  }
  return words;
}
