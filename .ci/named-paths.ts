/** A path of the repository that a document names. */
export interface NamedPath {
  readonly line: number;
  readonly path: string;
}

const TOP = ['src', 'functions', 'schema', 'test', 'docs', 'bench', '.ci'];
const PATH = new RegExp(`(?<![\\w./-])(?:${TOP.map((name) => name.replace('.', '\\.')).join('|')})/[\\w./-]*`, 'g');

/** Every path below a folder of the top level, in code, in diagrams and in links alike. */
export function namedPaths(markdown: string): NamedPath[] {
  return markdown
    .split('\n')
    .flatMap((text, at) =>
      [...text.matchAll(PATH)].map(([path]) => ({ line: at + 1, path: path.replace(/[.,/]+$/, '') })),
    );
}
