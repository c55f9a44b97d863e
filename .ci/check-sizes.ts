import { readFileSync } from 'node:fs';
import { ownFiles } from './own-files.ts';

/**
 * A file that nobody can take in at once is two files. Generated text and the licence have any
 * length.
 */
const MAX_LINES = 400;

// What was recorded counts as generated. Pictures have no lines.
const files = ownFiles().filter((file) => !file.includes('/golden/') && !file.endsWith('.png'));
const long = files.flatMap((file) => {
  const lines = readFileSync(file, 'utf8').split('\n').length - 1;
  return lines > MAX_LINES ? [`${file} has ${lines} lines, ${MAX_LINES} are allowed.`] : [];
});

for (const line of long) console.error(line);
console.log(`${files.length} files, ${long.length} too long`);
process.exitCode = long.length === 0 ? 0 : 1;
