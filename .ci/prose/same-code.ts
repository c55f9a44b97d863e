import { parseSync } from 'oxc-parser';

/**
 * Whether two source texts are the same but for comments: the same tree, and the same text without
 * them.
 */
export function isSameCode(file: string, before: string, after: string): boolean {
  const [a, b] = [codeOf(file, before), codeOf(file, after)];
  return a.tree === b.tree && a.tokens === b.tokens;
}

function codeOf(file: string, text: string): { readonly tree: string; readonly tokens: string } {
  const { program, comments, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const places = [0, ...comments.flatMap(({ start, end }) => [start, end]), text.length];
  const code = places.flatMap((from, at) => (at % 2 === 0 ? [text.slice(from, places[at + 1])] : []));
  return { tree: JSON.stringify(program, withoutPlace), tokens: code.join(' ').replaceAll(/\s+/g, ' ').trim() };
}

function withoutPlace(name: string, value: unknown): unknown {
  if (name === 'start' || name === 'end' || name === 'range' || name === 'loc' || name === 'comments') return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}
