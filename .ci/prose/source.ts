import { blocksOf, isDirective } from './comment-blocks.ts';
import { commentsOf } from './comments.ts';
import type { Paragraph, Prose, TextLine } from './text-line.ts';

/** The prose of a source text: its comments, without diagrams, tables and directives. */
export function sourceProse(file: string, text: string): Prose {
  const { own, trailing } = commentsOf(file, text);
  return {
    paragraphs: own.flatMap(({ lines }) => paragraphsOf(lines)),
    trailing: trailing.filter((line) => !isDirective(line.text)),
  };
}

/** The prose of a script whose comments begin with `#`. */
export function hashProse(text: string): Prose {
  const runs: TextLine[][] = [];
  const trailing: TextLine[] = [];
  let open: TextLine[] | undefined;
  for (const [at, whole] of text.split('\n').entries()) {
    const number = at + 1;
    const [, own] = /^\s*# ?(?!!)(.*)$/.exec(whole) ?? [];
    const [, behind] = /\s# (.*)$/.exec(whole) ?? [];
    if (own === undefined) open = undefined;
    else if (open === undefined) {
      open = [{ number, text: own, whole }];
      runs.push(open);
    } else open.push({ number, text: own, whole });
    if (own === undefined && behind !== undefined) trailing.push({ number, text: behind, whole });
  }
  return { paragraphs: runs.flatMap(paragraphsOf), trailing };
}

export function paragraphsOf(lines: readonly TextLine[]): Paragraph[] {
  return blocksOf(lines).flatMap((block) => (block.kind === 'text' ? [block.lines] : []));
}
