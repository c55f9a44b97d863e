import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutation } from '../mutations/mutation.ts';

/**
 * Loaded before all else (`node --import`), in each thread: changes sources of ours as they are
 * read, by the edits that the environment holds. So a process runs with other times, or with a rule
 * broken, and the sources need no switch for it.
 */
const root = resolve(import.meta.dirname, '../..');
const edits = JSON.parse(process.env.VARVE_TEST_EDITS ?? '[]') as Mutation['edits'];
const files = new Set(edits.map(({ file }) => join(root, file)));

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    if (!files.has(path)) return loaded;
    let source = Buffer.from(loaded.source as Uint8Array).toString('utf8');
    for (const { file, from, to } of edits) if (join(root, file) === path) source = replacedOnce(source, from, to);
    return { ...loaded, source };
  },
});

function replacedOnce(source: string, from: string, to: string): string {
  if (source.split(from).length !== 2) throw new Error(`"${from}" stands there not once`);
  return source.replace(from, () => to);
}
