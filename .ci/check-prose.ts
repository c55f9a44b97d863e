import { readFileSync } from 'node:fs';
import { chooseFiles, describedFiles, ownFiles } from './own-files.ts';
import { type ProseReport, proseOf, reportOf } from './prose/faults.ts';
import { summaryOf } from './prose/summary.ts';

/**
 * Prose and comments that people can read: no line over 100 columns, no sentence over 35 words.
 * `node .ci/check-prose.ts [paths…]` prints each fault with its place, `--summary` counts by
 * folder.
 *
 * Exempt are code, tables, diagrams in comments (indented by four spaces), directives of tools, the
 * licence, and lines that a URL makes long. Of generated files, only those count that the schema's
 * descriptions come into.
 */
const [options, named] = [
  process.argv.slice(2).filter((word) => word.startsWith('--')),
  process.argv.slice(2).filter((word) => !word.startsWith('--')),
];
const unknown = options.find((option) => option !== '--summary');
if (unknown !== undefined) throw new Error(`no option ${unknown}: there is only --summary`);

const reports = new Map<string, ProseReport>();
for (const file of chooseFiles([...ownFiles(), ...describedFiles()], named)) {
  const prose = proseOf(file, readFileSync(file, 'utf8'));
  if (prose !== undefined) reports.set(file, reportOf(prose));
}

if (options.includes('--summary')) console.log(summaryOf(reports));
else {
  for (const [file, { faults }] of reports) {
    for (const { line, message } of faults) console.error(`${file}:${line}: ${message}`);
  }
}
const all = [...reports.values()].flatMap(({ faults }) => faults);
console.log(
  `${reports.size} files, ${all.filter(({ kind }) => kind === 'column').length} lines too long, ` +
    `${all.filter(({ kind }) => kind === 'sentence').length} sentences too long`,
);
if (reports.size === 0) throw new Error('No prose was seen: the check itself is broken.');
process.exitCode = all.length === 0 ? 0 : 1;
