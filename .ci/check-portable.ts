import { readFileSync } from 'node:fs';
import { ownFiles } from './own-files.ts';
import { GUARDED, PORTABLE, portabilityFaults } from './portable.ts';

/** The CLI against a service elsewhere runs on every system that Node runs on. */
const files = ownFiles().filter((file) => file.endsWith('.ts') && PORTABLE.some((folder) => file.startsWith(folder)));
const found = files.flatMap((file) => {
  const faults = portabilityFaults(readFileSync(file, 'utf8'));
  return faults.length === 0 ? [] : [{ file, faults }];
});

const wrong = found.filter(({ file }) => !(file in GUARDED));
const needless = Object.keys(GUARDED).filter((file) => !found.some((other) => other.file === file));
for (const { file, faults } of wrong)
  for (const { line, what } of faults)
    console.error(`${file}:${line}: ${what} is not everywhere: guard it, and say so in .ci/portable.ts`);
for (const file of needless) console.error(`.ci/portable.ts: ${file} needs no guard any more`);
console.log(`${files.length} files, ${found.length} of them guarded, ${wrong.length + needless.length} wrong`);
if (found.length === 0) throw new Error('Nothing was seen: the check itself is broken.');
process.exitCode = wrong.length + needless.length === 0 ? 0 : 1;
