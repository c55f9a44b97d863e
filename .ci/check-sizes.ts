import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A file that nobody can take in at once is two files. Generated text (docs/cli.md is the help,
 * docs/rules.md the tests’ names, docs/reference the schema) and the licence have any length.
 */
const MAX_LINES = 400;
const NOT_OURS = /^(package-lock\.json|LICENSE|docs\/(cli|rules)\.md|docs\/reference\/.*|(src|bench)\/generated\/.*)$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !NOT_OURS.test(file));
const long = files.flatMap((file) => {
  const lines = countLines(file);
  return lines > MAX_LINES ? [`${file} has ${lines} lines, ${MAX_LINES} are allowed.`] : [];
});

for (const line of long) console.error(line);
console.log(`${files.length} files, ${long.length} too long`);
process.exitCode = long.length === 0 ? 0 : 1;

function countLines(file: string): number {
  try {
    return readFileSync(file, 'utf8').split('\n').length - 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0; // deleted, but not committed yet
    throw error;
  }
}
