import { parse, type StringValueNode, visit } from 'graphql';
import { hashProse, paragraphsOf } from './source.ts';
import type { Paragraph, Prose } from './text-line.ts';

/** The prose of a GraphQL schema: its descriptions, and its comments. */
export function schemaProse(sdl: string): Prose {
  const all = sdl.split('\n');
  const paragraphs: Paragraph[] = [];
  visit(parse(sdl), {
    enter(node) {
      if ('description' in node && node.description !== undefined) {
        paragraphs.push(...descriptionParagraphs(node.description, all));
      }
    },
  });
  return { paragraphs: [...hashProse(sdl).paragraphs, ...paragraphs], trailing: [] };
}

function descriptionParagraphs({ loc, block }: StringValueNode, all: readonly string[]): Paragraph[] {
  if (loc === undefined) throw new Error('a description without a place');
  const first = loc.startToken.line;
  const count = loc.source.body.slice(loc.start, loc.end).split('\n').length;
  const lines = all.slice(first - 1, first - 1 + count).map((whole, at) => ({
    number: first + at,
    text: whole.trim().replaceAll(block === true ? '"""' : /^"|"$/g, ''),
    whole,
  }));
  return paragraphsOf(lines);
}
