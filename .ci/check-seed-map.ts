import { existsSync, readFileSync } from 'node:fs';
import { commandFaults, rowsOf } from './map-rows.ts';
import { namedPaths } from './named-paths.ts';
import { RULES } from './rules.ts';

/**
 * docs/seed-map.md leads from each rule of the guide to the place in the sources, the command and
 * the test. Every path that it names exists, every command and option is in docs/cli.md, each rule
 * with a place has a test, and no rule that tests cite is left out.
 */
const DOCUMENT = 'docs/seed-map.md';

const text = readFileSync(DOCUMENT, 'utf8');
const manual = readFileSync('docs/cli.md', 'utf8');
const rows = rowsOf(text);
const listed = new Set(rows.map(({ rule }) => rule));
const faults = [
  ...namedPaths(text)
    .filter(({ path }) => !existsSync(path))
    .map(({ line, path }) => `${line}: ${path} does not exist`),
  ...rows.flatMap(({ line, rule, strange }) => strange.map((label) => `${line}: rule ${rule} has a label ${label}`)),
  ...rows.flatMap(({ line, commands }) => commandFaults(commands, manual).map((fault) => `${line}: ${fault}`)),
  ...rows
    .filter(({ places, tests }) => places.includes('`') && !tests.includes('`test/'))
    .map(({ line, rule }) => `${line}: rule ${rule} has a place and no test`),
  ...Object.keys(RULES)
    .filter((rule) => !listed.has(rule))
    .map((rule) => `1: rule ${rule} is missing`),
];

for (const fault of faults) console.error(`${DOCUMENT}:${fault}`);
console.log(`${rows.length} rules in ${DOCUMENT}, ${faults.length} wrong`);
if (rows.length === 0) throw new Error('No rows were seen: the check itself is broken.');
process.exitCode = faults.length === 0 ? 0 : 1;
