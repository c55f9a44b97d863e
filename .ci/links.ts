import { dirname, join } from 'node:path/posix';
import { slug } from './slug.ts';

/** A link to something in the repository: `docs/a.md#b`, `../src/` or `#c`. */
export interface Link {
  readonly line: number;
  readonly target: string;
}

export interface LinkFault {
  readonly line: number;
  readonly message: string;
}

const FENCE = /^\s*(?:```|~~~)/;
const CODE = /(`+)(?:(?!\1).)+\1/g;
const INLINE = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const DEFINITION = /^\s*\[[^\]]+\]:\s+<?([^\s>]+)>?/;
const ELSEWHERE = /^[a-z][a-z+.-]*:|^\/\//i;
const ANCHOR = /<[a-z]+\s[^>]*(?:id|name)="([^"]+)"/g;

/** The links of a Markdown text that lead to files and headings; no code, no addresses. */
export function linksOf(markdown: string): Link[] {
  return proseLines(markdown).flatMap(({ line, text }) => {
    const bare = text.replaceAll(CODE, (code) => code.replaceAll(/[[\]()]/g, ' '));
    const [, defined] = DEFINITION.exec(bare) ?? [];
    const targets = [...[...bare.matchAll(INLINE)].map(([, target = '']) => target), ...(defined ? [defined] : [])];
    return targets.filter((target) => !ELSEWHERE.test(target)).map((target) => ({ line, target }));
  });
}

/** The anchors that a Markdown text has: of its headings, and those that it sets itself. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const counts = new Map<string, number>();
  for (const { text } of proseLines(markdown)) {
    for (const [, own = ''] of text.matchAll(ANCHOR)) anchors.add(own);
    const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(text) ?? [];
    if (heading === undefined) continue;
    const name = slug(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    anchors.add(count === 0 ? name : `${name}-${count}`);
  }
  return anchors;
}

/** The tree that links lead into. Paths are those of the repository. */
export interface Tree {
  /** Whether there is a file or a folder. */
  readonly has: (path: string) => boolean;
  /** The text of a Markdown file. */
  readonly read: (path: string) => string;
}

/** The links of a document that lead to nothing. */
export function linkFaults(document: string, tree: Tree): LinkFault[] {
  return linksOf(tree.read(document)).flatMap(({ line, target }) => {
    const [path = '', anchor] = target.split('#');
    const place = path === '' ? document : join(dirname(document), decodeURI(path)).replace(/\/$/, '');
    if (!tree.has(place)) return [{ line, message: `${target} leads to no file` }];
    if (anchor === undefined || !place.endsWith('.md')) return [];
    const isThere = anchorsOf(tree.read(place)).has(decodeURIComponent(anchor));
    return isThere ? [] : [{ line, message: `${target} leads to no heading` }];
  });
}

function proseLines(markdown: string): { readonly line: number; readonly text: string }[] {
  let isFenced = false;
  return markdown.split('\n').flatMap((text, at) => {
    if (FENCE.test(text)) {
      isFenced = !isFenced;
      return [];
    }
    return isFenced ? [] : [{ line: at + 1, text }];
  });
}
