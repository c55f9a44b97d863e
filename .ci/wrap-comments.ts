import { readFileSync, writeFileSync } from 'node:fs';
import { chooseFiles, ownFiles } from './own-files.ts';
import { isSameCode } from './prose/same-code.ts';
import { wrapComments } from './prose/wrap.ts';

/**
 * Wraps the comments of the given files and folders at 100 columns: `node .ci/wrap-comments.ts
 * [paths…]`. Nothing is written unless the code stays exactly as it is.
 */
const SOURCE = /\.[mc]?[tj]sx?$/;

const files = chooseFiles(ownFiles(), process.argv.slice(2)).filter((file) => SOURCE.test(file));
const changed = files.flatMap((file) => {
  const before = readFileSync(file, 'utf8');
  const after = wrapComments(file, before);
  return after === before ? [] : [{ file, before, after }];
});
const broken = changed.find(({ file, before, after }) => !isSameCode(file, before, after));
if (broken !== undefined) throw new Error(`${broken.file}: the code would change, so nothing is written`);
for (const { file, after } of changed) writeFileSync(file, after);
console.log(`${files.length} files, ${changed.length} of them changed`);
