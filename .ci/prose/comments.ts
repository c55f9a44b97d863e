import { parseSync } from 'oxc-parser';
import type { TextLine } from './text-line.ts';

/** A comment that has its lines for itself. */
export interface OwnComment {
  readonly kind: 'block' | 'lines';
  /** Offsets of its text in the file: from its first marker to its end. */
  readonly start: number;
  readonly end: number;
  readonly indent: string;
  /** What it opens with: `/**`, `/*` or `//`. */
  readonly opener: string;
  readonly lines: readonly TextLine[];
}

/** A comment behind code at the end of its line, or between the braces of JSX. */
export interface TrailingComment extends TextLine {
  readonly kind: 'line' | 'block';
  readonly start: number;
  readonly end: number;
}

export interface Comments {
  readonly own: readonly OwnComment[];
  readonly trailing: readonly TrailingComment[];
}

/**
 * The comments of a source text. One with code behind it, and a block without stars, is left out.
 */
export function commentsOf(file: string, text: string): Comments {
  const { comments, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const numberAt = lineNumbers(text);
  const own: OwnComment[] = [];
  const trailing: TrailingComment[] = [];
  for (const { type, start, end } of comments) {
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const after = text.slice(end, lineEnd(text, end));
    const number = numberAt(start);
    const isJsx = before.trim() === '{' && after.trim() === '}';
    if (after.trim() !== '' && !isJsx) continue;
    if (before.trim() !== '') {
      const comment = text.slice(start, end);
      const kind = type === 'Line' ? 'line' : 'block';
      const whole = before + comment + after.trimEnd();
      const found = { kind, start, end, number, text: contentOf(comment), whole } as const;
      if (!comment.includes('\n')) trailing.push(found);
      continue;
    }
    const found = { start, end, indent: before };
    if (type === 'Line') own.push({ ...found, ...lineComment(text.slice(start, end), before, number) });
    else {
      const block = blockComment(text.slice(start, end), before, number);
      if (block !== undefined) own.push({ ...found, ...block });
    }
  }
  return { own: joinRuns(own, text), trailing };
}

type Content = Pick<OwnComment, 'kind' | 'opener' | 'lines'>;

function lineComment(comment: string, indent: string, number: number): Content {
  const [opener = ''] = /^\/\/+!?/.exec(comment) ?? [];
  return { kind: 'lines', opener, lines: [{ number, text: contentOf(comment), whole: indent + comment }] };
}

function blockComment(comment: string, indent: string, number: number): Content | undefined {
  const [opener = ''] = /^\/\*[*!]?/.exec(comment) ?? [];
  const all = comment.split('\n');
  if (all.slice(1).some((line) => !/^\s*\*/.test(line))) return undefined;
  const lines = all.map((line, at): TextLine => {
    const isLast = at === all.length - 1;
    const inner = at === 0 ? line.slice(opener.length) : line.replace(/^\s*\*(?!\/)/, '').replace(/^\s*(?=\*\/)/, '');
    const text = (isLast ? inner.slice(0, inner.lastIndexOf('*/')) : inner).replace(/^ /, '').trimEnd();
    return { number: number + at, text, whole: at === 0 ? indent + line : line };
  });
  return { kind: 'block', opener, lines };
}

/** Lines of `//` right below each other, at the same place, are one comment. */
function joinRuns(comments: readonly OwnComment[], text: string): OwnComment[] {
  const joined: OwnComment[] = [];
  for (const comment of comments) {
    const last = joined.at(-1);
    const isRun = last?.kind === 'lines' && comment.kind === 'lines' && last.opener === comment.opener;
    const isBelow = last !== undefined && text.slice(last.end, comment.start) === `\n${comment.indent}`;
    if (isRun && isBelow && last.indent === comment.indent) {
      joined[joined.length - 1] = { ...last, end: comment.end, lines: [...last.lines, ...comment.lines] };
    } else joined.push(comment);
  }
  return joined;
}

function contentOf(comment: string): string {
  return comment
    .replace(/^\/\/+!?|^\/\*[*!]?/, '')
    .replace(/\*\/$/, '')
    .replace(/^ /, '')
    .trimEnd();
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function lineNumbers(text: string): (at: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (at) => {
    const next = starts.findIndex((start) => start > at);
    return next < 0 ? starts.length : next;
  };
}
