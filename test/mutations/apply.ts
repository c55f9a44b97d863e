import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutation } from './list.ts';

/**
 * The files as the mutation has them. Throws when the code that it breaks is no longer there, or
 * there more than once.
 */
export function mutated(root: string, { broken, edits }: Mutation): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, from, to } of edits) {
    const text = files.get(file) ?? readFileSync(join(root, file), 'utf8');
    if (text.split(from).length !== 2) throw new Error(`"${broken}" no longer fits ${file}: ${from}`);
    files.set(
      file,
      text.replace(from, () => to),
    );
  }
  return files;
}
