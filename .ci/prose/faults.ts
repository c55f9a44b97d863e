import { isTooLong, MAX_COLUMNS } from './columns.ts';
import { markdownProse } from './markdown.ts';
import { schemaProse } from './schema.ts';
import { sentencesOf } from './sentences.ts';
import { hashProse, sourceProse } from './source.ts';
import { type Prose, width } from './text-line.ts';

export const MAX_WORDS = 35;

export interface ProseFault {
  readonly kind: 'column' | 'sentence';
  readonly line: number;
  readonly message: string;
}

/** What a file has of prose, and what of it breaks the limits. */
export interface ProseReport {
  readonly lines: number;
  readonly sentences: number;
  readonly faults: readonly ProseFault[];
}

/** The prose of a file by its name; undefined for a file that can have none. */
export function proseOf(file: string, text: string): Prose | undefined {
  if (file.endsWith('.md')) return markdownProse(text);
  if (/\.[mc]?[tj]sx?$/.test(file)) return sourceProse(file, text);
  if (file.endsWith('.graphql')) return schemaProse(text);
  if (text.startsWith('#!') || /\.(ya?ml|service|conf)$/.test(file)) return hashProse(text);
  return undefined;
}

/** No line over 100 columns, comments behind code included, and no sentence over 35 words. */
export function reportOf({ paragraphs, trailing }: Prose): ProseReport {
  const lines = paragraphs.flat();
  const sentences = [...paragraphs, ...trailing.map((line) => [line])].flatMap(sentencesOf);
  const faults: ProseFault[] = [
    ...lines.filter((line) => isTooLong(line)).map(({ number, whole }) => tooLong(number, whole)),
    ...trailing
      .filter((line) => isTooLong({ ...line, text: line.whole }))
      .map(({ number, whole }) => tooLong(number, whole)),
    ...sentences
      .filter(({ words }) => words > MAX_WORDS)
      .map(({ line, words, begins }): ProseFault => {
        const message = `${words} words in a sentence, ${MAX_WORDS} are allowed: ${begins} …`;
        return { kind: 'sentence', line, message };
      }),
  ];
  return {
    lines: lines.length + trailing.length,
    sentences: sentences.length,
    faults: faults.toSorted((a, b) => a.line - b.line),
  };
}

function tooLong(line: number, whole: string): ProseFault {
  return { kind: 'column', line, message: `${width(whole)} columns, ${MAX_COLUMNS} are allowed` };
}
